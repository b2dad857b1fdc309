"""What only a folder has: links, permissions, full disks, files that others put there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.store import FolderStore, ObjectMeta

TEXT = ObjectMeta("text/plain; charset=utf-8")


@pytest.fixture
def root(tmp_path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def store(root) -> FolderStore:
    return FolderStore(root, "public/")


def code_of(call) -> str:
    with pytest.raises(SendeturmError) as caught:
        call()
    (problem,) = caught.value.problems
    worded = word(problem.code, problem.params)
    assert worded.what
    assert worded.mend
    return problem.code


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def drafts(root: Path) -> list[str]:
    return names_in(root / ".sendeturm/drafts")


def run_python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )


def test_objects_are_plain_files_that_a_web_server_may_read(store, root):
    store.put("winter/index.html", b"<!doctype html>", TEXT)
    page = root / "winter/index.html"
    assert page.read_bytes() == b"<!doctype html>"
    umask = os.umask(0)
    os.umask(umask)
    assert page.stat().st_mode & 0o777 == 0o666 & ~umask
    assert drafts(root) == []


def test_looking_makes_no_folder(store, root):
    assert store.list_objects() == []
    assert store.get("a") is None
    store.delete("a")
    assert not root.exists()


def test_own_notes_are_no_objects(store, root):
    store.put(".sendeturm/show.json", b"{}", TEXT)
    store.put("feed.xml", b"", TEXT)
    assert [found.key for found in store.list_objects()] == [".sendeturm/show.json", "feed.xml"]
    assert len(list((root / ".sendeturm/meta").rglob("*.json"))) == 2
    for key in (
        ".sendeturm/meta/x",
        ".sendeturm/drafts/x",
        ".SENDETURM/Meta/feed.xml",
        ".sendeturm",
    ):
        assert code_of(lambda key=key: store.put(key, b"", TEXT)) == "store.bad-name"
        assert code_of(lambda key=key: store.get(key)) == "store.bad-name"


def test_deleting_leaves_no_empty_folders(store, root):
    store.put("a/b/c", b"", TEXT)
    store.put("a/d", b"", TEXT)
    store.delete("a/b/c")
    assert not (root / "a/b").exists()
    assert not (root / ".sendeturm/meta/a/b").exists()
    store.delete("a/d")
    assert names_in(root) == [".sendeturm"]
    assert names_in(root / ".sendeturm") == ["drafts", "lock~"]


def test_files_of_others_are_seen_if_a_key_can_name_them(store, root):
    root.mkdir()
    (root / "CNAME").write_text("example.org\n")
    (root / "eigene.css").write_text("body {}")
    (root / "Größe.txt").write_text("x")
    (root / "a b").write_text("x")
    assert [found.key for found in store.list_objects()] == ["CNAME", "eigene.css"]
    assert store.head("CNAME").meta.content_type == "application/octet-stream"
    assert store.get("eigene.css").head.meta.content_type == "text/css; charset=utf-8"
    assert len(store.head("CNAME").meta.metadata["sha256"]) == 64


def test_a_copied_folder_keeps_types_and_metadata(store, root):
    store.put("feed.xml", b"<rss/>", ObjectMeta("application/rss+xml", "no-cache", {"a-b": "ü"}))
    os.utime(root / "feed.xml", (1, 1))  # as `cp -r` and `git clone` do
    head = FolderStore(root, "public/").head("feed.xml")
    assert head.meta.content_type == "application/rss+xml"
    assert head.meta.cache_control == "no-cache"
    assert head.meta.metadata["a-b"] == "ü"
    assert head.etag == store.list_objects()[0].etag


def test_an_edited_file_is_not_described_by_what_it_was(store, root):
    store.put("page.html", b"old", ObjectMeta("application/x-old", metadata={"a": "b"}))
    (root / "page.html").write_bytes(b"by hand")
    meta = store.head("page.html").meta
    assert meta.content_type == "text/html; charset=utf-8"
    assert set(meta.metadata) == {"sha256"}


@pytest.mark.parametrize(
    "damage",
    [b"", b"\xff\xfe", b"[]", b"{}", b"null", b"[" * 100_000, b'{"descriptions": [{"etag": 1}]}'],
)
def test_damaged_notes_are_no_trouble(store, root, damage):
    store.put("page.html", b"x", ObjectMeta("application/x-own"))
    (note,) = (root / ".sendeturm/meta").iterdir()
    note.write_bytes(damage)
    assert store.head("page.html").meta.content_type == "text/html; charset=utf-8"
    store.put("page.html", b"y", ObjectMeta("application/x-own"))
    assert store.head("page.html").meta.content_type == "application/x-own"


def test_notes_that_would_smuggle_headers_are_not_believed(store, root):
    store.put("page.html", b"x", ObjectMeta("application/x-own"))
    (note,) = (root / ".sendeturm/meta").iterdir()
    content = json.loads(note.read_text())
    content["descriptions"][0]["content_type"] = "text/html\r\nX-Evil: 1"
    note.write_text(json.dumps(content))
    assert store.head("page.html").meta.content_type == "text/html; charset=utf-8"


def test_links_are_not_followed(store, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("geheim")
    root.mkdir()
    (root / "media").symlink_to(outside)
    (root / "secret").symlink_to(outside / "secret")
    assert store.list_objects() == []
    assert store.list_objects("media/") == []
    for key in ("media/secret", "secret"):
        assert store.get(key) is None
        assert store.head(key) is None
        store.delete(key)
    assert code_of(lambda: store.put("media/new", b"x", TEXT)) == "store.link-in-the-way"
    assert code_of(lambda: store.put("media/a/new", b"x", TEXT)) == "store.link-in-the-way"
    store.put("secret", b"public", TEXT)
    assert (outside / "secret").read_text() == "geheim"
    assert names_in(outside) == ["secret"]
    assert not (root / "secret").is_symlink()


def test_linked_notes_are_not_followed(store, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    root.mkdir()
    (root / ".sendeturm").symlink_to(outside)
    assert code_of(lambda: store.put("feed.xml", b"x", TEXT)) == "store.link-in-the-way"
    assert names_in(outside) == []
    assert names_in(root) == [".sendeturm"]


def test_the_place_itself_may_be_a_link(tmp_path):
    (tmp_path / "webspace").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "webspace")
    FolderStore(tmp_path / "public", "public/").put("feed.xml", b"x", TEXT)
    assert (tmp_path / "webspace/feed.xml").read_bytes() == b"x"


def test_what_is_no_file_is_no_object(store, root):
    root.mkdir()
    os.mkfifo(root / "pipe")
    assert store.list_objects() == []
    assert store.get("pipe") is None


def test_a_file_where_a_folder_should_be_and_the_other_way(store):
    store.put("a", b"x", TEXT)
    assert code_of(lambda: store.put("a/b", b"x", TEXT)) == "store.name-taken"
    store.put("c/d", b"x", TEXT)
    assert code_of(lambda: store.put("c", b"x", TEXT)) == "store.name-taken"
    assert [found.key for found in store.list_objects()] == ["a", "c/d"]
    assert drafts(store.root) == []


def test_a_clock_that_went_back_gives_new_etags_all_the_same(store, monkeypatch):
    first = store.put("page", b"one", TEXT)
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    second = store.put("page", b"two", TEXT)
    third = store.put("page", b"six", TEXT)
    assert len({first, second, third}) == 3
    assert store.head("page").modified_at.year >= 2026


FULL = """
import resource, sys
from pathlib import Path
from sendeturm.errors import SendeturmError
from sendeturm.store import FolderStore, ObjectMeta
store = FolderStore(Path(sys.argv[1]), "public/")
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
for body in (bytes(1_000_000), Path(sys.argv[2])):
    try:
        store.put("media/one.mp3", body, ObjectMeta("audio/mpeg"))
    except SendeturmError as error:
        print(error, error.problems[0].params["place"], error.problems[0].params["name"])
