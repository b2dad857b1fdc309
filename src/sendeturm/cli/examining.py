"""The storage's examination on the screen, and the settings it leads to."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.call import CONFIG_FILE
from sendeturm.cli.problems import ARROW, worded_of
from sendeturm.cli.screen import ask, harmless, is_terminal, print_document, print_table, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Severity
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.store import Examination, Finding

TOPICS = {
    "place": marked("Storage"),
    "keys": marked("Keys"),
    "region": marked("Region"),
    "addressing": marked("Bucket"),
    "clock": marked("Clock"),
    "writing": marked("Writing"),
    "checksums": marked("Damage"),
    "conditions": marked("Two at once"),
    "multipart": marked("Large files"),
    "ranges": marked("Parts"),
    "scratch": marked("Tidying up"),
    "address": marked("Address"),
    "https": marked("Safety"),
    "redirects": marked("Redirects"),
    "reading": marked("Listeners"),
    "folders": marked("Pages"),
    "cors": marked("Other websites"),
    "listing": marked("List of files"),
    "records": marked("Own notes"),
}
MARKS = {Severity.NOTE: "✓", Severity.WARNING: "!", Severity.ERROR: "✗"}


def examine_storage(call: Call, *, fixes: bool) -> Examination:
    """Examine, print, and write the better settings if `fixes` or the person says so.

    After writing, the storage is examined with them; that examination is returned. Raises
    SendeturmError for settings that cannot be read or written.
    """
    folder = call.show_folder()
    found = _examined(folder)
    written = found.settings if found.settings and (fixes or _wants(call, found)) else {}
    if written:
        from sendeturm.sources import write_settings  # noqa: PLC0415  # tomlkit

        write_settings(folder, "storage", written)
        found = _examined(folder)
    _print(call, found, written)
    return found


def _examined(folder: Path) -> Examination:
    from sendeturm.sources import read_config  # noqa: PLC0415  # pydantic is not for --help
    from sendeturm.store import examine  # noqa: PLC0415  # boto3

    return examine(read_config(folder).storage, folder, datetime.now(UTC))


def _wants(call: Call, found: Examination) -> bool:
    """Ask whether to write better settings, where somebody sits; show them all the same."""
    if call.as_json or not is_terminal():
        return False
    say(translate("These settings would work better:"))
    for key, value in found.settings.items():
        say(f'  {key} = "{value}"')
    return ask(translate("Write them into {file}?").format(file=CONFIG_FILE), default=True)


def _print(call: Call, found: Examination, written: dict[str, str]) -> None:
    if call.as_json:
        print_document(_document(found, written))
        return
    shown = [f for f in found.findings if not call.quiet or f.is_error]
    if shown:
        _print_table(shown)
    if written:
        names = ", ".join(written)
        say(translate("Written into {file}: {names}").format(file=CONFIG_FILE, names=names))
    elif found.settings and not call.quiet:
        say(translate("sendeturm doctor --fix writes the settings that work better."))


def _print_table(findings: list[Finding]) -> None:
    from rich.table import Table  # noqa: PLC0415  # rich is heavy

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for found in findings:
        worded = worded_of(found.problem)
        advice = f"\n{ARROW.strip()} {worded.mend}" if worded.mend else ""
        topic = translate(TOPICS[found.topic])
        table.add_row(MARKS[found.problem.severity], topic, harmless(worded.what + advice))
    print_table(table)


def _document(found: Examination, written: dict[str, str]) -> dict[str, object]:
    can = asdict(found.capabilities)
    probed_at = found.capabilities.probed_at
    return {
        "findings": [_finding_document(finding) for finding in found.findings],
        "capabilities": {**can, "probed_at": probed_at.isoformat() if probed_at else None},
        "settings": found.settings,
        "written": written,
    }


def _finding_document(found: Finding) -> dict[str, object]:
    worded = worded_of(found.problem)
    return {
        "topic": found.topic,
        "severity": str(found.problem.severity),
        "code": found.problem.code,
        "what": worded.what,
        "advice": worded.mend,
        "params": dict(found.problem.params),
        "settings": dict(found.settings),
    }
