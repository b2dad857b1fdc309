"""What `sendeturm pull` brought back stands for what it was made from, while nobody changes it.

A cover comes back as it is published, a page as HTML, a transcript with other words for its times:
none has the digest of the file that was published. `.pulled.json` names both, by content.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.sources.files import replace_file

PULLED_NAME = ".pulled.json"


def read_pulled(folder: Path) -> dict[str, str]:
    """Return the digest that each file brought back stands for, by the file's own sha256 (hex)."""
    try:
        kept = json.loads((folder / PULLED_NAME).read_bytes())
        return {str(own): str(source) for own, source in kept.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}  # what was brought counts as somebody's own files then


def note_pulled(folder: Path, stands_for: Mapping[str, str]) -> None:
    """Remember that content (by sha256) stands for other content.

    Raises SendeturmError if the file cannot be written.
    """
    known = read_pulled(folder)
    if all(known.get(own) == source for own, source in stands_for.items()):
        return
    text = json.dumps(known | dict(stands_for), indent=0, sort_keys=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / PULLED_NAME, f"{text}\n".encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("sources.unwritable", file=PULLED_NAME, reason=reason) from error
