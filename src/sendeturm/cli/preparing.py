"""From the folder to a plan; shared by `plan`, `publish` and `check`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sendeturm.cli.call import CONFIG_FILE
from sendeturm.errors import Problem, Severity

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow
    from sendeturm.publish import Foreseen, Plan, Situation

AGAIN = "again="
"""What an episode that was taken back is called among the permits, before its name."""
RULES = "SND"
"""What the codes of directories' rules begin with."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan and all it was made from; `offers` are notes of what could go out as it is."""

    show: OpenShow
    plan: Plan
    situation: Situation
    foreseen: Foreseen | None = None
    offers: tuple[Problem, ...] = ()

    @property
    def is_held_back(self) -> bool:
        """Say whether something does not go out that a person must look at."""
        return self.plan.is_held_back

    def problems_for(self, call: Call) -> list[Problem]:
        """Return the problems to be told: errors, and warnings about what goes out.

        `--verbose` asks for all of them, `--quiet` for errors alone.
        """
        problems = list(self.plan.problems)
        if call.quiet:
            return [p for p in problems if p.severity is Severity.ERROR]
        return problems if call.verbose else [p for p in problems if self._is_pressing(p)]

    def _is_pressing(self, problem: Problem) -> bool:
        if problem.severity is Severity.ERROR:
            return True
        if problem.severity is Severity.NOTE:
            return False
        return not problem.code.startswith(RULES) or problem.place.file in self._files_going_out

    @property
    def _files_going_out(self) -> set[str]:
        files = {step.wanted.file for step in self.plan.episodes}
        if self.plan.show is not None:
            files |= {CONFIG_FILE, self.show.config.show.cover}
        return files


def prepare(call: Call, *, allowed: Collection[str], bare: bool) -> Prepared:
    """Return what publish would do; `bare` takes every recording that has no page yet.

    Raises SendeturmError for settings that cannot be read and a storage that does not answer.
    """
    show = call.open_show()
    prepared = plan_with(show, allowed, ())
    waiting = [episode.stem for episode in prepared.plan.waiting]
    return plan_with(show, allowed, waiting) if bare and waiting else prepared


def looked_ahead(prepared: Prepared) -> Prepared:
    """Return the same with what the feed will be; nothing goes out if that would have errors."""
    from sendeturm.publish import foresee  # noqa: PLC0415  # not for --help

    found = foresee(prepared.plan, prepared.situation, prepared.show.store)
    return replace(prepared, plan=found.plan, foreseen=found) if found else prepared


def plan_with(show: OpenShow, allowed: Collection[str], stems: Collection[str]) -> Prepared:
    """Return the plan that takes along the bare recordings of these stems."""
    from sendeturm.publish import make_plan  # noqa: PLC0415  # pydantic is not for --help

    plan, situation = make_plan(show.folder, show.config, show.store, allowed=allowed, bare=stems)
    return Prepared(show, plan, situation)
