"""Measurements as a table, as JSON and as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.charting import draw, picture_path
from sendeturm.cli.moments import length
from sendeturm.cli.pace import MEASURING
from sendeturm.cli.problems import one_line, problem_document, tell
from sendeturm.cli.progress import listening
from sendeturm.cli.report import MONO, mono_note, print_times
from sendeturm.cli.screen import print_document, print_table, say
from sendeturm.cli.spoken import marked
from sendeturm.cli.subjects import Finder, Sound, Subject, format_words
from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.events import Failed, Finished, Listener
from sendeturm.i18n import figure, translate
from sendeturm.model.sound import ALIKE_LU

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.model import Measurement, Voices

HEADINGS = (
    marked("Loudness"),
    marked("True peak"),
    marked("Loudness range"),
    marked("Voices apart"),
    marked("Length"),
)


@dataclass
class Report:
    """What came of measuring: per subject its sounds, the pictures, and what went wrong."""

    subjects: list[tuple[Subject, list[tuple[Sound, Measurement]]]] = field(default_factory=list)
    pictures: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def measured(self) -> Iterator[tuple[Subject, Sound, Measurement]]:
        """Yield every sound that was measured."""
        for subject, sounds in self.subjects:
            for sound, measurement in sounds:
                yield subject, sound, measurement


def measure_names(call: Call, names: Sequence[str], picture: Path | None) -> bool:
    """Measure, draw and print all that is named; return whether everything could be done.

    Raises SendeturmError for one picture that shall show several files.
    """
    names = tuple(dict.fromkeys(names))
    if picture is not None and len(names) > 1 and picture_path(picture, "") == picture:
        raise fail("cli.one-picture-for-many", file=picture)
    report, finder = Report(), Finder(call)
    with listening(call, {}, MEASURING) as chronicle:
        for name in names:
            _measure_one(name, finder, report, chronicle)
    if picture is not None:
        _draw_all(report, finder, picture)
    if call.as_json:
        print_document(_document(report))
    else:
        _print(call, report)
        if call.verbose:
            print_times(chronicle, {})
    return not report.problems


def _measure_one(name: str, finder: Finder, report: Report, listen: Listener) -> None:
    try:
        subject = finder.find(name)
    except SendeturmError as error:
        report.problems += error.problems
        return
    measured: list[tuple[Sound, Measurement]] = []
    for sound in subject.sounds:
        try:
            measured.append((sound, _measured(sound, finder, listen)))
            listen(Finished(sound.label))
        except SendeturmError as error:
            report.problems += error.problems
            listen(Failed(sound.label, error.problems))
    if measured:
        report.subjects.append((subject, measured))


def _measured(sound: Sound, finder: Finder, listen: Listener) -> Measurement:
    from sendeturm.sound import measure  # noqa: PLC0415  # the signal's libraries are heavy

    ceiling_dbtp = finder.settings().true_peak_dbtp
    with finder.opened(sound) as path:
        return measure(path, sound.label, listen, ceiling_dbtp=ceiling_dbtp)


def _draw_all(report: Report, finder: Finder, picture: Path) -> None:
    for subject, measured in report.subjects:
        path = picture_path(picture, subject.name)
        try:
            draw(subject, measured, finder.settings(), path)
            report.pictures[subject.name] = path
        except SendeturmError as error:
            report.problems += error.problems


def _print(call: Call, report: Report) -> None:
    measurements = [measurement for _, _, measurement in report.measured]
    if measurements and not call.quiet:
        _print_rows(report)
    if not call.quiet and any(m.channels == MONO for m in measurements):
        say(mono_note())
    for path in report.pictures.values() if not call.quiet else ():
        say(translate("Picture: {path}").format(path=path))
    notices = [notice for m in measurements for notice in m.notices if not call.quiet]
    tell(notices + report.problems)


def _print_rows(report: Report) -> None:
    from rich.table import Table  # noqa: PLC0415  # not for programs
    from rich.text import Text  # noqa: PLC0415  # the same

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(translate("File"))
    for heading in HEADINGS:
        table.add_column(translate(heading), justify="right")
    table.add_column(translate("Format"))
    for _, sound, measurement in report.measured:
        row = (one_line(sound.words), *_cells(measurement))
        table.add_row(*(Text(cell) for cell in row))
    print_table(table)


def _apart(voices: Voices | None) -> str:
    """Return how far the voices are apart, as far as they can be told by their loudness."""
    if voices is None:
        return "–"
    if not voices.difference_lu:
        return translate("under {lu} LU").format(lu=round(ALIKE_LU))
    return f"{figure(voices.difference_lu)} LU"


def _cells(measurement: Measurement) -> list[str]:
    loudness = measurement.loudness
    return [
        f"{figure(loudness.integrated_lufs)} LUFS",
        f"{figure(loudness.true_peak_dbtp)} dB",
        f"{figure(loudness.lra_lu)} LU",
        _apart(measurement.voices),
        length(measurement.duration_ms),
        format_words(measurement),
    ]


def _document(report: Report) -> dict[str, object]:
    return {
        "files": [_file_document(*measured) for measured in report.measured],
        "pictures": {name: str(path) for name, path in report.pictures.items()},
        "problems": [problem_document(p) for p in report.problems],
    }


def _file_document(subject: Subject, sound: Sound, measurement: Measurement) -> dict[str, object]:
    facts = measurement.model_dump(mode="json", exclude={"notices"})
    return {
        "file": sound.label,
        "name": subject.name,
        "title": subject.title or None,
        "guid": sound.record.item_guid if sound.record else None,
        **facts,
        "notices": [problem_document(p) for p in measurement.notices],
    }
