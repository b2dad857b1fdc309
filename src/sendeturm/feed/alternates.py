"""The same sound in other forms (podcast:alternateEnclosure).

Source: docs/tags/alternate-enclosure.md and integrity.md of the podcast namespace; the digest is
written as https://www.w3.org/TR/SRI/ does.
"""

from __future__ import annotations

import base64

from lxml import etree

from sendeturm.feed.namespaces import PODCAST, add
from sendeturm.feed.vocabulary import bare_type
from sendeturm.model import Record, ShowRecord, StoredFile
from sendeturm.model.addresses import media_url

_REGISTERED = {"audio/x-m4a": "audio/mp4"}
"""Apple's name of M4A belongs into the enclosure alone: here `codecs` goes with the registered."""

_FIRST_FORMS = {"audio/mpeg": ("MP3", None), "audio/x-m4a": ("M4A", "mp4a.40.2")}
_BITS_PER_KILOBIT = 1000


def add_alternates(item: etree._Element, show: ShowRecord, record: Record) -> None:
    """Add the enclosure itself, as the default, and every other form; nothing if it is the only."""
    if not record.alternates or record.enclosure is None:
        return
    first, kbps = record.enclosure, record.audio.bitrate_kbps if record.audio else None
    title, codecs = _FIRST_FORMS.get(first.type, (None, None))
    attributes = {"title": title, "codecs": codecs, "default": "true"}
    _add(item, show, first, kbps, attributes)
    for file in record.alternates:
        _add(item, show, file, file.bitrate_kbps, {"title": file.name, "codecs": file.codecs})


def _add(
    item: etree._Element,
    show: ShowRecord,
    file: StoredFile,
    kbps: int | None,
    attributes: dict[str, str | None],
) -> None:
    kind = bare_type(file.type)
    told = {
        "type": _REGISTERED.get(kind, kind),
        "length": str(file.size_bytes),
        "bitrate": str(kbps * _BITS_PER_KILOBIT) if kbps else None,
    }
    enclosure = add(item, PODCAST, "alternateEnclosure", **told, **attributes)
    add(enclosure, PODCAST, "source", uri=media_url(show, file.key))
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    add(enclosure, PODCAST, "integrity", type="sri", value=f"sha256-{digest}")
