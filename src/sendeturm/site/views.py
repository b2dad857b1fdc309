"""What templates see: everything worded, dated and addressed, so that they only lay out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from sendeturm.model import Chapter, Credit, Cue, ImageFacts, PageFacts, Record, ShowRecord
from sendeturm.model.addresses import ascii_address, feed_url, media_url, page_url
from sendeturm.model.site import ABOUT, LEGAL
from sendeturm.model.vocabulary import RemoteShow
from sendeturm.site.figures import iso_duration, written_date, written_duration, written_size
from sendeturm.site.reading import Moment, Paragraph, moment, paragraphs
from sendeturm.site.subscribing import Way, any_app, ways
from sendeturm.site.threads import Thread, thread
from sendeturm.site.waveform import bars
from sendeturm.site.words import direction, month_names, page_words
from sendeturm.text.answering import Answers, answers

_PLACED = frozenset({ABOUT, *LEGAL})
"""Pages of the show's own that stand elsewhere than in the menu."""

_ROLES = ("host", "guest", "editor", "producer")


@dataclass(frozen=True, slots=True)
class Language:
    """The show's language: its `code`, which way it is written, its words and months."""

    code: str
    direction: str
    words: Mapping[str, str]
    months: tuple[str, ...]


def language_of(code: str) -> Language:
    """Return what pages need to speak the language `code`."""
    return Language(code, direction(code), page_words(code), month_names(code))


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who takes part; `role` is worded, `url` is None unless it leads to the web."""

    name: str
    role: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter and the moment it begins; `picture` is one that lies with the show itself."""

    at: Moment
    title: str
    url: str | None
    picture: str | None


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture by key; `url` is its whole address, for those who show the link elsewhere."""

    key: str
    url: str
    type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the show's own; `html` was cleaned before it was kept."""

    path: str
    title: str
    html: Markup
    canonical: str | None


@dataclass(frozen=True, slots=True)
class ShowView:
    """The show as every page names it; `any_app` and `ways` are links that open an app.

    `menu` and `legal` are the pages of its own.
    """

    title: str
    paragraphs: tuple[str, ...]
    author: str
    email: str | None
    website: str | None
    copyright: str | None
    cover: PictureView | None
    card: PictureView | None
    icon: PictureView | None
    touch_icon: PictureView | None
    people: tuple[PersonView, ...]
    feed_url: str
    any_app: str
    ways: tuple[Way, ...]
    recommended: tuple[PersonView, ...]
    menu: tuple[PageView, ...]
    legal: tuple[PageView, ...]
    canonical: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An episode as lists name it; `path` and `audio_key` count from the site's root.

    `mark` is the bare number, to hang in the margin; `number` is it in words.
    """

    path: str
    title: str
    mark: str
    number: str
    labels: tuple[str, ...]
    summary: str
    published_iso: str
    published: str
    duration_iso: str
    duration: str
    audio_key: str


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """All that an episode's own page shows; `notes` are the one thing that is HTML already.

    `wave` is the path of the waveform, empty where there is none.
    """

    entry: Entry
    audio_type: str
    audio_url: str
    wave: str
    size: str
    cover: PictureView | None
    card: PictureView | None
    chapters: tuple[ChapterView, ...]
    notes: Markup
    people: tuple[PersonView, ...]
    transcript: tuple[Paragraph, ...]
    transcript_language: str
    transcript_maker: str
    answers: Answers
    thread: Thread | None
    canonical: str | None


def show_view(show: ShowRecord, language: Language) -> ShowView:
    """Return the show as pages name it."""
    facts, feed = show.facts, feed_url(show)
    return ShowView(
        title=facts.title,
        paragraphs=tuple(part.strip() for part in facts.description.split("\n\n") if part.strip()),
        author=facts.author,
        email=facts.email,
        website=_web(facts.link),
        copyright=facts.copyright,
        cover=_picture(show, show.page_cover or show.cover),
        card=_picture(show, show.card or show.cover),
        icon=_picture(show, show.icon or show.cover),
        touch_icon=_picture(show, show.touch_icon),
        people=_people(facts.people, language),
        feed_url=feed,
        any_app=any_app(feed),
        ways=ways(feed, facts.title),
        recommended=_recommended(facts.podroll),
        menu=tuple(page_view(show, page) for page in facts.site.pages if page.slug not in _PLACED),
        legal=tuple(page_view(show, page) for page in facts.site.pages if page.slug in LEGAL),
        canonical=page_url(show) if show.is_public else None,
    )


def page_view(show: ShowRecord, page: PageFacts) -> PageView:
    """Return a page of the show's own as its template sees it."""
    return PageView(
        path=f"{page.slug}/index.html",
        title=page.title,
        html=Markup(page.html),  # noqa: S704  # cleaned by `text` before it was kept
        canonical=page_url(show, page.slug) if show.is_public else None,
    )


