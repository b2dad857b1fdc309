"""All that is published, in one folder that needs nobody: feed, pages, sound, and own files.

The copy is laid out as the bucket is and is a store by itself; what a person writes lies in
`show/` below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sendeturm.errors import Problem, fail
from sendeturm.events import Listener
from sendeturm.model import Config, Record, ShowRecord
from sendeturm.model.schedule import due
from sendeturm.publish.clock import now_of
from sendeturm.publish.copying import Copying
from sendeturm.publish.keys import FEED_KEY, SHOW_KEY, SITE_KEY
from sendeturm.publish.listing import read_listing
from sendeturm.publish.own_files import OwnFiles, copy_own_files
from sendeturm.publish.pages import known_pages
from sendeturm.publish.private import private_key
from sendeturm.publish.pulling import pull
from sendeturm.publish.records import Live, LiveShow, read_live, read_show
from sendeturm.store import FolderStore
from sendeturm.store.protocol import Store
from sendeturm.store.split import SplitStore

OWN_FILES = "show"
"""Where in an export the files lie that a person writes; no page's address is that of a file."""
EXPORT = "export"
"""The subject of all that is told of it."""
MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Home:
    """Where the person's own files are: a show's folder with its settings, or nowhere here.

    `storage` are the settings of `[storage]` that lead to the store.
    """

    folder: Path | None = None
    config: Config | None = None
    storage: Mapping[str, object] = field(default_factory=dict)
    with_recordings: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has: all objects (`keys`), those that came now, and the person's files.

    `on_air`, `waiting` and `private` are titles, `left` names recordings that stayed where they
    are, `former` keys of an earlier export that are not published any more; `problems` tell what
    could not be brought.
    """

    show: ShowRecord
    on_air: tuple[str, ...]
    waiting: tuple[str, ...]
    private: tuple[str, ...]
    keys: tuple[str, ...]
    copied: tuple[str, ...]
    former: tuple[str, ...]
    made: tuple[str, ...]
    left: tuple[str, ...]
    size_bytes: int
    problems: tuple[Problem, ...]


def export(store: Store, target: Path, home: Home, listen: Listener) -> Exported:
    """Bring `target` to hold all that is published in `store`, and the person's own files.

    Who publishes meanwhile is waited for: it is listed again until nothing has changed. Raises
    `publish.nothing-published`, `publish.not-an-export`, `publish.never-settles`, and what disk
    and store raise; each file is there whole or not at all, and the next run goes on.
    """
    copy = FolderStore(target, f"{target}/")
    show = read_show(store)
    if show is None:
        raise fail("publish.nothing-published", place=store.label)
    _look_at(target, copy, show)
    _keep_apart(target, store)
    copying = Copying(store, copy, listen, EXPORT)
    live = _brought(store, copying)
    own = _own_files(copy, target / OWN_FILES, home)
    return _exported(live, _now(store), copying, own)


def _look_at(target: Path, copy: FolderStore, show: LiveShow) -> None:
    """Refuse a folder that is none, or that holds something else than this show's export."""
    try:
        others = [p.name for p in target.iterdir() if p.name != ".sendeturm"]
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise fail("publish.not-an-export", file=target) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("publish.cannot-write", file=target, reason=reason) from None
    there = read_show(copy)
    if there.record.facts.id != show.record.facts.id if there else others:
        raise fail("publish.not-an-export", file=target)


def _keep_apart(target: Path, store: Store) -> None:
    """Refuse a folder inside the one that is brought."""
    parts = (store.bucket, store.pages) if isinstance(store, SplitStore) else (store,)
    for root in (one.root.resolve() for one in parts if isinstance(one, FolderStore)):
        if target.resolve().is_relative_to(root):
            raise fail("publish.export-in-storage", file=target, place=store.label)


def _brought(store: Store, copying: Copying) -> Live:
    """Copy until nothing has changed since it was listed."""
    for _ in range(MOST_ROUNDS):
        live = read_live(store, None)
        assert live.show is not None, "it was there before"
        feed = store.head(FEED_KEY)
        copying.bring(_wanted(store, live), dict(_known_sha256s(live)))
        after = store.head(FEED_KEY)
        if read_listing(store).fingerprint == live.fingerprint and after == feed:
            return live
    raise fail("publish.never-settles")


def _wanted(store: Store, live: Live) -> Iterator[str]:
    """Yield the keys of all that belongs to the show; it begins with what tells whose it is.

    Pages come after what they show, and the feed last.
    """
    assert live.show is not None, "something is published"
    show = live.show.record
    yield SHOW_KEY
    pictures = (show.cover, show.page_cover, show.icon, show.touch_icon, show.card)
    yield from (picture.key for picture in pictures if picture)
    yield from show.facts.site.files.values()
    for one in live.records.values():
        yield from (one.key, *one.record.object_keys)
    if pages := known_pages(store):
        yield from (SITE_KEY, *pages)
    if private := private_key(store):
        yield private
    if live.records:
        yield FEED_KEY


def _known_sha256s(live: Live) -> Iterator[tuple[str, str]]:
    for one in live.records.values():
        record = one.record
        single = (record.enclosure, record.cover, record.page_cover, record.card, record.chapters)
        for file in (*filter(None, single), *record.alternates, *record.transcripts):
            yield file.key, file.sha256


def _own_files(copy: FolderStore, folder: Path, home: Home) -> OwnFiles:
    """Bring the person's own files, and make from what is published what is not here."""
    done = OwnFiles()
    if home.folder is not None and home.config is not None:
        done = copy_own_files(
            home.folder, home.config, folder, with_recordings=home.with_recordings
        )
    pulled = pull(copy, folder, home.storage)
    done.made += pulled.made
    done.problems += pulled.problems
    return done


def _now(store: Store) -> datetime:
    return now_of(store.clock(), None)


def _exported(live: Live, now: datetime, copying: Copying, own: OwnFiles) -> Exported:
    assert live.show is not None, "something is published"
    records = [one.record for one in live.records.values() if one.record.is_on_air]
    is_private = live.show.record.facts.private
    private = [r for r in records if r.facts.private or is_private]
    on_air = due(records, now)
    there = (listed.key for listed in copying.copy.list_objects())
    return Exported(
        show=live.show.record,
        on_air=_titles(on_air),
        waiting=_titles(r for r in records if r.facts.published_at > now),
        private=_titles(private),
        keys=tuple(copying.done),
        copied=tuple(sorted(copying.copied)),
        former=tuple(key for key in there if _is_former(key, copying)),
        made=tuple(own.made),
        left=tuple(own.left),
        size_bytes=sum(one.size_bytes for one in copying.done.values()),
        problems=(*copying.problems.values(), *own.problems),
    )


def _is_former(key: str, copying: Copying) -> bool:
    return key not in copying.done and not key.startswith(f"{OWN_FILES}/")


def _titles(records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(r.facts.title for r in sorted(records, key=lambda r: r.facts.published_at))
