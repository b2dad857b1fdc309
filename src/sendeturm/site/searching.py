"""The index of a search that needs no server: a small file for each first letter of a word.

A word is folded (no case, no accents, ß as ss) and found by its beginning, so that the script
that searches (`assets/search.js`) folds in the same way and fetches one file for a word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sendeturm.model import Cue, Record
from sendeturm.site.page import FRESH, Page

EPISODES_KEY = "search/episodes.json"
PLACES = ("title", "notes", "transcript")
"""Where a word is found; the first place counts."""

_JSON = "application/json; charset=utf-8"
_WORD = re.compile(r"[^\W_]{2,40}")
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0489]")
_FURTHER_SCRIPTS = "\u0591"
_EDITION_CHARACTERS = 12


def search_pages(
    aired: Sequence[Record], transcripts: Mapping[str, tuple[Cue, ...]]
) -> dict[str, Page]:
    """Return the index by key: the episodes, oldest first, and words by their first letter.

    A word leads to numbers: the episode's place in the list, times 4, plus the place in `PLACES`
    where the word was found. Every file names the `edition` it belongs to, so that a reader never
    mixes two.
    """
    oldest_first = list(reversed(aired))
    episodes = [
        [r.facts.slug, r.facts.title, r.facts.published_at.date().isoformat()] for r in oldest_first
    ]
    edition = sha256(_json(episodes)).hexdigest()[:_EDITION_CHARACTERS]
    shards: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for nth, record in enumerate(oldest_first):
        for word, place in _placed_words(record, transcripts.get(record.guid, ())).items():
            shards[shard_key(word)][word].append(4 * nth + place)
    pages = {key: _page(edition, "words", words) for key, words in shards.items()}
    return {EPISODES_KEY: _page(edition, "episodes", episodes)} | pages


def shard_key(word: str) -> str:
    """Return the key of the file that knows a folded `word`; the script computes the same."""
    first = word[0]
    name = first if first.isascii() else f"u{ord(first) >> 8:x}"
    return f"search/{name}.json"


def folded(text: str) -> str:
    """Return `text` as words are compared: no case, no accents, ß as ss."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    if max(apart, default="") < _FURTHER_SCRIPTS:  # ten times as fast for European languages
        return _ACCENTS.sub("", apart)
    return "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))


def _placed_words(record: Record, cues: Iterable[Cue]) -> dict[str, int]:
    facts = record.facts
    people = " ".join(person.name for person in facts.people)
    chapters = " ".join(chapter.title for chapter in facts.chapters)
    texts = (
        facts.title,
        f"{facts.summary} {facts.notes_text} {people} {chapters}",
        " ".join(cue.text for cue in cues),
    )
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        found = dict.fromkeys(_words(text), place) | found
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _page(edition: str, name: str, content: Any) -> Page:
    return Page(_json({"edition": edition, name: content}), _JSON, FRESH)


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
