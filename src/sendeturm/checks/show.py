"""Rules about the show: cover, words and address."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from sendeturm.checks.categories import CATEGORIES, is_category, nearest_category
from sendeturm.checks.languages import is_language, meant_language
from sendeturm.checks.rules import breach
from sendeturm.checks.values import path_ending
from sendeturm.errors import Place, Problem
from sendeturm.model import Config, ShowSettings
from sendeturm.model.addresses import ascii_address
from sendeturm.model.pictures import Pixels

CONFIG_FILE = "sendeturm.toml"
COVER_MIN_PX = 1400
COVER_MAX_PX = 3000
COVER_MAX_BYTES = 500_000
COVER_FORMATS = ("JPEG", "PNG")
COVER_MODE = "RGB"
DESCRIPTION_BYTES = 4000
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


def check_config(config: Config, cover: Pixels | None, file: str = CONFIG_FILE) -> list[Problem]:
    """Return what directories will not like about the show.

    `cover` is the measured cover picture, None if there is no such file; `file` is the settings'
    name in messages.
    """
    return [
        *check_cover(cover, config.show.cover),
        *_words(config.show, file),
        *_address(config.storage.address, file),
    ]


def check_cover(cover: Pixels | None, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a cover; `file` is its name in messages."""
    place = Place(file)
    if cover is None:
        yield breach("SND101", place)
        return
    yield from _sides(cover, place)
    size = {"width": cover.width_px, "height": cover.height_px}
    if cover.format not in COVER_FORMATS:
        yield breach("SND104", place, format=cover.format)
    if cover.mode != COVER_MODE:
        yield breach("SND105", place, mode=cover.mode)
    if max(size.values()) > COVER_MAX_PX:
        yield breach("SND106", place, maximum=COVER_MAX_PX, **size)
    if cover.size_bytes > COVER_MAX_BYTES:
        yield breach("SND107", place, kilobytes=cover.size_bytes // 1000)


def check_published_cover(cover: Pixels, url: str) -> Iterator[Problem]:
    """Yield what is wrong with a cover as a feed's listeners get it, from `url`."""
    place = Place(url)
    yield from _sides(cover, place)
    if cover.format not in COVER_FORMATS:
        yield breach("SND131", place, format=cover.format)
    if cover.mode != COVER_MODE:
        yield breach("SND132", place, mode=cover.mode)
    if max(cover.width_px, cover.height_px) > COVER_MAX_PX:
        yield breach("SND133", place, width=cover.width_px, height=cover.height_px)
    if cover.size_bytes > COVER_MAX_BYTES:
        yield breach("SND134", place, kilobytes=cover.size_bytes // 1000)
    if _FORMATS.get(path_ending(url), cover.format) != cover.format:
        yield breach("SND135", place, format=cover.format, ending=path_ending(url))


def _sides(cover: Pixels, place: Place) -> Iterator[Problem]:
    size = {"width": cover.width_px, "height": cover.height_px}
    if min(size.values()) < COVER_MIN_PX:
        yield breach("SND102", place, minimum=COVER_MIN_PX, **size)
    if cover.width_px != cover.height_px:
        yield breach("SND103", place, **size)


def _words(show: ShowSettings, file: str) -> Iterator[Problem]:
    for category in show.categories:
        if not is_category(category):
            nearest = nearest_category(category) or ", ".join(CATEGORIES)
            place = Place(file, key="show.categories")
            yield breach("SND111", place, category=category, nearest=nearest)
    size_bytes = len(show.description.encode(errors="replace"))
    if size_bytes > DESCRIPTION_BYTES:
        yield breach("SND112", Place(file, key="show.description"), size=size_bytes)
    if not is_language(show.language):
        meant = meant_language(show.language) or "de, en, fr …"
        place = Place(file, key="show.language")
        yield breach("SND113", place, language=show.language, nearest=meant)


def _address(address: str | None, file: str) -> Iterator[Problem]:
    place = Place(file, key="storage.address")
    if address is None or is_only_here(address):
        yield breach("SND121", place)
        return
    if address.startswith("http:"):
        yield breach("SND122", place, address=address)
    if not address.isascii():
        yield breach("SND123", place, ascii=ascii_address(address))


def is_only_here(address: str) -> bool:
    """Say whether `address` leads to the computer itself and to nobody else's ears."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
