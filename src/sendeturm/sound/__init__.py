"""Sound: any recording becomes an MP3 of the right loudness; everything streams.

The signal's libraries are slow to import and stay unloaded until something is measured:
asking for a recipe or the cache costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sendeturm.sound.mastering import master as master
    from sendeturm.sound.mastering import measure as measure
    from sendeturm.sound.recipes import recipe as recipe
    from sendeturm.sound.renditions import cached as cached

__all__ = ["cached", "master", "measure", "recipe"]

_HOMES = {
    "cached": "renditions",
    "master": "mastering",
    "measure": "mastering",
    "recipe": "recipes",
}


def __getattr__(name: str) -> Any:
    """Load a public name's module when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"sendeturm.sound.{_HOMES[name]}"), name)
