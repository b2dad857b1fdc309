"""How listeners can answer an episode: what its page and its notes in the feed say first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import quote

from sendeturm.i18n import translate
from sendeturm.model import Record, ShowRecord
from sendeturm.model.addresses import ascii_address
from sendeturm.text.cleaning import clean

SAFE_SCHEMES = ("https://", "http://", "mailto:", "tel:", "sms:", "sip:")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to answer: what it is called, and the link that leads there."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Answers:
    """How to answer an episode; any of it may be missing.

    `spoken` is the address that can be said aloud and leads to the episode's page, without its
    scheme; `spoken_link` is it whole.
    """

    email: Way | None = None
    voice: Way | None = None
    spoken: str = ""
    spoken_link: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether there is no way to answer at all."""
        return self.email is None and self.voice is None


def answers(show: ShowRecord, record: Record, spoken_name: str | None) -> Answers:
    """Return how to answer `record`; `spoken_name` (`42`) is its name after the address."""
    facts = show.facts
    public = spoken_name is not None and show.is_public
    return Answers(
        email=_email(facts.email, facts.title, record.facts.title),
        voice=_voice(facts.voice_message, facts.language),
        spoken=f"{show.address.partition('://')[2]}/{spoken_name}" if public else "",
        spoken_link=f"{ascii_address(show.address)}/{spoken_name}" if public else "",
    )


def answers_html(found: Answers, language: str) -> str:
    """Return the ways to answer as one paragraph of notes, empty if there are none."""
    if found.is_empty:
        return ""
    primary = language.partition("-")[0].lower()
    ways = [way for way in (found.email, found.voice) if way is not None]
    links = [_link(way.link, way.name) for way in ways]
    if found.spoken:
        links.append(_link(found.spoken_link, found.spoken))
    lead = escape(translate("Your answer:", primary))
    return f"<p>{lead} {' · '.join(links)}</p>"


def _email(address: str | None, show_title: str, title: str) -> Way | None:
    if not address:
        return None
    return Way(address, f"{_mailto(address, show_title)}{quote(clean(title), safe='')}")


@lru_cache(maxsize=16)
def _mailto(address: str, show_title: str) -> str:
    subject = quote(clean(f"{show_title}: "), safe="")
    return f"mailto:{quote(address, safe='@+')}?subject={subject}"


def _voice(link: str | None, language: str) -> Way | None:
    if not link or not link.lower().startswith(SAFE_SCHEMES):
        return None
    words = translate("Leave a voice message", language.partition("-")[0].lower())
    scheme, _, rest = link.partition(":")
    number = f": {rest}" if scheme.lower() in ("tel", "sms") else ""
    return Way(f"{words}{number}", link)


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'
