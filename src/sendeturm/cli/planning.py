"""A plan as words, as a table and as JSON; shared by `plan` and `publish`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.moments import moment, zone_of_show
from sendeturm.cli.problems import ARROW, lines_of, one_line, problem_document, tell, worded_of
from sendeturm.cli.screen import print_table, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem, Severity, problem
from sendeturm.i18n import ngettext, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.cli.preparing import Prepared
    from sendeturm.model import Episode
    from sendeturm.publish import EpisodeStep, ListenersView, Plan, Refusal, Situation

CHANGES = {
    "title": marked("title"),
    "published_at": marked("date"),
    "slug": marked("page address"),
    "number": marked("number"),
    "season": marked("season"),
    "type": marked("kind"),
    "summary": marked("summary"),
    "notes_html": marked("notes"),
    "notes_text": marked("notes"),
    "explicit": marked("not for children"),
    "author": marked("author"),
    "language": marked("language"),
    "people": marked("people"),
    "chapters": marked("chapters"),
    "recording": marked("recording"),
    "cover": marked("cover"),
    "pictures": marked("pictures for pages and links"),
    "transcript": marked("transcript"),
    "description": marked("description"),
    "email": marked("e-mail address"),
    "link": marked("web page"),
    "categories": marked("categories"),
    "copyright": marked("copyright line"),
    "locked": marked("lock against imports"),
    "address": marked("public address"),
    "other_tags": marked("other tags"),
    "podcast_guid": marked("identity in directories"),
    "settings": marked("settings kept for other computers"),
}
REASONS = {
    "first": marked("are made for the first time"),
    "changed": marked("are brought up to date"),
    "due": marked("are rebuilt: an episode is due"),
    "renderer": marked("are rebuilt by this newer sendeturm"),
}
COLOURS = {"new": "green", "scheduled": "cyan", "changed": "yellow"}


def print_plan(call: Call, prepared: Prepared) -> None:
    """Print what publish would do, what it refuses, what waits, and what listeners will see."""
    if call.quiet:
        print_left_out(call, prepared)
        return
    plan, show = prepared.plan, prepared.show
    say(f"{one_line(show.config.show.title)} → {show.store.label}")
    if not plan.is_empty:
        _print_steps(plan, prepared.situation)
    elif not prepared.is_held_back:
        say(translate("Nothing to do: everything is published as it is here."))
    print_left_out(call, prepared)
    tell(prepared.offers)
    say(listeners_line(plan.listeners))
    if prepared.foreseen:
        from sendeturm.cli.listeners import print_changes  # noqa: PLC0415  # not if nothing changes

        print_changes(call, prepared.foreseen.changes)


def print_left_out(call: Call, prepared: Prepared) -> None:
    """Print refusals, problems, waiting recordings and drafts; if quiet, only what is wrong."""
    plan = prepared.plan
    for refusal in plan.refusals:
        say("\n".join(refusal_lines(refusal)), err=True)
    tell(prepared.problems_for(call))
    if call.quiet:
        return
    tell(waiting_problems(plan.waiting, prepared.show.folder))
    if plan.drafts:
        names = ", ".join(one_line(draft.stem) for draft in plan.drafts)
        say(translate("Drafts, which stay here: {names}").format(names=names))


def refusal_lines(refusal: Refusal) -> list[str]:
    """Return what the guard refuses, and how it is allowed."""
    lines = lines_of(refusal.problem)
    if refusal.can_be_allowed and refusal.permit not in worded_of(refusal.problem).mend:
        hint = translate("or if it is meant: {command}")
        lines.append(ARROW + hint.format(command=f"sendeturm publish --allow {refusal.permit}"))
    return lines


def waiting_problems(waiting: Iterable[Episode], folder: Path) -> list[Problem]:
    """Return a note for each bare recording that nobody has decided on."""
    return [
        problem("cli.recording-waits", file=recording_file(e, folder), severity=Severity.NOTE)
        for e in waiting
    ]


def recording_file(episode: Episode, folder: Path) -> str:
    """Return an episode's recording as the person would write it."""
    path = episode.recording
    assert path is not None, "what waits is a recording"
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return str(path)


