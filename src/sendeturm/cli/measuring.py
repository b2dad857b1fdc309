"""Measurements as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.moments import figure, length
from sendeturm.cli.problems import one_line, problem_document, tell
from sendeturm.cli.progress import listening
from sendeturm.cli.report import MONO, mono_note
from sendeturm.cli.screen import print_document, print_table, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem, SendeturmError
from sendeturm.events import Finished, Listener
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.model import Measurement

CHANNELS = {1: "mono", 2: "stereo"}
HEADINGS = (marked("Loudness"), marked("True peak"), marked("Loudness range"), marked("Length"))


def measure_files(call: Call, files: Sequence[Path]) -> bool:
    """Measure and print all files; return whether all could be measured."""
    measured: dict[str, Measurement] = {}
    problems: list[Problem] = []
    with listening(call, {}) as listen:
        for path in files:
            _measure_one(path, measured, problems, listen)
    if call.as_json:
        print_document(_document(measured, problems))
    else:
        _print(measured, problems)
    return not problems


def _measure_one(
    path: Path, measured: dict[str, Measurement], problems: list[Problem], listen: Listener
) -> None:
    from sendeturm.sound import measure  # noqa: PLC0415  # the signal's libraries are heavy

    try:
        measured[str(path)] = measure(path, str(path), listen)
    except SendeturmError as error:
        problems += error.problems
    listen(Finished(str(path)))


def _print(measured: dict[str, Measurement], problems: list[Problem]) -> None:
    if measured:
        _print_rows(measured)
    if any(m.channels == MONO for m in measured.values()):
        say(mono_note())
    tell([notice for m in measured.values() for notice in m.notices] + problems)


def _print_rows(measured: dict[str, Measurement]) -> None:
    from rich.table import Table  # noqa: PLC0415  # not for programs
    from rich.text import Text  # noqa: PLC0415  # the same

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(translate("File"))
    for heading in HEADINGS:
        table.add_column(translate(heading), justify="right")
    table.add_column(translate("Format"))
    for file, measurement in measured.items():
        table.add_row(*(Text(cell) for cell in (one_line(file), *_cells(measurement))))
    print_table(table)


def _cells(measurement: Measurement) -> list[str]:
    loudness = measurement.loudness
    channels = CHANNELS.get(measurement.channels, str(measurement.channels))
    rate_khz = figure(measurement.sample_rate_hz / 1000)
    return [
        f"{figure(loudness.integrated_lufs)} LUFS",
        f"{figure(loudness.true_peak_dbtp)} dB",
        f"{figure(loudness.lra_lu)} LU",
        length(measurement.duration_ms),
        f"{measurement.codec}, {rate_khz} kHz, {channels}",
    ]


def _document(measured: dict[str, Measurement], problems: list[Problem]) -> dict[str, object]:
    return {
        "files": [_file_document(file, measurement) for file, measurement in measured.items()],
        "problems": [problem_document(p) for p in problems],
    }


def _file_document(file: str, measurement: Measurement) -> dict[str, object]:
    facts = measurement.model_dump(mode="json", exclude={"notices", "waveform"})
    return {"file": file, **facts, "notices": [problem_document(p) for p in measurement.notices]}
