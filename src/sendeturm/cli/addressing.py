"""The address that listeners keep, and all that follows from it: the question that matters most."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.asking import Question
from sendeturm.cli.fitting import STORAGE, problems_of
from sendeturm.cli.spoken import marked
from sendeturm.cli.storing import ask_keys, kept_under
from sendeturm.errors import Problem, problem
from sendeturm.i18n import translate
from sendeturm.store.presets import PRESETS, Preset, bucket_answers, preset_called, preset_settings

if TYPE_CHECKING:
    from sendeturm.cli.asking import Interview

BUCKET, WEBSPACE, HERE = marked("bucket"), marked("webspace"), marked("here")
MENU = (
    (BUCKET, marked("the storage's own. Nothing to set up, but it ties you to that provider")),
    (WEBSPACE, marked("that of web space you have already")),
    (HERE, marked("none yet: only this computer, to try it out")),
)
OWN = marked("a domain of your own; type it. Best: it stays yours, wherever the files lie")
QUESTION = marked("Which address will your listeners keep? Their apps remember it for years.")
BUCKET_QUESTION = marked(
    "In which bucket do the files lie? Its address as your provider shows it, for example {example}"
)
WEBSPACE_ADDRESS = marked("Which address does your web space have? The feed will lie below it.")
WEBSPACE_WAY = marked(
    "How do the files get there? A target for rsync, me@example.org:htdocs/, or the folder of a"
    " web server on this computer. Enter: you carry them yourself."
)
KEYS_QUESTION = marked(
    "Which two keys open the bucket? They are kept where AWS tools keep theirs, nowhere else."
)
FOLDER_PLACE = "public"
OTHER_PLACE = "podcast"
PAGES_PLACE = "webspace"
_REMOTE = re.compile(r"[^/\s:]{2,}:\S*")


def ask_address(interview: Interview) -> None:
    """Ask which address listeners keep, and what follows from it, as far as nobody has said it."""
    settings = interview.settings
    way = implied_way(settings)
    if "address" not in settings and way in ("", BUCKET):
        way = _asked_way(interview, way)
    if way == BUCKET or (not way and "address" in settings):
        _ask_bucket(interview)
    elif way == WEBSPACE:
        _ask_webspace(interview)


def implied_way(settings: dict[str, object]) -> str:
    """Return which of the ways is given by options, empty if none is."""
    if "webspace" in settings:
        return WEBSPACE
    place = str(settings.get("place", ""))
    if "storage" in settings or "bucket" in settings or place.lower().startswith("s3://"):
        return BUCKET
    return HERE if place else ""


def _asked_way(interview: Interview, implied: str) -> str:
    menu = [row for row in MENU if not implied or row[0] == BUCKET]
    words = {spoken.lower(): word for word, _ in menu for spoken in (word, translate(word))}
    rows = (("https://…", translate(OWN)), *((translate(w), translate(m)) for w, m in menu))
    question = Question("address", QUESTION, translate(implied or HERE), menu=rows)
    answer = interview.ask(question, lambda text: _address_problems(text, words, interview.folder))
    if answer.lower() in words:
        return words[answer.lower()]
    interview.settings["address"] = full_address(answer)
    return implied


def _address_problems(text: str, words: Mapping[str, str], folder: Path) -> Iterator[Problem]:
    if text.lower() not in words:
        if "." not in text and "localhost" not in text:
            choices = dict.fromkeys(translate(word) for word in words.values())
            yield problem("cli.type-address", choices=", ".join(choices))
        else:
            yield from problems_of("address", full_address(text), folder)


def full_address(text: str) -> str:
    """Return a web address with its beginning, which people leave out."""
    return text if "://" in text else f"https://{text}"


def _ask_bucket(interview: Interview) -> None:
    settings = interview.settings
    if "bucket" not in settings and "place" not in settings:
        preset = PRESETS.get(str(settings.get("storage")), PRESETS["hetzner"])
        words = translate(BUCKET_QUESTION).format(example=preset.shown())
        answer = interview.ask(Question("bucket", words), bucket_problems)
        settings.update(bucket_answers(answer) or {})
    if "profile" not in settings and "AWS_ACCESS_KEY_ID" not in os.environ:
        interview.explain(translate(KEYS_QUESTION))
        if (keys := ask_keys()) is not None:
            settings["profile"] = kept_under(str(settings["title"]), keys)


def bucket_problems(text: str) -> Iterator[Problem]:
    """Yield what is wrong with an address of a bucket."""
    from sendeturm.model import StorageSettings  # noqa: PLC0415  # pydantic is not for --help
    from sendeturm.store import place_problems  # noqa: PLC0415  # the same

    answers = bucket_answers(text)
    if answers is None:
        preset = preset_called(text)
        yield _how_it_looks(preset) if preset else problem("cli.no-bucket")
        return
    settings = preset_settings(answers["storage"], answers) if "storage" in answers else answers
    kept = {key: settings[key] for key in ("place", "endpoint") if key in settings}
    yield from place_problems(StorageSettings.model_validate(kept), Path.cwd())


def _how_it_looks(preset: Preset) -> Problem:
    return problem("cli.bucket-looks", provider=preset.title, example=preset.shown())


def _ask_webspace(interview: Interview) -> None:
    folder = interview.folder
    address = Question("address", WEBSPACE_ADDRESS)
    interview.settle(address, lambda text: problems_of("address", full_address(text), folder))
    interview.settings["address"] = full_address(str(interview.settings["address"]))
    way = Question("webspace", WEBSPACE_WAY, may_stay_open=True)
    interview.settle(way, lambda text: way_problems(text, folder))


def way_problems(text: str, folder: Path) -> list[Problem]:
    """Return what is wrong with a way to the webspace: a folder must be one."""
    return [] if _REMOTE.fullmatch(text) else problems_of("place", text, folder)


def storage_of(settings: dict[str, object], folder: Path) -> dict[str, object]:
    """Return the settings of `[storage]` that follow from what was answered or given."""
    given = {key: value for key, value in settings.items() if key in STORAGE and value}
    if "webspace" in settings:
        return _to_webspace(str(settings["webspace"]), folder) | given
    if "storage" in settings:
        return _in_bucket(settings, given)
    return {"place": free_place(folder)} | given


def _to_webspace(way: str, folder: Path) -> dict[str, object]:
    if not _REMOTE.fullmatch(way):
        return {"place": way}
    place = free_place(folder)
    words = ["rsync", "-rt", "--delay-updates", "--exclude=.sendeturm", f"{place}/", way]
    return {"place": place, "webspace_command": words}


def _in_bucket(settings: dict[str, object], given: dict[str, object]) -> dict[str, object]:
    """Return the bucket's settings; where it takes no domain, feed and pages get a folder."""
    preset = PRESETS[str(settings["storage"])]
    answers = {key: str(settings.get(key, "")) for key in ("bucket", *preset.asks)}
    found: dict[str, object] = dict(preset_settings(str(settings["storage"]), answers))
    own = given.get("address")
    is_own = own is not None and not str(own).startswith(str(found.get("address", "?")))
    if preset.takes_domain or not is_own:
        return found | given
    pages = {"webspace": PAGES_PLACE, "webspace_address": own}
    return found | given | pages | {"address": found["address"]}


def free_place(folder: Path) -> str:
    """Return the folder to publish in: `public`, unless that holds something else."""
    return OTHER_PLACE if is_foreign(folder / FOLDER_PLACE) else FOLDER_PLACE


def is_foreign(place: Path) -> bool:
    """Tell a folder with other things in it from an empty one and one of sendeturm's."""
    try:
        return any(place.iterdir()) and not (place / ".sendeturm").is_dir()
    except FileNotFoundError:
        return False
    except OSError:
        return True
