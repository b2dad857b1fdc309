from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.sources import read_sources
from sendeturm.sources.validation import Written
from sendeturm.sources.zones import moment_of, zone_of

BERLIN = zone_of("Europe/Berlin")


def read_date(folder, date, zone='"Europe/Berlin"'):
    text = (folder.path / "sendeturm.toml").read_text()
    folder.put("sendeturm.toml", text.replace('timezone = "Europe/Berlin"', f"timezone = {zone}"))
    if not zone:
        folder.put("sendeturm.toml", text.replace('timezone = "Europe/Berlin"', ""))
    folder.episode("007-winter.md", f'+++\ntitle = "Winter"\npublished_at = {date}\n+++\n')
    return read_sources(folder.path, folder.config())


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("2026-11-20T06:00:00+01:00", "2026-11-20T05:00:00"),
        ("2026-11-20T06:00:00Z", "2026-11-20T06:00:00"),
        ("2026-11-20 06:00:00", "2026-11-20T05:00:00"),
        ("2026-11-20T06:00", "2026-11-20T05:00:00"),
        ("2026-11-20T06:00+03:00 # Kommentar", "2026-11-20T03:00:00"),
        ('"2026-11-20T06:00"', "2026-11-20T05:00:00"),
        ("2026-07-20", "2026-07-19T22:00:00"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00"),  # comes twice: the first
    ],
)
def test_dates_become_moments(folder, date, utc):
    sources = read_date(folder, date)
    assert sources.problems == ()
    moment = sources.episodes[0].published_at
    assert moment.astimezone(UTC).replace(tzinfo=None).isoformat() == utc


def test_a_date_without_zone_is_told_as_designed(folder, told):
    (found,) = read_date(folder, "2026-11-20T06:00", zone="").problems
    assert told(found) == (
        "episodes/007-winter.md:3  published_at has no time zone: 2026-11-20T06:00"
        ' → write 2026-11-20T06:00:00+01:00, or set [show] timezone = "Europe/Berlin"'
    )
    assert found.place.key == "published_at"


def test_a_time_the_clocks_skip(folder, told):
    (found,) = read_date(folder, "2026-03-29T02:30:00").problems
    assert "clocks are put forward then: 2026-03-29T02:30 → write 2026-03-29T03:30" in told(found)


def test_a_day_that_begins_late_begins_when_it_does(folder):
    # In Beirut the clocks go from 00:00 to 01:00.
    (episode,) = read_date(folder, "2026-03-29", zone='"Asia/Beirut"').episodes
    assert episode.published_at.isoformat() == "2026-03-29T01:00:00+03:00"


@pytest.mark.parametrize(
    "date", ["20261120", "true", "06:00:00", '"morgen"', "1.5", "[]", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_date(folder, told, date):
    (found,) = read_date(folder, date).problems
    assert "published_at is" in told(found)
    assert found.place.line == 3


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9998, 1, 1)))  # noqa: DTZ001  # local times
def test_a_local_time_is_kept_or_told(local):
    moment = moment_of(local, BERLIN, Written("x", ""))
    if isinstance(moment, datetime):
        assert moment.replace(tzinfo=None) == local
        assert moment.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    else:
        assert moment.code == "sources.skipped-time"
