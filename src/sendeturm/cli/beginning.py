"""The page of an episode that begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.screen import print_document, say
from sendeturm.errors import fail
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.model import Config


def begin_episode(call: Call, title: str) -> None:
    """Make `episodes/NNN-slug.md` and say where the recording goes.

    Raises SendeturmError for an empty or overlong title and for a file that cannot be made.
    """
    from sendeturm.sources import EPISODES, new_sidecar, read_config  # noqa: PLC0415  # tomlkit
    from sendeturm.text import slug  # noqa: PLC0415  # not for --help

    folder = call.show_folder()
    config = read_config(folder)
    title = _checked(title)
    number = _next_number(folder, config)
    path = folder / EPISODES / f"{number:03}-{slug(title)}.md"
    _make_folder(path.parent)
    language = config.show.language[:2]
    hint = translate("Notes for listeners, in Markdown, instead of this line.", language)
    new_sidecar(path, title, f"<!-- {hint} -->", number=number)
    _say(call, path.relative_to(folder).as_posix(), number)


def _checked(title: str) -> str:
    from pydantic import ValidationError  # noqa: PLC0415  # not for --help

    from sendeturm.model import FrontMatter  # noqa: PLC0415  # the same
    from sendeturm.text import clean  # noqa: PLC0415  # the same

    try:
        return FrontMatter(title=" ".join(clean(title).split())).title
    except ValidationError:
        raise fail("cli.bad-title") from None


def _next_number(folder: Path, config: Config) -> int:
    """Return the number after the highest that file names and front matter have."""
    from sendeturm.sources import EPISODES, read_sources  # noqa: PLC0415  # not for --help
    from sendeturm.text import number_from_stem  # noqa: PLC0415  # the same

    fronts = (episode.front for episode in read_sources(folder, config).episodes)
    written = [front.number or 0 for front in fronts if front]
    files = (folder / EPISODES).glob("*")
    return max([0, *written, *(number_from_stem(path.stem) or 0 for path in files)]) + 1


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("sources.unwritable", file=path.name, reason=reason) from None


def _say(call: Call, file: str, number: int) -> None:
    stem = file.removesuffix(".md")
    if call.as_json:
        print_document({"file": file, "number": number, "stem": stem})
        return
    say(translate("Made {file}").format(file=file))
    if not call.quiet:
        line = translate("Put the recording beside it as {stem}.wav (or .flac, .mp3 …), then:")
        say(f"{line.format(stem=stem)} sendeturm publish")
