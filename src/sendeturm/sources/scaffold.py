"""A new show: what `sendeturm init` lays into an empty folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sendeturm.errors import fail
from sendeturm.i18n import translate
from sendeturm.model import (
    CheckSettings,
    Config,
    ShowSettings,
    SiteSettings,
    SoundSettings,
    StorageSettings,
)
from sendeturm.model.vocabulary import ShowVocabulary
from sendeturm.sources.config import CONFIG_NAME, config_of
from sendeturm.sources.files import create_file
from sendeturm.sources.folder import EPISODES
from sendeturm.sources.legal import GERMAN_PAGES
from sendeturm.sources.writing import toml_line, unwritable

_EXAMPLES: dict[str, object] = {
    "email": "name@example.org",
    "link": "https://example.org",
    "voice_message": "tel:+49301234567",
    "timezone": "Europe/Berlin",
    "copyright": "© 2026",
    "podcast_guid": "0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234",
    "bitrate_kbps": 128,
    "highpass_hz": 80,
    "longest_pause_s": 1.5,
    "intro": "jingles/intro.wav",
    "outro": "jingles/outro.wav",
    "address": "https://example.org/podcast",
    "endpoint": "https://s3.example.org",
    "region": "eu-central",
    "profile": "podcast",
    "webspace": "webspace",
    "webspace_address": "https://podcast.example.org",
    "webspace_command": ["rsync", "-rt", "--exclude=.sendeturm", "webspace/", "host:htdocs/"],
    "colour": "#a5311a",
    "colour_dark": "#f08f6c",
    "paper": "#fbf7ef",
    "paper_dark": "#1a1613",
    "ink": "#2a231d",
    "ink_dark": "#efe6d9",
    "font": "Georgia, serif",
    "stylesheet": "site/own.css",
    "templates": "site/templates",
}
"""What stands behind the # where a setting has no value of its own."""

_RARE = {*ShowVocabulary.model_fields, "former_feeds"}
"""Settings of `[show]` that stand there only with a value."""

_TARGETS = {
    "publish": "publish what is new or changed",
    "plan": "show what publish would do",
    "preview": "listen and look before it goes out",
    "feed": "put on the air what has fallen due",
    "check": "look for mistakes",
}


def write_show(
    folder: Path, show: Mapping[str, object], storage: Mapping[str, object] | None = None
) -> list[Path]:
    """Lay out a new show in `folder` and return the paths made.

    `show` and `storage` are settings of `[show]` and `[storage]`; a missing id is made. The
    comments are in the show's language. Nothing that is there is written over. Raises
    SendeturmError if there is a show already, if a setting is wrong (all of them at once), or
    if something cannot be written.
    """
    config_file = folder / CONFIG_NAME
    if os.path.lexists(config_file):
        raise fail("sources.show-exists", file=CONFIG_NAME)
    given: dict[str, Any] = {"show": {"id": uuid4(), **show}, "storage": dict(storage or {})}
    config = config_of(given)
    text = config_text(given["show"], given["storage"])
    companions = _companions(config)
    folders = dict.fromkeys(
        (EPISODES, *(Path(name).parts[0] for name in companions if "/" in name))
    )
    made = [_folder(folder / name) for name in folders]
    # The settings come last: until they are there, init may be run again.
    for name, content in [*companions.items(), (CONFIG_NAME, text)]:
        made.append(_file(folder / name, content))
    return [path for path in made if path is not None]


def config_text(show: Mapping[str, object], storage: Mapping[str, object]) -> str:
    """Return a `sendeturm.toml` with these settings, and all others behind a #."""
    language = str(show.get("language", "en"))[:2]
    parts = [
        *_section("show", ShowSettings, show, language),
        *_section("sound", SoundSettings, {}, language),
        *_section("storage", StorageSettings, storage, language),
        *_section("site", SiteSettings, {}, language),
        *_section("check", CheckSettings, {}, language),
    ]
    return "\n".join(parts).strip() + "\n"


def _section(
    name: str, model: type[BaseModel], given: Mapping[str, object], language: str
) -> Iterator[str]:
    yield f"[{name}]"
    # What is set comes first, then what may be; tables last, where TOML wants them.
    shown = [key for key in model.model_fields if key not in _RARE or given.get(key)]
    fields = sorted(shown, key=lambda key: (key == "people", given.get(key) is None, key in _RARE))
    if model is ShowSettings:
        more = translate(
            "more that apps can show (support, places, a pause …): docs/feed.md", language
        )
        yield f"# {more}"
    for key in fields:
        field = model.model_fields[key]
        yield f"# {translate(field.description or '', language)}"
        if key == "people":
            yield from _people(given.get(key))
        elif given.get(key) is None:
            yield _behind_hash(key, field)
        else:
            yield toml_line(key, _plain(given[key]))
    yield ""


def _people(people: Any) -> Iterator[str]:
    if not people:
        yield '# [[show.people]]\n# name = "…"\n# role = "host"'
    for person in people or ():
        lines = (toml_line(key, value) for key, value in person.items())
        yield "\n".join(["[[show.people]]", *lines])


def _behind_hash(key: str, field: FieldInfo) -> str:
    default = None if field.default is PydanticUndefined else field.default
    shown = _EXAMPLES.get(key) if default in (None, ()) else default
    return f"# {toml_line(field.alias or key, _plain(default if shown is None else shown))}"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _companions(config: Config) -> dict[str, str]:
    """Return the files beside the settings, by name."""
    language = config.show.language[:2]
    places = filter(None, (config.storage.place, config.storage.webspace))
    ignored = [".sendeturm/", *(f"/{Path(p).as_posix()}/" for p in places if _is_inside(p))]
    pages = GERMAN_PAGES if language == "de" else {}
    return {"Makefile": _makefile(language), ".gitignore": "\n".join(ignored) + "\n", **pages}


def _is_inside(place: str) -> bool:
    """Tell a folder in the show's own from a bucket and from one elsewhere."""
    outside = {(), ("..",), (Path(place).anchor,)}
    return "://" not in place and Path(place).parts[:1] not in outside


def _makefile(language: str) -> str:
    rules = [
        f"{name}:  # {translate(words, language)}\n\tsendeturm {name}\n"
        for name, words in _TARGETS.items()
    ]
    status = f"status:  # {translate('say where you stand and what is next', language)}\n"
    return "\n".join([f"{status}\tsendeturm\n", *rules, f".PHONY: status {' '.join(_TARGETS)}\n"])


def _folder(path: Path) -> Path | None:
    try:
        if path.is_dir():
            return None
        path.mkdir(parents=True)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _file(path: Path, content: str) -> Path | None:
    try:
        create_file(path, content.encode())
    except FileExistsError as error:
        if path.name == CONFIG_NAME:
            raise fail("sources.show-exists", file=CONFIG_NAME) from error
        return None
    except OSError as error:
        raise unwritable(path, error) from error
    return path
