"""`sendeturm` alone: where the show stands, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.cli.problems import one_line, tell
from sendeturm.cli.screen import print_document, say
from sendeturm.errors import Problem, SendeturmError
from sendeturm.i18n import ngettext, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow
    from sendeturm.cli.standing import Standing


def say_where_we_stand(call: Call) -> None:
    """Print where the show stands; outside of one, how to begin.

    A storage that cannot be reached is said, and what is known without it. Raises SendeturmError
    if the show's settings cannot be read.
    """
    if call.find_show() is None:
        _say_how_to_begin(call)
        return
    from sendeturm.cli.standing import look  # noqa: PLC0415  # pydantic is not for an empty folder

    show = call.open_show()
    try:
        standing = look(show)
    except SendeturmError as error:
        _say_what_is_known(call, show, error.problems)
        return
    if call.as_json:
        print_document(standing.document())
    elif standing.errors or not call.quiet:
        _print(show, standing)


def _say_how_to_begin(call: Call) -> None:
    if call.as_json:
        print_document({"folder": None, "next": "sendeturm init"})
        return
    if call.quiet:
        return
    line = translate("There is no show in {folder} yet.")
    say(line.format(folder=one_line(str(call.start))))
    say(translate("Begin one here: sendeturm init"))
    say(translate("Or go to your show's folder, or name it: sendeturm --folder PATH"))


def _print(show: OpenShow, standing: Standing) -> None:
    from sendeturm.cli.standing import rows  # noqa: PLC0415  # as above

    lines = [(translate(heading), words) for heading, words in rows(standing)]
    width = max(len(heading) for heading, _ in lines)
    say(_headline(show))
    for heading, words in lines:
        say(f"  {heading:<{width}}  {words}")
    say(translate("Next: {step}").format(step=standing.next_words))


def _say_what_is_known(call: Call, show: OpenShow, problems: tuple[Problem, ...]) -> None:
    from sendeturm.cli.problems import problem_document  # noqa: PLC0415  # rare
    from sendeturm.sources import read_sources  # noqa: PLC0415  # the same

    sources = read_sources(show.folder, show.config)
    if call.as_json:
        told = [problem_document(p) for p in (*problems, *sources.problems)]
        print_document({**_known(show), "next": "sendeturm check", "problems": told})
        return
    if call.quiet:
        tell(problems)
        return
    say(_headline(show))
    pages = ngettext(
        "{count} episode with notes", "{count} episodes with notes", len(sources.episodes)
    )
    bare = ngettext("{count} recording without", "{count} recordings without", len(sources.waiting))
    say(translate("On this computer: {pages}, {bare}").format(pages=pages, bare=bare))
    tell(problems, err=False)
    say(translate("Next: {step}").format(step="sendeturm check"))


def _headline(show: OpenShow) -> str:
    address = f" · {show.config.storage.pages_address}" if show.config.storage.pages_address else ""
    return f"{one_line(show.config.show.title)} · {show.store.label}{address}"


def _known(show: OpenShow) -> dict[str, object]:
    return {
        "folder": str(show.folder),
        "title": show.config.show.title,
        "place": show.store.label,
        "address": show.config.storage.pages_address,
    }
