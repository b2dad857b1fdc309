"""What making an episode's objects needs, and putting an object so that it surely is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sendeturm.errors import fail
from sendeturm.events import Listener, Progress, Stage
from sendeturm.model import (
    CheckSettings,
    ImageFacts,
    Material,
    Rendition,
    ShowRecord,
    SoundSettings,
    StoredFile,
)
from sendeturm.store.protocol import ObjectMeta, Store

FRESH = timedelta(days=3)
"""What was put so lately is not pruned before a record names it."""


class Master(Protocol):
    """How material becomes a rendition: `sendeturm.sound.master`, or a test's own."""

    def __call__(
        self,
        material: Material,
        settings: SoundSettings,
        cache: Path,
        subject: str,
        listen: Listener,
    ) -> Rendition:
        """Return the rendition of `material`, from `cache` if it is there."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where objects are made: the store they go to, the show they belong to, the cache.

    `writes_back` lets episodes' files be given what they lack. `covers` are the bodies of those
    that were read, by key: a hundred episodes may show the same one.
    """

    store: Store
    show: ShowRecord
    sound: SoundSettings
    cache: Path
    listen: Listener
    master: Master
    rules: CheckSettings
    writes_back: bool = True
    covers: dict[str, bytes] = field(default_factory=dict)

    def cover(self, cover: ImageFacts) -> bytes:
        """Return a cover as it lies in the store, empty where it was lost."""
        if cover.key not in self.covers:
            stored = self.store.get(cover.key)
            if stored is None:
                return b""
            self.covers[cover.key] = stored.body
        return self.covers[cover.key]


def put_verified(
    shop: Workshop,
    stored: StoredFile,
    body: bytes | Path,
    cache_control: str,
    *,
    subject: str = "",
    charset: str = "",
) -> None:
    """Put an object named by content unless it is there, and look that it arrived whole.

    One that has lain there for days may be about to be pruned: it is put again.
    """
    if _is_there(shop.store, stored, since=shop.store.clock()):
        return
    meta = ObjectMeta(stored.type + (f"; charset={charset}" if charset else ""), cache_control)

    def progress(done: int) -> None:
        shop.listen(Progress(subject, Stage.UPLOAD, done, stored.size_bytes))

    shop.store.put(stored.key, body, meta, progress)
    if not _is_there(shop.store, stored):
        raise fail("publish.not-arrived", file=stored.key, place=shop.store.label)


def _is_there(store: Store, stored: StoredFile, since: datetime | None = None) -> bool:
    head = store.head(stored.key)
    if head is None or head.size_bytes != stored.size_bytes:
        return False
    if since is not None and since - head.modified_at > FRESH:
        return False
    return head.meta.metadata.get("sha256") == stored.sha256
