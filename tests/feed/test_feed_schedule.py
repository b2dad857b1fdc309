from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from feedrecords import NOW, a_record
from sendeturm.model.schedule import due, next_due


def guids(records):
    return [record.guid[-2:] for record in records]


def test_the_newest_comes_first_and_ties_go_by_identity():
    same = a_record(9).facts.published_at
    records = [a_record(9), a_record(3, published_at=same), a_record(1), a_record(12)]
    assert guids(due(records, NOW)) == ["12", "03", "09", "01"]
    assert guids(due(records[::-1], NOW)) == ["12", "03", "09", "01"]


def test_an_episode_is_due_at_its_very_second():
    record = a_record(1, published_at=NOW)
    assert due([record], NOW) == [record]
    assert due([record], NOW - timedelta(microseconds=1)) == []


def test_tombstones_and_records_without_sound_are_not_on_the_air():
    gone = a_record(1, state="tombstone", enclosure=None)
    half = a_record(2, state="tombstone")
    silent = a_record(3, enclosure=None)
    assert due([gone, half, silent], NOW) == []
    assert next_due([gone, half, silent], datetime(2020, 1, 1, tzinfo=NOW.tzinfo)) is None


def test_next_due_is_the_earliest_still_to_come():
    records = [a_record(n, published_at=NOW + timedelta(days=n)) for n in (-1, 0, 3, 2)]
    assert next_due(records, NOW) == NOW + timedelta(days=2)
    assert next_due(records, NOW + timedelta(days=3)) is None


def test_daylight_saving_does_not_move_a_due_date():
    berlin = ZoneInfo("Europe/Berlin")
    second_half_past_two = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1)
    record = a_record(1, published_at=second_half_past_two)
    before = datetime(2026, 10, 25, 1, 29, 59, tzinfo=ZoneInfo("UTC"))
    assert due([record], before) == []
    assert due([record], before + timedelta(seconds=1)) == [record]