def entry(record: Record, language: Language) -> Entry:
    """Return `record` as lists name it; it must be on the air."""
    facts, enclosure, audio = record.facts, record.enclosure, record.audio
    assert enclosure is not None
    duration_ms = audio.duration_ms if audio else 0
    return Entry(
        path=f"{facts.slug}/index.html",
        title=facts.title,
        mark=str(facts.number or ""),
        number=language.words["episode"].format(number=facts.number) if facts.number else "",
        labels=_labels(record, language.words),
        summary=facts.summary,
        published_iso=facts.published_at.isoformat(),
        published=written_date(facts.published_at, language.words, language.months),
        duration_iso=iso_duration(duration_ms) if duration_ms else "",
        duration=written_duration(duration_ms, language.words) if duration_ms else "",
        audio_key=quote(enclosure.key),
    )


def episode_view(
    show: ShowRecord,
    record: Record,
    cues: Iterable[Cue],
    language: Language,
    spoken_name: str | None = None,
) -> EpisodeView:
    """Return all that the page of `record` shows; it must be on the air."""
    facts, enclosure = record.facts, record.enclosure
    assert enclosure is not None
    return EpisodeView(
        entry=entry(record, language),
        audio_type=enclosure.type,
        audio_url=media_url(show, enclosure.key),
        wave=bars(record.audio.waveform) if record.audio else "",
        size=written_size(enclosure.size_bytes),
        cover=_picture(show, _cover_of(show, record)),
        card=card_view(show, record),
        chapters=tuple(_chapter(show, found) for found in facts.chapters if not found.is_hidden),
        notes=Markup(facts.notes_html),  # noqa: S704  # cleaned by `text` before it was kept
        people=_people((*show.facts.people, *facts.people), language),
        transcript=tuple(paragraphs(cues)),
        transcript_language=facts.language or show.facts.language,
        transcript_maker=next((one.made_by for one in record.transcripts if one.made_by), ""),
        answers=answers(show, record, spoken_name),
        thread=thread(facts.social),
        canonical=page_url(show, facts.slug) if show.is_public else None,
    )


def card_view(show: ShowRecord, record: Record) -> PictureView | None:
    """Return the picture that stands beside a link to `record`: its card, else a cover."""
    return _picture(show, record.card or record.cover or show.cover)


def _labels(record: Record, words: Mapping[str, str]) -> tuple[str, ...]:
    facts = record.facts
    kind = words[facts.type] if facts.type != "full" else ""
    season = words["season"].format(number=facts.season) if facts.season else ""
    explicit = words["explicit"] if facts.explicit else ""
    return tuple(label for label in (kind, season, explicit) if label)


def _people(people: Iterable[Credit], language: Language) -> tuple[PersonView, ...]:
    by_name = {person.name: person for person in people}
    return tuple(_person(person, language.words) for person in by_name.values())


def _person(person: Credit, words: Mapping[str, str]) -> PersonView:
    role = person.role.strip().lower()
    return PersonView(person.name, words[role] if role in _ROLES else person.role, _web(person.url))


def _recommended(shows: Iterable[RemoteShow]) -> tuple[PersonView, ...]:
    """Return other shows by name; their feed's address stands for a missing one."""
    named = ((show.title or show.feed_url, _web(show.feed_url)) for show in shows)
    return tuple(PersonView(name, "", url) for name, url in named if name)


def _chapter(show: ShowRecord, chapter: Chapter) -> ChapterView:
    # Other people's pictures are not loaded: their servers would see every visitor.
    place = f"{ascii_address(show.address)}/"
    picture = chapter.image if (chapter.image or "").startswith(place) else None
    at = moment(chapter.start_ms)
    return ChapterView(at, chapter.title, _web(chapter.url), picture)


def _cover_of(show: ShowRecord, record: Record) -> ImageFacts | None:
    """Return the cover for a page: the smaller one, where it was made."""
    return record.page_cover or record.cover or show.page_cover or show.cover


def _picture(show: ShowRecord, image: ImageFacts | None) -> PictureView | None:
    if image is None:
        return None
    url = media_url(show, image.key)
    return PictureView(quote(image.key), url, image.type, image.width_px, image.height_px)


def _web(url: str | None) -> str | None:
    """Return `url` if it leads to the web: a link must never run a script."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
