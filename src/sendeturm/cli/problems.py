"""Problems as a person reads them: where, what, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.lines import line_of
from sendeturm.cli.screen import harmless, print_document, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem, SendeturmError, Severity, problem
from sendeturm.i18n import Worded, ngettext, translate, word

if TYPE_CHECKING:
    from sendeturm.cli.call import Call

ARROW = "  → "
MOST_ALIKE = 5
"""More breaches of one rule than these are counted: a feed may have thousands of items."""
WEIGHTS = {Severity.WARNING: marked("warning:"), Severity.NOTE: marked("note:")}


def tell(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print every problem once, in the order of files and lines."""
    for line in dict.fromkeys("\n".join(lines_of(p)) for p in sorted(problems, key=_order)):
        say(line, err=err)


def lines_of(problem: Problem) -> list[str]:
    """Return the problem's lines: `file:line  what` and, if there is something to do, `→ how`."""
    worded = worded_of(problem)
    weight = translate(WEIGHTS.get(problem.severity, ""))
    first = "  ".join(filter(None, (where(problem), f"{weight} {worded.what}".strip())))
    return [first, *([ARROW + worded.mend] if worded.mend else [])]


def worded_of(problem: Problem) -> Worded:
    """Return a problem's words, on one line each."""
    params = {
        key: one_line(value) if isinstance(value, str) else value
        for key, value in problem.params.items()
    }
    return word(problem.code, params)


def one_line(text: str) -> str:
    """Return text from outside so that it cannot break the line it stands in."""
    return harmless(" ".join(text.splitlines()))


def where(problem: Problem) -> str:
    """Return `file:line`, as far as they are known; a setting without a file is in the show's."""
    place = problem.place
    if place.file is None:
        return place.key or ""
    file, line = _nearby(place.file), line_of(place)
    return f"{file}:{line}" if line else file


def problem_document(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON has it."""
    worded = worded_of(problem)
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.place.file,
        "line": line_of(problem.place),
        "key": problem.place.key,
        "what": worded.what,
        "mend": worded.mend,
        "params": dict(problem.params),
    }


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether any of them stops something."""
    return any(p.severity is Severity.ERROR for p in problems)


def end_with(call: Call, error: SendeturmError) -> None:
    """Print the errors that ended a command."""
    if call.as_json:
        print_document({"problems": [problem_document(p) for p in error.problems]})
    else:
        tell(error.problems)


def print_findings(call: Call, problems: Collection[Problem]) -> None:
    """Print what a check found, on stdout, and how much of it stops something."""
    if call.as_json:
        print_document({"problems": [problem_document(p) for p in problems]})
        return
    shown = [p for p in problems if not call.quiet or p.severity is Severity.ERROR]
    tell(shown if call.verbose else _few_alike(shown), err=False)
    if not call.quiet:
        say(_summary(problems))


def _few_alike(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first few breaches of each rule in a file, and how many more there are."""
    shown: list[Problem] = []
    alike: Counter[tuple[str, str | None]] = Counter()
    for found in problems:
        alike[found.code, found.place.file] += 1
        if alike[found.code, found.place.file] <= MOST_ALIKE:
            shown.append(found)
    return shown + [
        problem(
            "cli.more-alike",
            file=file,
            severity=Severity.NOTE,
            rule=code,
            count=count - MOST_ALIKE,
        )
        for (code, file), count in alike.items()
        if count > MOST_ALIKE
    ]


def _summary(problems: Collection[Problem]) -> str:
    if not problems:
        return translate("Nothing is wrong.")
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = sum(p.severity is Severity.WARNING for p in problems)
    return " · ".join(
        (
            ngettext("{count} error", "{count} errors", errors),
            ngettext("{count} warning", "{count} warnings", warnings),
        )
    )


def _order(problem: Problem) -> tuple[str, int]:
    return (problem.place.file or "", problem.place.line or 0)


def _nearby(file: str) -> str:
    """Return a path as seen from here, if that is shorter."""
    path = Path(file)
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else file
    except ValueError:
        return file