"""


def test_a_full_disk_is_told_and_leaves_what_was_there(store, root, tmp_path):
    store.put("media/one.mp3", b"before", ObjectMeta("audio/mpeg"))
    (tmp_path / "large").write_bytes(bytes(200_000))
    done = run_python(FULL, str(root), str(tmp_path / "large"))
    assert done.stdout == "store.disk-full public/ media/one.mp3\n" * 2, done.stderr
    assert store.get("media/one.mp3").body == b"before"
    assert drafts(root) == []


FORBIDDEN = """
import os, sys
from pathlib import Path
from sendeturm.errors import SendeturmError
from sendeturm.store import FolderStore, ObjectMeta
os.chdir(sys.argv[1])
Path("locked").chmod(0)
Path(".").chmod(0o555)
if os.geteuid() == 0:
    os.setuid(65534)
place = FolderStore(Path("."), "public/")
for call in (
    lambda: place.put("feed.xml", b"x", ObjectMeta("text/xml")),
    lambda: place.get("locked/page"),
    lambda: place.put("locked/page", b"x", ObjectMeta("text/xml")),
    lambda: place.list_objects(),
    lambda: place.list_objects("locked/"),
    lambda: place.delete("locked/page"),
):
    try:
        print(call())
    except SendeturmError as error:
        print(error)
