"""From the bucket back to a podcaster's folder: settings, pages, and what is told of episodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sendeturm.errors import Problem, fail
from sendeturm.model import EpisodeFacts, FrontMatter, Record, ShowRecord
from sendeturm.model.site import OWN_STYLE
from sendeturm.publish.records import Live, read_live
from sendeturm.publish.returning import (
    Returned,
    digest_of_page,
    returned_page,
    returned_sidecars,
)
from sendeturm.publish.site import read_site_files
from sendeturm.publish.soundbites import recorded_soundbites
from sendeturm.publish.writing import write_whole
from sendeturm.sources import (
    CONFIG_NAME,
    EPISODES,
    new_sidecar,
    note_pulled,
    read_config,
    read_pages,
    read_sources,
)
from sendeturm.store.protocol import Store

FROM_FACTS = FrontMatter.model_fields.keys() & EpisodeFacts.model_fields.keys()
STORAGE = "storage"


@dataclass(slots=True)
class Pulled:
    """The files that were made, as seen from the folder, and what is not in the bucket.

    `problems` tell what is published and could not be brought as it is.
    """

    made: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def pull(store: Store, folder: Path, storage: Mapping[str, object]) -> Pulled:
    """Make what the folder lacks of all that is published, but for sound.

    Nothing that is there is written over. `storage` are the settings of `[storage]` that lead to
    `store`. Publishing afterwards changes nothing. Raises `publish.nothing-published`,
    `publish.newer-format`, and SendeturmError for files that cannot be read or written.
    """
    live = read_live(store, None)
    if live.show is None:
        raise fail("publish.nothing-published", place=store.label)
    pulled = Pulled()
    _make_own_pages(folder, live.show.record, pulled)
    for file in _files(store, live.show.record, storage):
        _make(folder, file, pulled)
    _make_pages(folder, live, pulled)
    _make_sidecars(store, folder, live, pulled)
    sound = live.show.record.settings.get("sound", {})
    jingles = (sound.get(name) for name in ("intro", "outro"))
    pulled.lacking += [name for name in jingles if name and not (folder / name).is_file()]
    return pulled


def _files(store: Store, show: ShowRecord, storage: Mapping[str, object]) -> Iterator[Returned]:
    """Yield cover, own look and settings; the settings come last, as in `init`."""
    settings = _settings(show)
    stored = store.get(show.cover.key) if show.cover else None
    if stored is not None and show.cover is not None:
        name = settings["show"].get("cover", "cover.jpg")
        yield Returned(name, stored.body, show.cover.source_sha256)
    site = settings.get("site", {})
    for name, text in read_site_files(store, show.facts.site).items():
        if name == OWN_STYLE and "stylesheet" in site:
            yield Returned(site["stylesheet"], text.encode())
        elif name != OWN_STYLE and "templates" in site:
            yield Returned(f"{site['templates']}/{name}", text.encode())
    import tomlkit  # noqa: PLC0415  # once in a computer's life

    address = {"address": show.address} if show.is_public else {}
    tables = {**settings, STORAGE: address | dict(storage)}
    yield Returned(CONFIG_NAME, tomlkit.dumps(tables).encode())


def _settings(show: ShowRecord) -> dict[str, Any]:
    """Return the kept settings; a show that a former version published has its facts."""
    kept = {table: dict(values) for table, values in show.settings.items()}
    if "show" not in kept:
        facts = show.facts.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        facts.pop("site", None)
        kept["show"] = facts
    return kept


def _is_free(folder: Path, name: str) -> bool:
    """Say whether a file may be made: names from the bucket lead out of no folder, over no file."""
    path = folder / name
    return not path.exists() and path.resolve().is_relative_to(folder.resolve())


def _make(folder: Path, file: Returned, pulled: Pulled) -> None:
    if not _is_free(folder, file.name):
        return
    if file.source_sha256 not in ("", file.sha256):
        note_pulled(folder, {file.sha256: file.source_sha256})
    write_whole(folder / file.name, file.body)
    pulled.made.append(file.name)


def _make_own_pages(folder: Path, show: ShowRecord, pulled: Pulled) -> None:
    """Make all of the show's own pages or none: what a folder of pages lacks is taken off."""
    here = {page.slug for page in read_pages(folder)[0] or ()}
    pages = [returned_page(page) for page in show.facts.site.pages if page.slug not in here]
    problems = [page for page in pages if isinstance(page, Problem)]
    pulled.problems += problems
    if problems:
        return
    for page in pages:
        if isinstance(page, Returned) and _is_free(folder, page.name):
            note_pulled(folder, {digest_of_page(page): page.source_sha256})
            _make(folder, Returned(page.name, page.body), pulled)


def _make_sidecars(store: Store, folder: Path, live: Live, pulled: Pulled) -> None:
    sources = read_sources(folder, read_config(folder))
    records = {guid: one.record for one in live.records.values() for guid in one.record.guids}
    for episode in sources.episodes:
        record = records.get((episode.front and episode.front.guid) or "")
        if record is None or not record.is_on_air:
            continue
        for file in returned_sidecars(store, record, episode):
            if isinstance(file, Returned):
                _make(folder, file, pulled)
            else:
                pulled.problems.append(file)


def _make_pages(folder: Path, live: Live, pulled: Pulled) -> None:
    sources = read_sources(folder, read_config(folder))
    known = {episode.front.guid for episode in sources.episodes if episode.front}
    records = (one.record for one in live.records.values())
    for record in sorted(records, key=lambda r: (r.facts.published_at, r.guid)):
        if record.is_on_air and known.isdisjoint(record.guids):
            name = f"{EPISODES}/{_stem(record)}.md"
            if _is_free(folder, name):
                _make_page(folder / name, record)
                pulled.made.append(name)


def _make_page(path: Path, record: Record) -> None:
    timeline = record.audio.timeline if record.audio else ()
    bites = recorded_soundbites(record.facts.soundbites, timeline)
    facts = record.facts.model_copy(update={"soundbites": bites})
    said = facts.model_dump(include=set(FROM_FACTS), exclude_defaults=True)
    values = {key: _plain(one) for key, one in said.items()} | {"guid": record.item_guid}
    path.parent.mkdir(parents=True, exist_ok=True)
    new_sidecar(path, values.pop("title"), record.notes_markdown, **values)


def _stem(record: Record) -> str:
    number = record.facts.number
    return f"{number:03}-{record.facts.slug}" if number else record.facts.slug


def _plain(value: Any) -> Any:
    """Return a value as TOML can have it on one line, without what is nothing."""
    import tomlkit  # noqa: PLC0415  # once in a computer's life

    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update({key: _plain(one) for key, one in value.items() if one is not None})
        return table
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(_plain(one) for one in value)
        return array
    return value
