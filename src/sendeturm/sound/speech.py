"""Spoken words become a transcript, by an engine behind one small interface."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sendeturm.events import Finished, Listener, Progress, Stage
from sendeturm.model import Cue, Material, SoundFile
from sendeturm.sound.decode import open_recording
from sendeturm.units import MS_PER_SECOND

Samples = npt.NDArray[np.float32]

RATE_HZ = 16_000
STRETCH_S = 600
"""As much is decoded at once: memory does not grow with the length."""

_SEARCH_S = 30
_WINDOW = RATE_HZ // 10


class Engine(Protocol):
    """What writes down speech; `name` says in transcripts and records who did it."""

    @property
    def name(self) -> str:
        """Return the library and its model, such as `faster-whisper small`."""

    def hear(self, samples: Samples, language: str) -> Iterator[Cue]:
        """Yield what is said in mono `samples` at `RATE_HZ`, times from their beginning.

        `language` has two letters (`de`).
        """


def transcribe(
    material: Material, engine: Engine, language: str, subject: str, listen: Listener
) -> tuple[Cue, ...]:
    """Return what is said in a recording, in its own time; tracks are heard one by one.

    On tracks the speakers are known. `subject` names the episode in progress. Raises
    SendeturmError for what cannot be decoded.
    """
    cues: list[Cue] = []
    begin_ms = 0
    for file in material.files:
        offset_ms = begin_ms if material.layout == "parts" else file.starts_at_ms
        heard, length_ms = _file_cues(file, engine, language, subject, listen)
        cues += [one for cue in heard if (one := _placed(cue, offset_ms, file.speaker))]
        begin_ms += length_ms
    listen(Finished(subject))
    return tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))


def _file_cues(
    file: SoundFile, engine: Engine, language: str, subject: str, listen: Listener
) -> tuple[list[Cue], int]:
    """Return the cues of one file and its length in ms."""
    cues: list[Cue] = []
    end_ms = 0
    with open_recording(file.path, file.file) as recording:
        expected_ms = recording.facts.duration_ms
        listen(Progress(subject, Stage.TRANSCRIBE, 0, expected_ms))
        for start_ms, samples in _stretches(recording.blocks(RATE_HZ, 1)):
            end_ms = start_ms + samples.size * MS_PER_SECOND // RATE_HZ
            for cue in engine.hear(samples, language[:2].lower()):
                if placed := _placed(cue, start_ms, None, end_ms):
                    cues.append(placed)
                    total_ms = max(expected_ms, placed.end_ms)
                    listen(Progress(subject, Stage.TRANSCRIBE, placed.end_ms, total_ms))
    return cues, end_ms


def _placed(cue: Cue, offset_ms: int, speaker: str | None, end_ms: int | None = None) -> Cue | None:
    """Return a cue moved by an offset; None for one that says nothing or is heard nowhere."""
    words = " ".join(cue.text.split())
    start_ms, last_ms = max(0, cue.start_ms + offset_ms), cue.end_ms + offset_ms
    if end_ms is not None:  # engines like to hear on where nothing is
        last_ms = min(last_ms, end_ms)
    if not words or last_ms <= start_ms:
        return None
    return Cue(start_ms=start_ms, end_ms=last_ms, text=words, speaker=cue.speaker or speaker)


def _stretches(blocks: Iterator[Samples]) -> Iterator[tuple[int, Samples]]:
    """Yield mono stretches with their beginning in ms, cut where it is quietest."""
    begin, waiting, size = 0, list[Samples](), 0
    for block in blocks:
        waiting.append(block[0])
        size += block.shape[1]
        if size >= STRETCH_S * RATE_HZ:
            samples = np.concatenate(waiting)
            cut = _quietest(samples)
            yield begin * MS_PER_SECOND // RATE_HZ, samples[:cut]
            begin, waiting, size = begin + cut, [samples[cut:]], samples.size - cut
    if size:
        yield begin * MS_PER_SECOND // RATE_HZ, np.concatenate(waiting)


def _quietest(samples: Samples) -> int:
    """Return where to cut: the middle of the quietest tenth of a second near the end."""
    count = _SEARCH_S * RATE_HZ // _WINDOW
    tail = samples[-count * _WINDOW :].reshape(count, _WINDOW)
    quietest = int(np.argmin(np.square(tail, dtype=np.float64).sum(axis=1)))
    return samples.size - (count - quietest) * _WINDOW + _WINDOW // 2
