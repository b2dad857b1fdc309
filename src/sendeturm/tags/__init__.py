"""Tags in audio files: title, show, chapters, cover; mutagen is imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sendeturm.tags.values import Tags

if TYPE_CHECKING:
    from sendeturm.tags.files import read_tags, write_tags

__all__ = ["Tags", "read_tags", "write_tags"]


def __getattr__(name: str) -> Any:
    """Import what needs mutagen at first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(name)
    from sendeturm.tags import files  # noqa: PLC0415  # mutagen is not paid for at start

    return getattr(files, name)
