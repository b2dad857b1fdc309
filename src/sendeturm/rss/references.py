"""References in XML that is not well-formed, written so that the parser keeps them."""

from __future__ import annotations

import re
from html.entities import html5

_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(
    rb"&(?:([A-Za-z][A-Za-z0-9]{0,31});|(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};))?"
)
_WIDE_BYTES = 4
"""UTF-16 and UTF-32 show themselves so soon."""


def plain_references(body: bytes) -> bytes:
    """Return XML with HTML's names of signs as numbers, and lone ampersands as such.

    After its first error, libxml2 drops every named reference, `&amp;` too. CDATA stays as it is,
    and so does XML in an encoding whose characters take several bytes each.
    """
    if b"\x00" in body[:_WIDE_BYTES]:
        return body
    parts = _CDATA.split(body)
    return b"".join(
        part if part.startswith(b"<![CDATA[") else _AMPERSAND.sub(_numbered, part) for part in parts
    )


def _numbered(found: re.Match[bytes]) -> bytes:
    name, number = found.groups()
    if number:
        return found[0]
    signs = html5.get(f"{name.decode()};") if name else None
    if signs is None:
        return b"&#38;" + found[0][1:]
    return b"".join(b"&#%d;" % ord(sign) for sign in signs)
