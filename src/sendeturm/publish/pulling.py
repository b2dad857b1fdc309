"""From the bucket back to a podcaster's folder: settings, cover, and a page for each episode."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sendeturm.errors import fail
from sendeturm.model import EpisodeFacts, FrontMatter, Record, ShowRecord
from sendeturm.model.site import OWN_STYLE
from sendeturm.publish.records import Live, read_live
from sendeturm.publish.site import read_site_files
from sendeturm.publish.writing import write_whole
from sendeturm.sources import CONFIG_NAME, EPISODES, new_sidecar, read_config, read_sources
from sendeturm.store.protocol import Store

FROM_FACTS = FrontMatter.model_fields.keys() & EpisodeFacts.model_fields.keys()
STORAGE = "storage"


@dataclass(slots=True)
class Pulled:
    """The files that were made, as seen from the folder, and what is not in the bucket."""

    made: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def pull(store: Store, folder: Path, storage: Mapping[str, object]) -> Pulled:
    """Make what the folder lacks of settings, cover, own look and the episodes' pages.

    Nothing that is there is written over. `storage` are the settings of `[storage]` that lead to
    `store`. Publishing afterwards changes nothing. Raises `publish.nothing-published`,
    `publish.newer-format`, and SendeturmError for files that cannot be read or written.
    """
    live = read_live(store, None)
    if live.show is None:
        raise fail("publish.nothing-published", place=store.label)
    pulled = Pulled()
    for name, body in _files(store, live.show.record, storage):
        _make(folder, name, body, pulled)
    _make_pages(folder, live, pulled)
    sound = live.show.record.settings.get("sound", {})
    jingles = (sound.get(name) for name in ("intro", "outro"))
    pulled.lacking += [name for name in jingles if name and not (folder / name).is_file()]
    return pulled


def _files(
    store: Store, show: ShowRecord, storage: Mapping[str, object]
) -> Iterator[tuple[str, bytes]]:
    """Yield everything but the episodes' pages by name; the settings come last, as in `init`."""
    settings = _settings(show)
    stored = store.get(show.cover.key) if show.cover else None
    if stored is not None:
        yield settings["show"].get("cover", "cover.jpg"), stored.body
    site = settings.get("site", {})
    for name, text in read_site_files(store, show.facts.site).items():
        if name == OWN_STYLE and "stylesheet" in site:
            yield site["stylesheet"], text.encode()
        elif name != OWN_STYLE and "templates" in site:
            yield f"{site['templates']}/{name}", text.encode()
    import tomlkit  # noqa: PLC0415  # once in a computer's life

    address = {"address": show.address} if show.is_public else {}
    tables = {**settings, STORAGE: address | dict(storage)}
    yield CONFIG_NAME, tomlkit.dumps(tables).encode()


def _settings(show: ShowRecord) -> dict[str, Any]:
    """Return the kept settings; a show that a former version published has its facts."""
    kept = {table: dict(values) for table, values in show.settings.items()}
    if "show" not in kept:
        facts = show.facts.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        facts.pop("site", None)
        kept["show"] = facts
    return kept


def _make(folder: Path, name: str, body: bytes, pulled: Pulled) -> None:
    path = folder / name
    # The names come from the bucket: none of them leads out of the folder, or over a file.
    if path.exists() or not path.resolve().is_relative_to(folder.resolve()):
        return
    write_whole(path, body)
    pulled.made.append(name)


def _make_pages(folder: Path, live: Live, pulled: Pulled) -> None:
    sources = read_sources(folder, read_config(folder))
    known = {episode.front.guid for episode in sources.episodes if episode.front}
    records = (one.record for one in live.records.values())
    for record in sorted(records, key=lambda r: (r.facts.published_at, r.guid)):
        if record.is_on_air and known.isdisjoint(record.guids):
            name = f"{EPISODES}/{_stem(record)}.md"
            if not (folder / name).exists():
                _make_page(folder / name, record)
                pulled.made.append(name)


def _make_page(path: Path, record: Record) -> None:
    said = record.facts.model_dump(include=set(FROM_FACTS), exclude_defaults=True)
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
