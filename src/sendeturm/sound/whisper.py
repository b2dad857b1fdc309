"""faster-whisper as an engine: Whisper on CTranslate2, without PyTorch.

The extra `sendeturm[transcribe]` installs it; its model is fetched from Hugging Face when it is
used for the first time, and lies in that library's own cache from then on.
Source: https://github.com/SYSTRAN/faster-whisper
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from sendeturm.errors import fail
from sendeturm.model import Cue
from sendeturm.sound.speech import Samples
from sendeturm.units import MS_PER_SECOND

LIBRARY = "faster_whisper"


class Whisper:
    """A loaded model of faster-whisper."""

    def __init__(self, model: Any, name: str) -> None:
        """Wrap a `faster_whisper.WhisperModel`."""
        self._model = model
        self.name = name

    def hear(self, samples: Samples, language: str) -> Iterator[Cue]:
        """Yield what is said; stretches without a voice are passed over.

        Raises `sound.unknown-language`.
        """
        try:
            segments, _ = self._model.transcribe(
                samples,
                language=language,
                vad_filter=True,
                # A slip must not be taken up by all that follows.
                condition_on_previous_text=False,
            )
        except ValueError as error:
            raise fail("sound.unknown-language", language=language) from error
        for segment in segments:
            start_ms = max(0, round(segment.start * MS_PER_SECOND))
            end_ms = max(start_ms + 1, round(segment.end * MS_PER_SECOND))
            yield Cue(start_ms=start_ms, end_ms=end_ms, text=segment.text)


def load_whisper(model: str) -> Whisper:
    """Load the model called `model` (`small`, `large-v3`, or a folder), fetching it if need be.

    Raises SendeturmError: `sound.no-engine` without the extra, `sound.no-model` for a model that
    there is not or that cannot be fetched.
    """
    try:
        library = import_module(LIBRARY)
    except ImportError as error:
        raise fail("sound.no-engine") from error
    try:
        loaded = library.WhisperModel(model, device="auto", compute_type="default")
    except (ValueError, RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise fail("sound.no-model", model=model, reason=reason) from error
    return Whisper(loaded, f"faster-whisper {model}")
