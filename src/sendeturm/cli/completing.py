"""What the shell may offer after TAB: names of episodes, files, permissions. Nothing heavy."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sendeturm.cli.call import Call

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

PERMITS = (
    *("as-new=", "moved-date=", "new-audio=", "new-identity=", "older-source="),
    *("empty-feed", "moved-address", "older-show"),
)
"""What `--allow` takes: of one episode, or of the whole show."""
_PLAIN = re.compile(r"[\w.+-]+")
"""Names that no shell takes for anything else."""
_ENDINGS = (".chapters", ".transcript")


def episodes(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the show's episodes that begin so, as their files are called."""
    return sorted(stem for stem in _stems(ctx) if stem.startswith(incomplete))


def files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell offer files."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  # for shells only

    return [CompletionItem(incomplete, type="file")]


def folders(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell offer folders."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  # for shells only

    return [CompletionItem(incomplete, type="dir")]


def episodes_or_files(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the show's episodes, and let the shell offer files beside them."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  # for shells only

    named = [CompletionItem(stem) for stem in episodes(ctx, param, incomplete)]
    return [*named, *files(ctx, param, incomplete)]


def permits(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return what can be allowed, and after a `=` for which episode."""
    what, sign, begun = incomplete.partition("=")
    if not sign:
        return [permit for permit in PERMITS if permit.startswith(what)]
    return [f"{what}={stem}" for stem in episodes(ctx, param, begun)]


def _stems(ctx: click.Context) -> set[str]:
    show = ctx.ensure_object(Call).find_show()
    try:
        names = os.listdir(show / "episodes") if show else []  # noqa: PTH208  # thousands of files
    except OSError:
        return set()
    return {stem for name in names for stem in _stem(name)}


def _stem(name: str) -> Iterator[str]:
    stem = os.path.splitext(name)[0]  # noqa: PTH122  # the same
    if not stem.startswith(".") and not stem.endswith(_ENDINGS) and _PLAIN.fullmatch(stem):
        yield stem
