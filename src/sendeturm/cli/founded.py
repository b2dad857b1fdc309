"""What is said when a show has been laid out: what was made, what follows, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.problems import one_line
from sendeturm.cli.screen import ask, print_document, say
from sendeturm.i18n import ngettext, translate
from sendeturm.store.presets import PRESETS

if TYPE_CHECKING:
    from sendeturm.cli.call import Call

Tables = Mapping[str, Mapping[str, object]]


def say_founded(call: Call, folder: Path, made: list[Path], whole: Tables, *, asks: bool) -> None:
    """Say what was made and what is next; offer to move recordings that lie about to episodes/."""
    storage = whole["storage"]
    lying = recordings_beside(folder)
    if call.as_json:
        print_document(_document(folder, made, storage, lying))
        return
    if not call.quiet:
        names = ", ".join(_name(path, folder) for path in made)
        say(
            translate("Made in {folder}: {names}").format(folder=one_line(str(folder)), names=names)
        )
        for line in about_storage(storage):
            say(line)
    if lying and asks and ask(_offer(lying), default=True):
        lying = [path for path in lying if not _moved(path, folder)]
    if not call.quiet:
        _say_next(folder, storage, lying)


def about_storage(storage: Mapping[str, object]) -> list[str]:
    """Return what follows from the address that listeners keep, a line for each."""
    address = storage.get("webspace_address") or storage.get("address")
    if not address:
        return [translate("Listeners' address: none yet, only this computer can hear it")]
    lines = [translate("Listeners' address: {address}").format(address=one_line(str(address)))]
    if storage.get("webspace"):
        lines.append(
            translate(
                "This storage serves no domain of your own: feed and pages go into {folder}/, and"
                " [storage] webspace_command carries them there (docs/providers/webspace.md)"
            ).format(folder=storage["webspace"])
        )
    return lines


def page_of(storage: Mapping[str, object]) -> str:
    """Return the page of the documentation that leads to this storage, empty if none does."""
    endpoint = str(storage.get("endpoint", ""))
    if not str(storage.get("place", "")).lower().startswith("s3://"):
        return "docs/providers/webspace.md" if storage.get("address") else ""
    for name, preset in PRESETS.items():
        tail = preset.endpoint.rpartition("}")[2]
        if (tail and endpoint.endswith(tail)) or not (preset.endpoint or endpoint):
            return f"docs/providers/{name}.md"
    return "docs/providers/README.md"


def recordings_beside(folder: Path) -> list[Path]:
    """Return the recordings that lie in the show's folder itself, in the order of their names."""
    from sendeturm.sources.folder import RECORDING_SUFFIXES  # noqa: PLC0415  # not for --help

    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in RECORDING_SUFFIXES and path.is_file()
    )


def _offer(lying: list[Path]) -> str:
    names = ", ".join(one_line(path.name) for path in lying[:3]) + (" …" if lying[3:] else "")
    words = ngettext(
        "{count} recording lies here; move it into episodes/?",
        "{count} recordings lie here; move them into episodes/?",
        len(lying),
    )
    return f"{words} ({names})"


def _moved(path: Path, folder: Path) -> bool:
    """Move a recording into `episodes/`, unless there is one of that name."""
    from sendeturm.sources.writing import unwritable  # noqa: PLC0415  # not for --help

    target = folder / "episodes" / path.name
    if target.exists():
        return False
    try:
        path.rename(target)
    except OSError as error:
        raise unwritable(f"episodes/{path.name}", error) from None
    return True


def _say_next(folder: Path, storage: Mapping[str, object], lying: list[Path]) -> None:
    waits = any((folder / "episodes").iterdir())
    step = translate("put a recording into episodes/, then sendeturm publish")
    if lying:
        words = translate("move {file} into episodes/, then sendeturm publish")
        step = words.format(file=one_line(lying[0].name))
    elif waits:
        step = translate("sendeturm publish")
    if str(storage.get("place", "")).lower().startswith("s3://"):
        words = translate("sendeturm doctor looks whether the storage works; then {step}")
        step = words.format(step=step)
    if page := page_of(storage):
        say(translate("How the storage is set up stands in {page}").format(page=page))
    say(translate("Next: {step}").format(step=step))


def _document(
    folder: Path, made: list[Path], storage: Mapping[str, object], lying: list[Path]
) -> dict[str, object]:
    return {
        "folder": str(folder),
        "made": [_name(path, folder) for path in made],
        "place": storage.get("place"),
        "address": storage.get("webspace_address") or storage.get("address"),
        "page": page_of(storage) or None,
        "recordings": [path.name for path in lying],
    }


def _name(path: Path, folder: Path) -> str:
    name = one_line(path.relative_to(folder).as_posix())
    return f"{name}/" if path.is_dir() else name
