"""What is told after a publication: loudness, peak, length, size, and where to look next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sendeturm.cli.moments import length, moment, size, zone_of_show
from sendeturm.cli.problems import one_line, tell, worded_of
from sendeturm.cli.screen import print_table, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Severity
from sendeturm.i18n import figure, ngettext, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.cli.preparing import Prepared
    from sendeturm.cli.progress import Chronicle
    from sendeturm.events import Stage
    from sendeturm.model import AudioFacts
    from sendeturm.publish import ListenersView, Outcome, Published, Rendered
    from sendeturm.rss import FeedChanges

MONO = 1
PRIVATE = "sendeturm private"
AS_IS = "sound.as-is"
FEW = 3
"""So many episodes have a line each for having gone out as they are."""
HEADINGS = (marked("Loudness"), marked("True peak"), marked("Length"), marked("Size"))


def print_report(outcome: Outcome, prepared: Prepared) -> None:
    """Print a row for each episode that was published."""
    heard = [p for p in outcome.published if p.has_new_audio and p.record.audio]
    if heard:
        _print_sound(heard)
        _say_other_forms(heard)
        _say_what_was_done(heard)
    for published in outcome.published:
        if not published.has_new_audio:
            title = one_line(published.record.facts.title)
            say(translate("{title}: changed, the sound stays as it is").format(title=title))
    if any(p.record.audio and p.record.audio.channels == MONO for p in heard):
        say(mono_note())
    _say_scheduled(outcome, prepared)


def what_listeners_see(outcome: Outcome) -> ListenersView:
    """Return what listeners' apps see of what was really published."""
    from sendeturm.publish import ListenersView  # noqa: PLC0415  # not where nothing was done

    old = [p for p in outcome.published if not p.is_new]
    new = [p for p in outcome.published if p.is_new]
    return ListenersView(
        new=sum(not p.is_scheduled for p in new),
        changed=len(old),
        downloaded_again=sum(p.has_new_audio and not p.is_scheduled for p in old),
        scheduled=sum(p.is_scheduled for p in new),
    )


def print_feed_changes(call: Call, outcome: Outcome) -> None:
    """Print what has changed in the feed that listeners have."""
    if outcome.rendered is None:
        return
    from sendeturm.cli.listeners import print_changes  # noqa: PLC0415  # not where nothing was done

    print_changes(call, changes_of(outcome.rendered))


def changes_of(rendered: Rendered) -> FeedChanges:
    """Return what a rebuild has changed in the feed."""
    from sendeturm.rss import compare_feeds  # noqa: PLC0415  # lxml is heavy

    return compare_feeds(rendered.feed_before, rendered.feed_after)


def mono_note() -> str:
    """Return why other meters show less for a mono file."""
    return translate(
        "Mono counts as it is heard, from two loudspeakers:"
        " a meter that looks at the file alone shows 3 LU less."
    )


def _print_sound(heard: list[Published]) -> None:
    from rich.table import Table  # noqa: PLC0415  # not where nothing was done
    from rich.text import Text  # noqa: PLC0415  # the same

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(translate("Episode"))
    for heading in HEADINGS:
        table.add_column(translate(heading), justify="right")
    table.add_column("")
    for published in heard:
        table.add_row(*(Text(cell) for cell in _cells(published)))
    print_table(table)


def _say_what_was_done(heard: list[Published]) -> None:
    """Say what was done to the sound beyond gain and peaks, a line for each episode."""
    as_they_are = sum(any(p.code == AS_IS for p in one.remarks) for one in heard)
    said_once = {AS_IS} if as_they_are > FEW else set()
    for published in heard:
        notes = (p for p in published.remarks if p.severity is Severity.NOTE)
        done = [worded_of(p).what for p in notes if p.code not in said_once]
        if done:
            say(f"{one_line(published.record.facts.title)}: {' · '.join(done)}")
    if said_once:
        words = ngettext(
            "{count} episode went out as it is, not encoded again; the table says how loud it is",
            "{count} episodes went out as they are, not encoded again;"
            " the table says how loud each is",
            as_they_are,
        )
        say(words)


