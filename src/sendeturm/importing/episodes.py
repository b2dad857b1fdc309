"""An item becomes an episode: identity and date verbatim, all it says as front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sendeturm.errors import Severity
from sendeturm.importing import vocabulary
from sendeturm.importing.fitting import fitting
from sendeturm.importing.moments import moment_of
from sendeturm.importing.show import TITLE_CHARS, cover_url, is_explicit, plain, title_of
from sendeturm.importing.tags import kept_and_left, squeezed
from sendeturm.importing.taking import Taker, cut, one_line
from sendeturm.importing.values import FoundEpisode, FoundTranscript, Sound
from sendeturm.model import Element, FrontMatter
from sendeturm.rss import Part
from sendeturm.text.chapter_json import chapters_json
from sendeturm.text.chapters import parse_chapters
from sendeturm.text.cleaning import printable
from sendeturm.text.markdown import markdown_of

SUMMARY_CHARS = 4000
GUID_CHARS = 1000
_DATES = ("pubDate", "dc:date", "atom:published", "atom:updated")
_NO_SOUND = ("image/", "text/", "application/pdf", "application/epub")
_SOUND_ENDING = re.compile(
    r"\.(mp3|m4a|m4b|mp4|aac|ogg|oga|opus|wav|flac|mov|m4v)(?:$|\?)", re.IGNORECASE
)


def found_episode(part: Part, show: Mapping[str, Any], show_cover: str) -> FoundEpisode | None:
    """Return an item as an episode, None if it has no sound; `show` are the show's settings."""
    node = part.element
    sound = sound_of(node)
    if sound is None:
        return None
    title = title_of(node) or _title_instead(node, sound)
    taker = Taker(title)
    if len(title) > TITLE_CHARS:
        taker.tell("importing.long-title", title=title)
    episode = FoundEpisode(cut(title, TITLE_CHARS), _guid(node, sound, taker), sound)
    episode.problems = taker.problems
    _date(episode, node, taker)
    _place(episode, node)
    text, summary = _words(episode, node)
    front = _front(node, show, summary, taker) | _spoken(node, show, taker)
    said = {squeezed(one) for one in (title, summary, text)}
    others, episode.left_names = kept_and_left(part.others, said, "item")
    episode.other_names = tuple(dict.fromkeys(tag.name for tag in others))
    front["other_tags"] = [tag.xml for tag in others]
    needed = {"title": episode.title}
    front = fitting(FrontMatter, front | needed, taker)
    episode.front = {name: value for name, value in front.items() if name not in needed}
    _beside(episode, part, show_cover)
    return episode


def sound_of(node: Element) -> Sound | None:
    """Return an item's sound: the first enclosure that may be one."""
    tags = [tag for tag in node.all("enclosure") if _may_be_sound(tag)]
    tags += [tag for tag in node.all("media:content") if _is_media(tag.get("type").lower())]
    named = (
        Sound(tag.get("url"), tag.get("type").lower(), _size(tag.get("length")))
        for tag in tags
        if tag.get("url")
    )
    return next(named, None)


def _is_media(kind: str) -> bool:
    return kind.startswith(("audio/", "video/"))


def _may_be_sound(tag: Element) -> bool:
    """Say whether an enclosure may be heard: many feeds name odd types, or none."""
    is_other = tag.get("type").lower().startswith(_NO_SOUND)
    return bool(_SOUND_ENDING.search(tag.get("url"))) or not is_other


def _size(length: str) -> int:
    return int(length) if length.isdecimal() and len(length) < len("1000000000000") else 0


def _guid(node: Element, sound: Sound, taker: Taker) -> str:
    """Return the identity that apps know: the feed's own, or what they take without one."""
    guid = printable(node.words("guid")).strip()
    if not guid:
        taker.tell("importing.no-identity", severity=Severity.NOTE)
        guid = printable(sound.url)
    return guid


