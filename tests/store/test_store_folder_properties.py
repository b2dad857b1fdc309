"""A folder store is a dictionary, whatever is done to it in whatever order."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sendeturm.errors import SendeturmError
from sendeturm.store import FolderStore, ObjectMeta

PARTS = st.sampled_from(["a", "b", "a.json", ".sendeturm", "episodes"])
KEYS = st.lists(PARTS, min_size=1, max_size=3).map("/".join).filter(lambda key: key != ".sendeturm")
BODIES = st.binary(max_size=3)
METAS = st.builds(
    ObjectMeta,
    st.sampled_from(["text/plain", "audio/mpeg"]),
    st.sampled_from(["no-cache", "max-age=300"]),
    st.dictionaries(st.sampled_from(["a", "b-c"]), st.text(min_size=1, max_size=4), max_size=2),
)


class FolderIsADict(RuleBasedStateMachine):
    """Compares a folder with a dictionary from keys to bodies and descriptions."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name) / "public"
        self.expected: dict[str, tuple[bytes, ObjectMeta]] = {}
        self.etags: dict[str, set[str]] = {}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def store(self) -> FolderStore:
        return FolderStore(self.root, "public/")

    def blocked(self, key: str) -> bool:
        return any(
            (other != key and f"{other}/".startswith(f"{key}/")) or key.startswith(f"{other}/")
            for other in self.expected
        )

    @rule(key=KEYS, body=BODIES, meta=METAS, as_file=st.booleans())
    def put(self, key: str, body: bytes, meta: ObjectMeta, as_file: bool) -> None:
        source = Path(self.folder.name) / "source"
        source.write_bytes(body)
        if self.blocked(key):
            with pytest.raises(SendeturmError, match="name-taken"):
                self.store().put(key, body, meta)
            return
        etag = self.store().put(key, source if as_file else body, meta)
        assert etag not in self.etags.setdefault(key, set())
        self.etags[key].add(etag)
        self.expected[key] = (body, meta)

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        self.store().delete(key)
        self.expected.pop(key, None)

    @rule(key=KEYS)
    def look_at(self, key: str) -> None:
        stored = self.store().get(key)
        if key not in self.expected:
            assert stored is None
            assert self.store().head(key) is None
            return
        body, meta = self.expected[key]
        assert stored.body == body
        assert stored.head == self.store().head(key)
        found = stored.head.meta
        assert (found.content_type, found.cache_control) == (meta.content_type, meta.cache_control)
        assert {k: v for k, v in found.metadata.items() if k != "sha256"} == meta.metadata

    @rule(prefix=st.one_of(st.just(""), KEYS, KEYS.map(lambda key: key + "/")))
    def list_below(self, prefix: str) -> None:
        keys = [found.key for found in self.store().list_objects(prefix)]
        assert keys == sorted(key for key in self.expected if key.startswith(prefix))

    @invariant()
    def nothing_is_left_lying(self) -> None:
        if not hasattr(self, "root") or not self.root.exists():
            return
        sizes = {found.key: found.size_bytes for found in self.store().list_objects()}
        assert sizes == {key: len(body) for key, (body, _) in self.expected.items()}
        drafts = self.root / ".sendeturm/drafts"
        assert not drafts.exists() or not list(drafts.iterdir())


FolderIsADict.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
test_folder_is_a_dict = pytest.mark.slow(FolderIsADict.TestCase)
