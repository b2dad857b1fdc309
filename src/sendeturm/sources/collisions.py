"""Episodes that want to be the same one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from sendeturm.errors import Problem, SendeturmError, problem
from sendeturm.model import Episode, FrontMatter
from sendeturm.sources.files import read_text
from sendeturm.sources.folder import EPISODES
from sendeturm.sources.front import split_front
from sendeturm.sources.validation import Written


def _number(front: FrontMatter) -> Hashable:
    """Return what must be unique of a number: trailers and extras carry their episode's."""
    return front.number and front.type == "full" and (front.season, front.number)


_UNIQUE: tuple[tuple[str, Callable[[FrontMatter], Hashable]], ...] = (
    ("guid", lambda front: front.guid),
    ("slug", lambda front: front.slug),
    ("number", _number),
)


def without_collisions(episodes: Sequence[Episode]) -> tuple[list[Episode], list[Problem]]:
    """Return the episodes that share neither identity, slug nor number, and a problem for each.

    Of episodes that collide none is kept: which of them is right, only the person knows.
    """
    problems: list[Problem] = []
    left_out: set[str] = set()
    for key, value_of in _UNIQUE:
        for same in _groups(episodes, value_of):
            problems += [_collision(key, same[0], other) for other in same[1:]]
            left_out |= {episode.stem for episode in same}
    return [episode for episode in episodes if episode.stem not in left_out], problems


def _groups(
    episodes: Sequence[Episode], value_of: Callable[[FrontMatter], Hashable]
) -> list[list[Episode]]:
    groups: dict[Hashable, list[Episode]] = defaultdict(list)
    for episode in episodes:
        if episode.front and (value := value_of(episode.front)):
            groups[value].append(episode)
    return [same for same in groups.values() if len(same) > 1]


def _collision(key: str, first: Episode, second: Episode) -> Problem:
    value = getattr(second.front, key)
    return problem(
        f"sources.same-{key}",
        file=_file(second),
        line=_line(second, key),
        key=key,
        value=value,
        other=_file(first),
    )


def _file(episode: Episode) -> str:
    return f"{EPISODES}/{episode.sidecar.name if episode.sidecar else episode.stem}"


def _line(episode: Episode, key: str) -> int | None:
    """Return where the sidecar says it, by a second look: nobody keeps lines while all is well."""
    assert episode.sidecar is not None
    try:
        front = split_front(read_text(episode.sidecar, ""), "")
    except SendeturmError:
        return None
    return Written("", front.toml, front.line_offset).line_of((key,))
