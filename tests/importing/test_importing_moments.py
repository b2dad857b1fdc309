from datetime import UTC, datetime, timedelta, timezone

import pytest

from sendeturm.importing.moments import moment_of

CET = timezone(timedelta(hours=1))
AT_SIX = datetime(2021, 3, 3, 6, 0, tzinfo=UTC)
IN_BERLIN = datetime(2021, 3, 3, 6, 0, tzinfo=CET)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Wed, 03 Mar 2021 06:00:00 GMT", AT_SIX),
        ("Wed, 03 Mar 2021 06:00:00 +0000", AT_SIX),
        ("Wed, 03 Mar 2021 06:00:00 +0100", IN_BERLIN),
        ("3 Mar 2021 06:00 +0100", IN_BERLIN),
        ("Wed, 03 Mar 21 06:00:00 +0100", IN_BERLIN),
        ("Tue, 02 Mar 2021 22:00:00 PST", AT_SIX),
        ("2021-03-03T06:00:00Z", AT_SIX),
        ("2021-03-03T06:00:00+01:00", IN_BERLIN),
    ],
)
def test_dates_as_they_should_be_are_taken_as_they_are(written, moment):
    found, is_sure = moment_of(written)
    assert (found, is_sure) == (moment, True)
    assert found.utcoffset() == moment.utcoffset() or "PST" in written


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Wed, 03 Mar 2021 06:00:00", AT_SIX),
        ("Wed, 03 Mar 2021 06:00:00 -0000", AT_SIX),
        ("Mi, 03 Mär 2021 06:00:00 +0100", IN_BERLIN),
        ("Mi., 3. März 2021 06:00 MEZ", IN_BERLIN),
        ("Mittwoch, 3. März 2021, 06:00 Uhr", AT_SIX),
        ("Wed, 03 Mar 2021 06:00:00 CET", IN_BERLIN),
        ("mer., 3 mars 2021 06:00:00 +0100", IN_BERLIN),
        ("mié, 3 de marzo de 2021 06:00:00", AT_SIX),
        ("Wed, 03 Mar 2021 06:00:00 +0100 (CET)", IN_BERLIN),
        ("2021-03-03 06:00:00", AT_SIX),
        ("03.03.2021 06:00", AT_SIX),
        ("1614751200", AT_SIX),
    ],
)
def test_other_dates_are_understood_but_not_sure(written, moment):
    assert moment_of(written) == (moment, False)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "gestern",
        "31 Feb 2021 06:00:00 GMT",
        "Wed, 03 Mar 2021 25:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "0001-01-01T00:00:00Z",
        "Wed, 03 Mar 9999 06:00:00 GMT",
        "99999999999999999999",
    ],
)
def test_what_is_no_date_gives_none(written):
    assert moment_of(written)[0] is None
