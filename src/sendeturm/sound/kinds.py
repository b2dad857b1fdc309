"""The kinds of files that podcasts are heard from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its ending, its media type, FFmpeg's names of its container and codecs.

    `name` is what people call it.
    """

    name: str
    suffix: Literal[".mp3", ".m4a", ".opus"]
    type: str
    container: str
    codecs: tuple[str, ...]


MP3 = Kind("MP3", ".mp3", "audio/mpeg", "mp3", ("mp3", "mp3float"))
# Apple asks for x-m4a in feeds, though the registered type is audio/mp4.
M4A = Kind("M4A", ".m4a", "audio/x-m4a", "mov,mp4,m4a,3gp,3g2,mj2", ("aac",))
OPUS = Kind("Opus", ".opus", "audio/ogg", "ogg", ("opus", "libopus"))
KINDS = (MP3, M4A, OPUS)


ALTERNATES = {"opus": OPUS, "m4a": M4A}
"""The kinds that settings may ask for beside the MP3, as they name them."""


def kind_of(container: str, codec: str) -> Kind | None:
    """Return the kind of a file by FFmpeg's names, None for one that apps do not play."""
    fitting = (kind for kind in KINDS if kind.container == container and codec in kind.codecs)
    return next(fitting, None)
