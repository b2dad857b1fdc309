"""Tags in audio files: title, show, chapters, cover; mutagen is imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.tags.values import Tags

if TYPE_CHECKING:
    from sendeturm.tags.files import chapter_pictures, read_tags, write_tags

__all__ = ["Tags", "chapter_pictures", "read_tags", "write_tags"]

__getattr__ = late(
    __name__,
    {
        "chapter_pictures": "files",
        "read_tags": "files",
        "write_tags": "files",
    },
)
