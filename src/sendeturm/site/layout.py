"""Templates, ours and the person's own, filled in a sandbox within limits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import FrameType, SimpleNamespace
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sendeturm.errors import Problem, Severity, problem

Values = dict[str, Any]
Tell = Callable[[Problem], None]

MOST_STEPS = 2_000_000
"""Lines of compiled template that a page may run through: ours need some thousands."""

MOST_REPEATS = 100_000
"""How often something may be repeated at once, and the highest power."""

TEMPLATES = "templates"
"""How own templates are named in messages: by the folder they usually lie in."""

PACKAGED = "sendeturm"
"""What an own template extends to build on ours: `{% extends "sendeturm/index.html" %}`."""


VIEWS = "sendeturm.site.views"
"""Where the values are defined that templates see; words come in a SimpleNamespace."""


def ignore(found: Problem) -> None:
    """Tell nobody."""
    del found


class TooMuchError(Exception):
    """A template did more than a page can need."""


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which nothing can be multiplied without end."""

    intercepted_binops = frozenset(["*", "**"])

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Say whether a template may see an attribute.

        What pages are made of is plain and frozen: there only the name counts. To ask each time
        what kind of thing it is would take a quarter of the time that all pages take.
        """
        if type(obj) is SimpleNamespace or type(obj).__module__ == VIEWS:
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply within limits; raises TooMuchError beyond them."""
        if _is_huge(left) or _is_huge(right):
            raise TooMuchError
        return super().call_binop(context, operator, left, right)


def _is_huge(value: object) -> bool:
    return isinstance(value, int | float) and not -MOST_REPEATS <= value <= MOST_REPEATS


def _environment(loader: BaseLoader) -> _Environment:
    return _Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@cache
def _packaged() -> _Environment:
    return _environment(PackageLoader("sendeturm.site", "templates"))


@dataclass(frozen=True)
class Layout:
    """How pages are laid out: by our templates, and by `own` ones (name to text) before them.

    A page whose own template fails is laid out by ours, and `tell` hears why, once for each
    reason.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    tell: Tell = ignore
    _told: list[Problem] = field(default_factory=list)

    def page(self, name: str, values: Values) -> bytes:
        """Return the template `name` filled with `values`, in UTF-8."""
        if self.own:
            try:
                return self._own_page(name, values)
            except Exception as error:  # noqa: BLE001  # a template may fail in any way
                self._say(_trouble(error, name))
        return _packaged().get_template(name).render(values).encode()

    def _own_page(self, name: str, values: Values) -> bytes:
        template = _mixed(tuple(sorted(self.own.items()))).get_template(name)
        return _within_limits(lambda: template.render(values)).encode()

    def _say(self, found: Problem) -> None:
        if found not in self._told:
            self._told.append(found)
            self.tell(found)


def check_templates(own: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with the wording of own templates (Jinja's syntax)."""
    environment, found = _environment(DictLoader({})), []
    for name, text in own.items():
        try:
            environment.parse(text, name, f"{TEMPLATES}/{name}")
        except TemplateSyntaxError as error:
            found.append(_trouble(error, name))
    return found


@cache
def _mixed(own: tuple[tuple[str, str], ...]) -> _Environment:
    """Return an environment that looks for own templates first and names them in tracebacks."""
    texts = dict(own)
    ours = PackageLoader("sendeturm.site", "templates")

    def found(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (texts[name], f"{TEMPLATES}/{name}", lambda: True) if name in texts else None

    loaders = [FunctionLoader(found), ours, PrefixLoader({PACKAGED: ours})]
    return _environment(ChoiceLoader(loaders))


def _within_limits(render: Callable[[], str]) -> str:
    """Return what `render` gives, counting the lines it runs through; raises TooMuchError.

    Nothing else stops a loop within a loop that writes nothing.
    """
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal steps
        del frame, event, argument
        steps += 1
        if steps > MOST_STEPS:
            raise TooMuchError
        return count

    def watch(frame: FrameType, event: str, argument: object) -> Any:
        del event, argument
        is_own = frame.f_code.co_filename.startswith(f"{TEMPLATES}/")
        return count if is_own else None

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        return render()
    finally:
        sys.settrace(before)


def _trouble(error: Exception, page: str) -> Problem:
    """Return what went wrong in a template, and where, as Jinja's traceback tells."""
    file, line = _where(error)
    file = file or f"{TEMPLATES}/{page}"
    if isinstance(error, TooMuchError | RecursionError | MemoryError | OverflowError):
        return problem("site.template-endless", file=file, severity=Severity.WARNING)
    reason = " ".join((str(error) or type(error).__name__).split())[:200]
    code = "site.template"
    return problem(code, file=file, line=line, severity=Severity.WARNING, reason=reason)


def _where(error: Exception) -> tuple[str | None, int | None]:
    """Return the own template's file and line that an error comes from, None where unknown."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename, error.lineno
    file, line, traceback = None, None, error.__traceback__
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.startswith(f"{TEMPLATES}/"):
            file, line = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return file, line
