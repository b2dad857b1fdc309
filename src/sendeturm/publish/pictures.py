"""The pictures made at publishing: covers as pages show them, icons, and cards beside links."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from typing import TYPE_CHECKING

from sendeturm.errors import SendeturmError
from sendeturm.model import AudioFacts, EpisodeFacts, ImageFacts, Record, ShowRecord
from sendeturm.publish.sidecars import put_picture
from sendeturm.publish.workshop import Workshop

if TYPE_CHECKING:
    from sendeturm.pictures import Card, Picture

PAGE_NAME = "page"
ICONS_PX = {"icon": 96, "touch_icon": 180}
CARDS = "cards"
SHOW = "show"
"""What the show's own pictures are called where an episode's have its slug."""


def lacks_pictures(show: ShowRecord) -> bool:
    """Say whether the show has a cover that its smaller pictures were not made from."""
    cover = show.cover
    made = (show.page_cover, show.icon, show.touch_icon)
    return cover is not None and not all(_is_of(one, cover.sha256) for one in made)


def with_pictures(show: ShowRecord, shop: Workshop) -> ShowRecord:
    """Put what is made from the show's cover, as far as it is new, and name it in the record."""
    made = {"page_cover": _page_cover(show.cover, show.page_cover, SHOW, shop)}
    for field, side_px in ICONS_PX.items():
        made[field] = _icon(show.cover, getattr(show, field), side_px, shop)
    shown = made["page_cover"] or show.cover
    made["card"] = _card(_card_of_show(show), shown, show.card, SHOW, shop)
    return show.model_copy(update=made)


def episode_pictures(
    facts: EpisodeFacts,
    cover: ImageFacts | None,
    audio: AudioFacts | None,
    known: Record | None,
    shop: Workshop,
) -> dict[str, ImageFacts | None]:
    """Put an episode's card, and its own cover for pages, as far as they differ from the `known`.

    Returns the record's fields that name them.
    """
    if facts.private:  # it has no page, and nothing of it lies under a name one could guess
        return {"page_cover": None, "card": None}
    page_cover = _page_cover(cover, known.page_cover if known else None, facts.slug, shop)
    shown = page_cover or cover or shop.show.page_cover or shop.show.cover
    card = _card_of(facts, audio, shop.show)
    before = known.card if known else None
    return {"page_cover": page_cover, "card": _card(card, shown, before, facts.slug, shop)}


def _card_of_show(show: ShowRecord) -> Card:
    from sendeturm.pictures import Card  # noqa: PLC0415  # Pillow is heavy

    return Card(show.facts.title, below=show.facts.author)


def _card_of(facts: EpisodeFacts, audio: AudioFacts | None, show: ShowRecord) -> Card:
    from sendeturm.pictures import Card  # noqa: PLC0415  # Pillow is heavy
    from sendeturm.site import page_words  # noqa: PLC0415  # only where something is published

    words = page_words(show.facts.language)
    number = words["episode"].format(number=facts.number) if facts.number else ""
    return Card(facts.title, show.facts.title, number, audio.waveform if audio else ())


def _page_cover(
    cover: ImageFacts | None, known: ImageFacts | None, name: str, shop: Workshop
) -> ImageFacts | None:
    """Return the cover as pages show it, None where there is none that can be read."""
    from sendeturm.pictures import page_cover  # noqa: PLC0415  # Pillow is heavy

    if cover is None or _is_of(known, cover.sha256):
        return known if cover else None
    try:
        picture = page_cover(shop.cover(cover))
    except SendeturmError:
        return None
    return put_picture(shop, "covers", f"{name}-{PAGE_NAME}", picture, cover.sha256)


def _icon(
    cover: ImageFacts | None, known: ImageFacts | None, side_px: int, shop: Workshop
) -> ImageFacts | None:
    """Return the show's cover as an icon, None where there is none that can be read."""
    from sendeturm.pictures import icon  # noqa: PLC0415  # Pillow is heavy

    if cover is None or _is_of(known, cover.sha256):
        return known if cover else None
    try:
        picture = icon(shop.cover(cover), side_px)
    except SendeturmError:
        return None
    return put_picture(shop, "covers", f"{SHOW}-{side_px}", picture, cover.sha256)


def _card(
    card: Card, cover: ImageFacts | None, known: ImageFacts | None, name: str, shop: Workshop
) -> ImageFacts:
    """Return the card, drawn anew only where it would show something else."""
    from sendeturm.pictures import LAYOUT  # noqa: PLC0415  # Pillow is heavy

    shown = [LAYOUT, *astuple(card), cover.sha256 if cover else None]
    digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()
    if known is not None and _is_of(known, digest):
        return known
    return put_picture(shop, CARDS, name, _drawn(card, cover, shop), digest)


def _drawn(card: Card, cover: ImageFacts | None, shop: Workshop) -> Picture:
    from sendeturm.pictures import draw_card  # noqa: PLC0415  # Pillow is heavy

    try:
        return draw_card(card, shop.cover(cover) if cover else None)
    except SendeturmError:
        return draw_card(card, None)  # a lost cover is no reason to keep an episode off the air


def _is_of(made: ImageFacts | None, source_sha256: str) -> bool:
    return made is not None and made.source_sha256 == source_sha256
