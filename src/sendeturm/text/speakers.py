"""Who speaks in a transcript: names tied to the people of the show and the episode."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sendeturm.model import Cue

_PREFIX = re.compile(
    r"(?P<name>[^\W\d_](?:[\w .'’-]{0,38}[\w.])?)\s?:\s+(?P<words>\S.*)", re.DOTALL
)
_OFTEN = 2


def tied_cues(
    cues: Sequence[Cue], people: Iterable[str], names: Mapping[str, str] | None = None
) -> tuple[Cue, ...]:
    """Return the cues with speakers named as the `people` are.

    `names` says who is meant by a name in the transcript (`SPEAKER_00`); else the same name in
    any case, or the only person with that first or last name. Where nobody is named at all, a
    line that begins `Anna: …` names its speaker, if that is one of the people or comes again.
    """
    known = _Names(people, names or {})
    read = cues if any(cue.speaker for cue in cues) else _prefixed(cues, known)
    return tuple(_tied(cue, known) for cue in read)


class _Names:
    """What a transcript's names stand for."""

    def __init__(self, people: Iterable[str], names: Mapping[str, str]) -> None:
        self._meant = {_folded(name): person for name, person in names.items()}
        self._people = {_folded(person): person for person in people}
        words = Counter(word for person in self._people for word in set(person.split()))
        self._by_word = {
            word: name
            for folded, name in self._people.items()
            for word in folded.split()
            if words[word] == 1
        }

    def meant_by(self, name: str) -> str | None:
        """Return the person, None for somebody who is not known."""
        folded = _folded(name)
        for table in (self._meant, self._people, self._by_word):
            if folded in table:
                return table[folded]
        return None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _tied(cue: Cue, known: _Names) -> Cue:
    person = known.meant_by(cue.speaker) if cue.speaker else None
    if person is None or person == cue.speaker:
        return cue
    return cue.model_copy(update={"speaker": person})


def _prefixed(cues: Sequence[Cue], known: _Names) -> list[Cue]:
    """Take names at the beginning of lines for speakers."""
    found = [_PREFIX.fullmatch(cue.text) for cue in cues]
    often = Counter(match["name"] for match in found if match)
    is_name = [
        match is not None
        and (often[match["name"]] >= _OFTEN or known.meant_by(match["name"]) is not None)
        for match in found
    ]
    speaker: str | None = None
    named = []
    for cue, match, is_one in zip(cues, found, is_name, strict=True):
        if match is not None and is_one:
            speaker = match["name"]
            named.append(cue.model_copy(update={"speaker": speaker, "text": match["words"]}))
        else:  # who was named last goes on, unless it might be a name
            speaker = None if match else speaker
            named.append(cue.model_copy(update={"speaker": speaker}) if speaker else cue)
    return named
