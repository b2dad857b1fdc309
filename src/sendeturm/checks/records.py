"""Rules about records, before any of them is put: what would break a feed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from sendeturm.checks.rules import breach
from sendeturm.errors import NOWHERE, Param, Problem
from sendeturm.model import Record, ShowRecord, StoredFile
from sendeturm.text.cleaning import printable
from sendeturm.units import clock_from_ms

_HEARD = ("audio/", "video/")
LOUDNESS_LUFS, LOUDNESS_TOLERANCE_LU = -16.0, 1.0
TRUE_PEAK_DBTP, TRUE_PEAK_TOLERANCE_DB = -1.0, 0.05
SILENCE_LUFS = -69.0
SAMPLE_RATES_HZ = (44_100, 48_000)
BITRATES_KBPS = {1: (64, 128), 2: (96, 320)}
"""For one channel and two; Apple's table for subscribers, with what is usual for speech."""


def check_records(show: ShowRecord, records: Iterable[Record]) -> list[Problem]:
    """Return what is wrong with `records`, all that are to stand in the bucket together.

    Errors must stop the publication. Each problem has the parameters `title` and `guid` of the
    episode it is about. Tombstones count for identity alone.
    """
    all_records = list(records)
    told = [record for record in all_records if record.state == "published"]
    problems = list(_identities(all_records, told))
    for record in told:
        problems += _sound(record)
        problems += _words(show, record)
        problems += _audio(record)
    return [*problems, *_numbers(told)]


def _identities(all_records: Sequence[Record], told: Sequence[Record]) -> Iterator[Problem]:
    yield from _twice("SND301", all_records, lambda record: record.item_guid)
    yield from _twice("SND302", told, lambda record: record.enclosure and record.enclosure.key)
    yield from _twice("SND303", told, lambda record: record.facts.slug)
    for record in told:
        if not record.item_guid.strip() or printable(record.item_guid).strip() != record.item_guid:
            yield _about("SND304", record)


def _sound(record: Record) -> Iterator[Problem]:
    if record.enclosure is None:
        yield _about("SND311", record)
        return
    yield from _enclosure(record, record.enclosure)
    duration_ms = record.audio.duration_ms if record.audio else None
    for chapter in record.facts.chapters:
        if duration_ms is not None and chapter.start_ms >= duration_ms:
            start, end = clock_from_ms(chapter.start_ms), clock_from_ms(duration_ms)
            yield _about("SND315", record, chapter=chapter.title, start=start, end=end)


def _enclosure(record: Record, enclosure: StoredFile) -> Iterator[Problem]:
    if enclosure.size_bytes <= 0:
        yield _about("SND312", record)
    if not enclosure.type.startswith(_HEARD):
        yield _about("SND313", record, type=enclosure.type)
    if enclosure.key.endswith(".m4a") and enclosure.type != "audio/x-m4a":
        yield _about("SND314", record, type=enclosure.type)


def _audio(record: Record) -> Iterator[Problem]:
    """Compare with what Apple asks of the sound; a silent episode has no loudness to speak of."""
    audio = record.audio
    if audio is None or record.enclosure is None:
        return
    heard = audio.after.integrated_lufs
    if audio.duration_ms <= 0:
        yield _about("SND335", record)
    if heard > SILENCE_LUFS and abs(heard - LOUDNESS_LUFS) > LOUDNESS_TOLERANCE_LU:
        yield _about("SND331", record, loudness=heard)
    if audio.after.true_peak_dbtp > TRUE_PEAK_DBTP + TRUE_PEAK_TOLERANCE_DB:
        yield _about("SND332", record, peak=audio.after.true_peak_dbtp)
    if record.enclosure.type != "audio/mpeg":
        return
    if audio.sample_rate_hz not in SAMPLE_RATES_HZ:
        yield _about("SND333", record, rate=audio.sample_rate_hz / 1000)
    least, most = BITRATES_KBPS[min(audio.channels, 2)]
    if not least <= audio.bitrate_kbps <= most:
        yield _about("SND334", record, rate=audio.bitrate_kbps, least=least, most=most)


def _words(show: ShowRecord, record: Record) -> Iterator[Problem]:
    facts = record.facts
    if not printable(facts.title).strip():
        yield _about("SND321", record)
    if show.facts.type == "serial" and facts.type == "full" and facts.number is None:
        yield _about("SND322", record)


def _numbers(told: Sequence[Record]) -> Iterator[Problem]:
    """Look for two full episodes with one number; trailers and extras often share theirs."""
    numbered = [r for r in told if r.facts.type == "full" and r.facts.number is not None]
    yield from _twice("SND323", numbered, lambda r: (r.facts.season, r.facts.number))


def _twice(
    code: str, records: Iterable[Record], trait: Callable[[Record], Hashable]
) -> Iterator[Problem]:
    """Yield a problem for each record that shares a trait, other than None, with an earlier one."""
    first: dict[Hashable, Record] = {}
    for record in records:
        mark = trait(record)
        if mark is None:
            continue
        other = first.setdefault(mark, record)
        if other is not record:
            number = record.facts.number
            yield _about(code, record, other=other.facts.title, number=number)


def _about(code: str, record: Record, **params: Param) -> Problem:
    return breach(code, NOWHERE, title=record.facts.title, guid=record.guid, **params)