def _title_instead(node: Element, sound: Sound) -> str:
    """Return a title for an item without one: its first words, or its file's name."""
    words = one_line(plain(node.words("description") or node.words("itunes:summary")))
    name = sound.url.partition("?")[0].rstrip("/").rpartition("/")[2].rpartition(".")[0]
    return cut(words, 80) or name or "?"


def _date(episode: FoundEpisode, node: Element, taker: Taker) -> None:
    for name in _DATES:
        written = node.words(name)
        found, is_sure = moment_of(written)
        if found is not None:
            episode.published_at = found
            if not is_sure:
                taker.tell(
                    "importing.date",
                    severity=Severity.NOTE,
                    key="published_at",
                    written=written,
                    date=found.isoformat(),
                )
            return


def _place(episode: FoundEpisode, node: Element) -> None:
    """Set the episode's place in the show."""
    episode.number = _whole(node.words("itunes:episode")) or _whole(node.words("podcast:episode"))
    episode.season = _whole(node.words("itunes:season")) or _whole(node.words("podcast:season"))
    kind = node.words("itunes:episodeType").lower()
    episode.type = kind if kind in {"trailer", "bonus"} else "full"


def _whole(words: str) -> int | None:
    """Return a whole number above 0."""
    found = re.fullmatch(r"#?0*([1-9]\d{0,5})(?:\.0+)?", words.strip())
    return int(found[1]) if found else None


def _words(episode: FoundEpisode, node: Element) -> tuple[str, str]:
    """Set the notes; return them as plain text, and the summary where it says something else."""
    content, description = node.words("content:encoded"), node.words("description")
    source = content or description or node.words("itunes:summary")
    episode.notes = markdown_of(source)
    text = plain(source)
    summary = plain(description) if content else ""
    return text, "" if squeezed(summary) == squeezed(text) else summary


def _front(node: Element, show: Mapping[str, Any], summary: str, taker: Taker) -> dict[str, Any]:
    explicit = is_explicit(node)
    author = cut(one_line(node.words("itunes:author")), TITLE_CHARS)
    display = next((tag.get("display") for tag in node.all("podcast:episode")), "")
    return {
        "summary": cut(summary, SUMMARY_CHARS),
        "explicit": None if explicit in (None, bool(show.get("explicit"))) else explicit,
        "author": None if author == show.get("author") else author,
        "number_shown": one_line(display),
        "soundbites": vocabulary.soundbites(node, title_of(node), taker),
    } | vocabulary.shared(node, taker)


def _spoken(node: Element, show: Mapping[str, Any], taker: Taker) -> dict[str, Any]:
    """Return who takes part beside the show's people, and the transcript's language."""
    everybody = vocabulary.people(node, taker)
    hosts = list(show.get("people", ()))
    people = [person for person in everybody if person not in hosts]
    languages = {tag.get("language").replace("_", "-") for tag in node.all("podcast:transcript")}
    languages -= {"", str(show.get("language"))}
    only = len({tag.get("language") for tag in node.all("podcast:transcript")}) == 1
    return {"people": people, "language": languages.pop() if only and languages else None}


def _beside(episode: FoundEpisode, part: Part, show_cover: str) -> None:
    """Set where the files are that belong to the episode, and the chapters in the feed itself."""
    node = part.element
    own = cover_url(node)
    episode.cover_url = "" if own == show_cover else own
    links = (tag.get("url") for tag in node.all("podcast:chapters"))
    episode.chapters_url = next(filter(None, links), "")
    episode.transcripts = tuple(
        FoundTranscript(tag.get("url"), tag.get("type").lower(), tag.get("language"))
        for tag in node.all("podcast:transcript")
        if tag.get("url")
    )
    for tag in part.others:
        if tag.name == "psc:chapters":
            chapters = parse_chapters(tag.xml, episode.title, "psc")[0]
            episode.listed = chapters_json(chapters) if chapters else b""