def _say_other_forms(heard: list[Published]) -> None:
    """Say in which other forms an episode can be heard, each as loud as it came out."""
    words = translate("{name} {size}, {lufs} LUFS, peaks of {peak} dB")
    for published in heard:
        forms = [
            words.format(
                name=file.name,
                size=size(file.size_bytes),
                lufs=figure(file.loudness.integrated_lufs),
                peak=figure(file.loudness.true_peak_dbtp),
            )
            for file in published.record.alternates
        ]
        if forms:
            line = translate("{title}, also as {forms}")
            say(line.format(title=one_line(published.record.facts.title), forms=" · ".join(forms)))


def _cells(published: Published) -> list[str]:
    record = published.record
    audio, enclosure = record.audio, record.enclosure
    assert audio is not None
    assert enclosure is not None
    return [
        one_line(record.facts.title),
        loudness_words(audio),
        translate("{peak} dB").format(peak=figure(audio.after.true_peak_dbtp)),
        length(audio.duration_ms),
        size(enclosure.size_bytes),
        translate("mastered before") if published.reused else "",
    ]


def loudness_words(audio: AudioFacts) -> str:
    """Return the loudness before and after: `−23.4 → −16.0 LUFS`."""
    before, after = audio.before.integrated_lufs, audio.after.integrated_lufs
    return f"{figure(before)} → {figure(after)} LUFS"


def _say_scheduled(outcome: Outcome, prepared: Prepared) -> None:
    zone = zone_of_show(prepared.show.config)
    for published in outcome.published:
        if published.is_scheduled:
            facts = published.record.facts
            line = translate("{title} goes on the air on {moment}, when sendeturm feed runs.")
            when = moment(facts.published_at, zone)
            say(line.format(title=one_line(facts.title), moment=when))


def warn_without_cron(outcome: Outcome, prepared: Prepared) -> None:
    """Warn where something was scheduled and nobody seems to put on the air what falls due."""
    from sendeturm.cli.ontime import about_cron  # noqa: PLC0415  # only with something scheduled
    from sendeturm.publish import last_heartbeat  # noqa: PLC0415  # the same

    if any(published.is_scheduled for published in outcome.published):
        found = about_cron(last_heartbeat(prepared.show.store), prepared.plan.now)
        tell([found] if found else [])


def say_next_due(prepared: Prepared) -> None:
    """Say when the next scheduled episode goes on the air, if there is one."""
    due = prepared.plan.next_due
    if due is not None:
        line = translate("The next episode goes on the air on {moment}.")
        say(line.format(moment=moment(due, zone_of_show(prepared.show.config))))


def say_where_to_look(prepared: Prepared, outcome: Outcome) -> None:
    """Say where what was published is to be seen and heard: a single episode on its own page."""
    if outcome.failed:
        words = ngettext(
            "{count} episode was not published; mend it, then: sendeturm publish",
            "{count} episodes were not published; mend them, then: sendeturm publish",
            len(outcome.failed),
        )
        say(words)
        if not outcome.published:
            return
    show = prepared.show
    address = show.config.storage.pages_address
    if address is None:
        say(translate("Published in {place}").format(place=show.store.label))
        say(translate("See and hear it on this computer: sendeturm preview"))
        return
    if show.config.show.private:
        say(translate("The feed's address for your listeners: {step}").format(step=PRIVATE))
        return
    shown = [p.record.facts for p in outcome.published if not p.is_scheduled]
    page = f"{shown[0].slug}/" if len(shown) == 1 and not shown[0].private else ""
    say(translate("Page: {address}").format(address=f"{address}/{page}index.html"))
    say(translate("Feed: {address}").format(address=f"{address}/feed.xml"))


def print_times(chronicle: Chronicle, titles: Mapping[str, str]) -> None:
    """Print how long each stage took."""
    from sendeturm.cli.progress import STAGES  # noqa: PLC0415  # only with --verbose

    def words(stage: Stage, seconds: float) -> str:
        return f"{translate(STAGES[stage])} {figure(seconds)} s"

    for subject, stages in chronicle.seconds.items():
        title = one_line(titles.get(subject, subject)) or translate("the show")
        say(f"{title}: " + ", ".join(words(stage, s) for stage, s in stages.items()))
