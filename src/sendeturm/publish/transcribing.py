"""A transcript made from an episode's recording, written beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.errors import fail
from sendeturm.events import Listener
from sendeturm.model import Config, Episode, Material
from sendeturm.publish.materials import recorded_material, shown
from sendeturm.publish.places import cache_folder
from sendeturm.sources import Digests
from sendeturm.sources.files import create_file, replace_file

if TYPE_CHECKING:
    from sendeturm.sound import Engine


def transcript_path(episode: Episode) -> Path:
    """Return where an episode's transcript belongs: beside the recording or its folder."""
    beside = episode.folder or episode.recording
    assert beside is not None, "asked only where there is something to hear"
    return beside.with_name(f"{beside.name}.vtt") if episode.folder else beside.with_suffix(".vtt")


def material_to_hear(episode: Episode, folder: Path, *, may_replace: bool) -> Material:
    """Return what is to be written down.

    Raises `publish.no-recording-here`, and `publish.has-transcript` where there is one that must
    not be replaced.
    """
    material = recorded_material(episode, folder, Digests(cache_folder(folder)))
    if material is None:
        raise fail("publish.no-recording-here", file=episode.stem)
    if episode.transcript is not None and not may_replace:
        raise fail("publish.has-transcript", file=shown(episode.transcript, folder))
    return material


def write_transcript(
    episode: Episode, material: Material, config: Config, engine: Engine, listen: Listener
) -> Path:
    """Write down what is said in an episode, in its language, and return the new file.

    Raises SendeturmError for what cannot be decoded, where nobody speaks, and where the file
    cannot be written.
    """
    from sendeturm.sound import transcribe  # noqa: PLC0415  # the signal's libraries are heavy
    from sendeturm.text import vtt  # noqa: PLC0415  # rarely asked

    front = episode.front
    language = (front.language if front else None) or config.show.language
    cues = transcribe(material, engine, language, episode.stem, listen)
    if not cues:
        raise fail("publish.nobody-speaks", file=material.file)
    path = transcript_path(episode)
    try:
        write = replace_file if path.exists() else create_file
        write(path, vtt(cues, engine.name))
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("publish.cannot-write", file=path, reason=reason) from None
    return path
