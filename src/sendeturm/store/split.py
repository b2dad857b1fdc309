"""A show in two places: feed and pages in a folder for one's own webspace, all else in a bucket.

A command may carry that folder away, rsync for example; where there is no bucket, the one folder
with everything in it. What it has carried last is remembered, so
that it runs again after a failure and not without a reason.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.renaming import take_name
from sendeturm.store.capabilities import Capabilities
from sendeturm.store.folder import FolderStore
from sendeturm.store.protocol import (
    BytesDone,
    Condition,
    Head,
    Listed,
    Notify,
    ObjectMeta,
    Store,
    Stored,
)

IN_BUCKET = (".sendeturm/", "media/", "covers/", "cards/", "chapters/", "transcripts/", "probe-")
PAGES_MEMORY = ".sendeturm/site.json"
"""What lies in the folder as it should: it goes with the folder."""
LONGEST_S = 1800
SAID_CHARS = 300


@dataclass(frozen=True, slots=True)
class Carrier:
    """The command that carries the folder away, run in `cwd`; `memory` is a file of its own."""

    command: tuple[str, ...]
    cwd: Path
    memory: Path


class SplitStore:
    """Two stores as one: `pages` has feed, pages and assets, `bucket` everything else.

    Clock, endpoint and capabilities are the bucket's.
    """

    def __init__(self, bucket: Store, pages: FolderStore, carrier: Carrier | None) -> None:
        self.bucket = bucket
        self.pages = pages
        self._carrier = carrier

    def __repr__(self) -> str:
        """Name both places."""
        return f"SplitStore({self.bucket!r}, {self.pages!r})"

    @property
    def capabilities(self) -> Capabilities:
        """Return what the bucket was shown to be able to do."""
        return self.bucket.capabilities

    @capabilities.setter
    def capabilities(self, can: Capabilities) -> None:
        self.bucket.capabilities = can

    @property
    def notify(self) -> Notify:
        """Return who hears of tries again."""
        return self.bucket.notify

    @notify.setter
    def notify(self, notify: Notify) -> None:
        self.bucket.notify = notify

    @property
    def label(self) -> str:
        """Return both places as a person wrote them."""
        return " + ".join(dict.fromkeys((self.bucket.label, self.pages.label)))

    @property
    def endpoint(self) -> str:
        """Return where requests for the bucket go."""
        return self.bucket.endpoint

    def list_objects(self, prefix: str = "") -> list[Listed]:
        """Return the objects of both, ordered by key; each counts in its own place alone."""
        found = [listed for listed in self.bucket.list_objects(prefix) if not is_page(listed.key)]
        if not prefix or is_page(prefix) or PAGES_MEMORY.startswith(prefix):
            found += [listed for listed in self.pages.list_objects(prefix) if is_page(listed.key)]
        return sorted(found, key=lambda listed: listed.key)

    def head(self, key: str) -> Head | None:
        """Return an object's facts, None if there is no such object."""
        return self._home(key).head(key)

    def get(self, key: str) -> Stored | None:
        """Return an object, None if there is none."""
        return self._home(key).get(key)

    def download(self, key: str, path: Path) -> Head | None:
        """Write an object's body to the new file `path`, None if there is no such object."""
        return self._home(key).download(key, path)

    def put(
        self,
        key: str,
        body: bytes | Path,
        meta: ObjectMeta,
        progress: BytesDone | None = None,
        *,
        only_if: Condition | None = None,
    ) -> str:
        """Store an object where it belongs and return its ETag there."""
        return self._home(key).put(key, body, meta, progress, only_if=only_if)

    def delete(self, key: str, *, only_if: Condition | None = None) -> None:
        """Remove an object."""
        self._home(key).delete(key, only_if=only_if)

    def clock(self) -> datetime | None:
        """Return the bucket's time."""
        return self.bucket.clock()

    def carry(self) -> None:
        """Run the command if the folder is not as it was carried last; raises SendeturmError."""
        if self._carrier is None:
            return
        state = self._state()
        if not state or state == _carried(self._carrier.memory):
            return
        _run(self._carrier)
        _keep(self._carrier.memory, state)

    def _state(self) -> str:
        """Return a digest of what lies in the folder and of the command, empty for nothing."""
        assert self._carrier is not None
        listed = [(found.key, found.etag) for found in self.pages.list_objects()]
        whole = json.dumps([self._carrier.command, listed]).encode()
        return hashlib.sha256(whole).hexdigest() if listed else ""

    def _home(self, key: str) -> Store:
        return self.pages if is_page(key) else self.bucket


def is_page(key: str) -> bool:
    """Tell whether an object belongs to the webspace."""
    return key == PAGES_MEMORY or not key.startswith(IN_BUCKET)


def carry(store: Store) -> None:
    """Carry feed and pages to the webspace, if the show has one; raises SendeturmError.

    To be called when they are complete, and again where nothing was to be done: an earlier run may
    have failed here.
    """
    if isinstance(store, SplitStore):
        store.carry()


def _run(carrier: Carrier) -> None:
    name = carrier.command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the person's own command, and no shell
            carrier.command,
            cwd=carrier.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST_S,
            check=False,
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise fail("store.carrier-missing", name=name, reason=reason) from None
    except subprocess.TimeoutExpired:
        raise fail("store.carrier-stalled", name=name, minutes=LONGEST_S // 60) from None
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip()[-SAID_CHARS:]
        raise fail("store.carrier-failed", name=name, code_number=done.returncode, said=said)


def _carried(memory: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return memory.read_text("ascii")
    return ""


def _keep(memory: Path, state: str) -> None:
    with suppress(OSError):  # a memory that cannot be kept costs another run of the command
        memory.parent.mkdir(parents=True, exist_ok=True)
        beside = memory.with_name(f"{memory.name}.{secrets.token_hex(4)}")
        beside.write_text(state, "ascii")
        take_name(beside, memory)