"""


def test_a_missing_permission_is_told(root):
    (root / "locked").mkdir(parents=True)
    done = run_python(FORBIDDEN, str(root))
    root.chmod(0o755)
    (root / "locked").chmod(0o755)
    assert done.stdout.split() == ["store.no-permission"] * 6, done.stderr


CRASH = """
import os, sys
from pathlib import Path
from sendeturm.store import FolderStore, ObjectMeta, folder
moves = 0
def crash(draft, target):
    global moves
    moves += 1
    if moves == int(sys.argv[2]):
        os._exit(9)
    really(draft, target)
really, folder.move_into_place = folder.move_into_place, crash
FolderStore(Path(sys.argv[1]), "public/").put("page", b"new", ObjectMeta("text/new"))
"""


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 2])
@pytest.mark.parametrize("before", [None, b"old"])
def test_a_crash_leaves_the_old_object_with_its_own_type(store, root, before, step):
    if before:
        store.put("page", before, ObjectMeta("text/old"))
    assert run_python(CRASH, str(root), str(step)).returncode == 9
    found = store.get("page")
    assert (found and found.body) == before
    assert (found and found.head.meta.content_type) == (before and "text/old")
    assert [listed.key for listed in store.list_objects()] == (["page"] if before else [])
    assert drafts(root) != []
    assert run_python(CRASH, str(root), "0").returncode == 0
    assert store.get("page").body == b"new"
    assert store.head("page").meta.content_type == "text/new"


def test_old_drafts_are_swept_and_young_ones_left(store, root):
    store.put("a", b"x", TEXT)
    for name, age_s in (("old", 25 * 3600), ("young", 3600)):
        draft = root / ".sendeturm/drafts" / name
        draft.write_bytes(b"half")
        os.utime(draft, (time.time() - age_s,) * 2)
    FolderStore(root, "public/").put("b", b"x", TEXT)
    assert drafts(root) == ["young"]


def test_several_writers_and_a_reader_at_once(store, root):
    kinds = {body: f"text/x-{body.decode()}" for body in (b"one", b"two", b"six")}
    seen: set[tuple[bytes, str]] = set()
    ended = threading.Event()

    def write(body: bytes) -> None:
        own = FolderStore(root, "public/")
        for _ in range(25):
            own.put("page", body, ObjectMeta(kinds[body]))
            own.put(f"{body.decode()}/deep/page", body, TEXT)
            own.delete(f"{body.decode()}/deep/page")

    def read() -> None:
        while not ended.is_set():
            if found := store.get("page"):
                seen.add((found.body, found.head.meta.content_type))

    writers = [threading.Thread(target=write, args=(body,)) for body in kinds]
    reader = threading.Thread(target=read)
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join()
    ended.set()
    reader.join()
    last = store.get("page")
    assert last.head.meta.content_type == kinds[last.body]
    assert {body for body, _ in seen} <= set(kinds)
    assert [found.key for found in store.list_objects()] == ["page"]


def test_importing_the_room_is_cheap():
    program = (
        "import sys, sendeturm.store;"
        "print([m for m in ('boto3', 'botocore', 'http.server', 'pydantic') if m in sys.modules])"
    )
    assert run_python(program).stdout == "[]\n"
    opened = (
        "import sys; from pathlib import Path; from sendeturm.model import StorageSettings;"
        "from sendeturm.store import open_store; open_store(StorageSettings(), Path('.'));"
        "print([m for m in ('boto3', 'botocore', 'http.server') if m in sys.modules])"
    )
    assert run_python(opened).stdout == "[]\n"
