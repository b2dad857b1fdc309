"""Sound: any recording becomes an MP3 of the right loudness; everything streams.

The signal's libraries are slow to import and stay unloaded until something is measured:
asking for a recipe or the cache costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.sound.chaptering import put_chapters_in as put_chapters_in
    from sendeturm.sound.encoding import seams_ms as seams_ms
    from sendeturm.sound.finished import finished_loudness as finished_loudness
    from sendeturm.sound.finished import fits as fits
    from sendeturm.sound.inside import chapters_inside as chapters_inside
    from sendeturm.sound.mastering import master as master
    from sendeturm.sound.measuring import measure as measure
    from sendeturm.sound.originals import Original as Original
    from sendeturm.sound.originals import forget_others as forget_others
    from sendeturm.sound.originals import playable as playable
    from sendeturm.sound.recipes import recipe as recipe
    from sendeturm.sound.renditions import cached as cached
    from sendeturm.sound.speech import Engine as Engine
    from sendeturm.sound.speech import transcribe as transcribe
    from sendeturm.sound.whisper import load_whisper as load_whisper

__all__ = [
    "Engine",
    "Original",
    "cached",
    "chapters_inside",
    "finished_loudness",
    "fits",
    "forget_others",
    "load_whisper",
    "master",
    "measure",
    "playable",
    "put_chapters_in",
    "recipe",
    "seams_ms",
    "transcribe",
]

__getattr__ = late(
    __name__,
    {
        "Engine": "speech",
        "Original": "originals",
        "cached": "renditions",
        "chapters_inside": "inside",
        "finished_loudness": "finished",
        "fits": "finished",
        "forget_others": "originals",
        "load_whisper": "whisper",
        "master": "mastering",
        "measure": "measuring",
        "playable": "originals",
        "put_chapters_in": "chaptering",
        "recipe": "recipes",
        "seams_ms": "encoding",
        "transcribe": "speech",
    },
)
