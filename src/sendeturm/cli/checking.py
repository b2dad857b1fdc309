"""All problems of a show, those that are found without its storage included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.cli.planning import recording_file, waiting_problems
from sendeturm.cli.preparing import plan_with
from sendeturm.errors import Problem, SendeturmError, Severity, problem

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow
    from sendeturm.model import Episode, Pixels

STORE_ROOM = "store."


def find_problems(call: Call) -> list[Problem]:
    """Return all problems of the show; raises SendeturmError if its settings cannot be read."""
    show = call.open_show()
    try:
        prepared = plan_with(show, (), ())
    except SendeturmError as error:
        return [*_found_here(show), *error.problems, *_about_storage(error)]
    plan = prepared.plan
    refused = [refusal.problem for refusal in plan.refusals]
    return [*plan.problems, *refused, *waiting_problems(plan.waiting, show.folder)]


def _about_storage(error: SendeturmError) -> list[Problem]:
    """Say that only this computer was looked at, if it is the storage that failed."""
    if not any(p.code.startswith(STORE_ROOM) for p in error.problems):
        return []
    return [problem("cli.checked-here-only", severity=Severity.NOTE)]


def _found_here(show: OpenShow) -> list[Problem]:
    """Return what can be found without the storage."""
    from sendeturm.checks import check_config, check_episode  # noqa: PLC0415  # not for --help
    from sendeturm.sources import read_sources  # noqa: PLC0415  # the same

    sources = read_sources(show.folder, show.config)
    found = [*check_config(show.config, _cover(show)), *sources.problems]
    for episode in sources.episodes:
        found += check_episode(episode, _file(episode, show))
    return found + waiting_problems(sources.waiting, show.folder)


def _cover(show: OpenShow) -> Pixels | None:
    from sendeturm.pictures import measure_picture  # noqa: PLC0415  # Pillow is heavy

    name = show.config.show.cover
    path = show.folder / name
    return measure_picture(path, name) if path.is_file() else None


def _file(episode: Episode, show: OpenShow) -> str:
    if episode.sidecar is None:
        return recording_file(episode, show.folder)
    return episode.sidecar.relative_to(show.folder).as_posix()
