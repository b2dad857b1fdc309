"""Sound: any recording becomes an MP3 of the right loudness; everything streams.

The signal's libraries are slow to import and stay unloaded until something is measured:
asking for a recipe or the cache costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.sound.mastering import master as master
    from sendeturm.sound.measuring import measure as measure
    from sendeturm.sound.recipes import recipe as recipe
    from sendeturm.sound.renditions import cached as cached

__all__ = ["cached", "master", "measure", "recipe"]

__getattr__ = late(
    __name__,
    {
        "cached": "renditions",
        "master": "mastering",
        "measure": "measuring",
        "recipe": "recipes",
    },
)