def listeners_line(view: ListenersView) -> str:
    """Return what listeners' apps will see: `1 new · 0 changed · 0 downloaded again`."""
    parts = [
        ngettext("{count} new", "{count} new", view.new),
        ngettext("{count} changed", "{count} changed", view.changed),
        ngettext("{count} downloaded again", "{count} downloaded again", view.downloaded_again),
    ]
    if view.scheduled:
        parts.append(ngettext("{count} scheduled", "{count} scheduled", view.scheduled))
    return translate("For listeners: {view}").format(view=" · ".join(parts))


def _print_steps(plan: Plan, situation: Situation) -> None:
    from rich.table import Table  # noqa: PLC0415  # not where nothing is to do
    from rich.text import Text  # noqa: PLC0415  # the same

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for kind, subject, about in step_rows(plan, situation):
        words = (Text(translate(kind), COLOURS.get(kind, "")), Text(subject), Text(about))
        table.add_row(*words)
    print_table(table)


def step_rows(plan: Plan, situation: Situation) -> Iterator[tuple[str, str, str]]:
    """Yield for each step its kind, whom it concerns, and what it does."""
    if plan.show is not None:
        kind = marked("changed") if situation.show else marked("new")
        yield kind, translate("the show"), change_words(plan.show.changes)
    for step in plan.episodes:
        yield _episode_row(step, situation)
    if plan.render is not None and plan.render.reason:
        about = translate(REASONS[plan.render.reason])
        yield marked("rebuilt"), translate("feed and page"), about


def _episode_row(step: EpisodeStep, situation: Situation) -> tuple[str, str, str]:
    item = step.wanted
    title = one_line(item.facts.title)
    when = moment(item.facts.published_at, zone_of_show(situation.config))
    if item.reissued_as:
        words = translate(
            "published as a new episode, dated {moment}; the former one leaves the feed"
        )
        kind = marked("scheduled") if step.is_scheduled else marked("new")
        return kind, title, words.format(moment=when)
    if not item.is_new:
        about = change_words(item.changes)
        if item.needs_audio and not step.is_scheduled:
            about += translate("; some apps download it again")
        return marked("changed"), title, about
    if step.is_scheduled:
        return marked("scheduled"), title, translate("for {moment}").format(moment=when)
    return marked("new"), title, translate("on the air, dated {moment}").format(moment=when)


def change_words(changes: Iterable[str]) -> str:
    """Return the names of what differs, in words."""
    return ", ".join(dict.fromkeys(translate(CHANGES.get(name, name)) for name in changes))


def plan_document(plan: Plan, situation: Situation) -> dict[str, object]:
    """Return a plan as JSON has it."""
    view = plan.listeners
    return {
        "is_empty": plan.is_empty,
        "show": {"changes": list(plan.show.changes)} if plan.show else None,
        "episodes": [_step_document(step) for step in plan.episodes],
        "render": plan.render.reason if plan.render else None,
        "refusals": [_refusal_document(refusal) for refusal in plan.refusals],
        "problems": [problem_document(p) for p in plan.problems],
        "waiting": [recording_file(e, situation.folder) for e in plan.waiting],
        "drafts": [draft.stem for draft in plan.drafts],
        "unchanged": plan.unchanged,
        "listeners": {
            "new": view.new,
            "changed": view.changed,
            "downloaded_again": view.downloaded_again,
            "scheduled": view.scheduled,
        },
        "now": plan.now.isoformat(),
        "next_due": plan.next_due.isoformat() if plan.next_due else None,
    }


def _step_document(step: EpisodeStep) -> dict[str, object]:
    item = step.wanted
    return {
        "stem": item.episode.stem,
        "file": item.file,
        "guid": item.item_guid,
        "title": item.facts.title,
        "published_at": item.facts.published_at.isoformat(),
        "is_new": item.shows_as_new,
        "replaces": item.record.item_guid if item.record and item.reissued_as else None,
        "is_scheduled": step.is_scheduled,
        "changes": list(item.changes),
        "needs_audio": item.needs_audio,
    }


def _refusal_document(refusal: Refusal) -> dict[str, object]:
    permit = refusal.permit if refusal.can_be_allowed else None
    return {"permit": permit, "problem": problem_document(refusal.problem)}
