"""Long lines at a terminal go on below, between words, and each column under itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.cli.wrapping import wrapped

WARNING = "sendeturm.toml:21  warning: the show has no public address yet: only here so far"


def test_a_column_stands_under_itself():
    assert wrapped(WARNING, 60).split("\n") == [
        "sendeturm.toml:21  warning: the show has no public address",
        "                   yet: only here so far",
    ]


def test_what_is_to_be_done_stands_behind_its_arrow():
    lines = wrapped("  → publish it with sendeturm publish --bare, or write", 40)
    assert lines == "  → publish it with sendeturm publish\n    --bare, or write"


def test_a_long_first_column_does_not_push_the_rest_aside():
    lines = wrapped(f"episodes/{'x' * 40}.md  the file does not begin with settings", 60)
    assert lines.split("\n")[1] == "  file does not begin with settings"


@pytest.mark.parametrize("columns", [0, 5, 400])
def test_where_nothing_is_known_or_needed_nothing_is_broken(columns):
    assert wrapped(WARNING, columns) == WARNING


def test_an_address_stays_whole():
    address = f"https://example.org/{'x' * 80}"
    assert wrapped(f"Page: {address}", 40) == f"Page:\n  {address}"
    assert wrapped(f"  {address}", 40) == f"  {address}"


@given(st.text(st.sampled_from("ab →ß0-.:/ "), max_size=200), st.integers(30, 100))
def test_no_word_is_lost_and_none_is_cut(text, columns):
    assert wrapped(text, columns).split() == text.split()


def test_a_pipe_gets_the_line_as_it_is(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    assert any(len(line) > 80 for line in sendeturm("plan").err.splitlines())
