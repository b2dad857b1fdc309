"""What `import --verify` says: every former address, and the way from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.cli.problems import lines_of, one_line, problem_document, tell
from sendeturm.cli.screen import print_document, say
from sendeturm.i18n import ngettext, translate
from sendeturm.importing import verify
from sendeturm.publish.clock import now_of
from sendeturm.sources import read_config

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.importing import Followed, Hop, Verified


def verify_redirects(call: Call) -> bool:
    """Ask every former address of the show, say where it leads, and whether all lead here."""
    folder = call.show_folder()
    found = verify(folder, read_config(folder), now_of(None, None))
    if call.as_json:
        print_document(_document(found))
    elif call.quiet:
        tell(found.all_problems)
    else:
        _print(found)
    return not found.all_problems


def _print(found: Verified) -> None:
    if found.problems:
        tell(found.problems, err=False)
    else:
        episodes = ngettext("{count} episode", "{count} episodes", found.episodes)
        words = translate("{feed} answers, with {episodes}.")
        say(words.format(feed=found.new_feed, episodes=episodes))
    for one in found.former:
        _print_way(one)


def _print_way(one: Followed) -> None:
    say()
    say(one_line(one.address))
    for hop in one.hops:
        say(f"  {_words(hop)}")
    if one.problem is None:
        say(f"  {translate('leads here for good')}")
    else:
        what, *mend = lines_of(one.problem)
        said = what.removeprefix(one_line(one.address)).strip()
        say(f"  {said}")
        for line in mend:
            say(line)


def _words(hop: Hop) -> str:
    if hop.leads_to is None:
        return translate("answers itself ({status})").format(status=hop.status)
    words = translate("for good ({status}) to {url}")
    if not hop.is_for_good:
        words = translate("for now only ({status}) to {url}")
    return words.format(status=hop.status, url=one_line(hop.leads_to))


def _document(found: Verified) -> dict[str, object]:
    return {
        "feed": found.new_feed,
        "episodes": found.episodes,
        "is_whole": not found.problems,
        "former": [
            {
                "address": one.address,
                "leads_here": one.problem is None,
                "hops": [
                    {
                        "url": hop.url,
                        "status": hop.status,
                        "is_for_good": hop.is_for_good,
                        "leads_to": hop.leads_to,
                    }
                    for hop in one.hops
                ],
                "problem": problem_document(one.problem) if one.problem else None,
            }
            for one in found.former
        ],
        "problems": [problem_document(one) for one in found.problems],
    }
