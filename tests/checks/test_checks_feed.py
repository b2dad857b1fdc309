"""A good feed has no finding, each way to spoil it is caught, and nothing ends in a trace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import spoiled
from feedrecords import NOW, a_record, a_show
from sendeturm.checks import RULES, check_feed
from sendeturm.errors import Problem, SendeturmError
from sendeturm.feed import render_feed
from sendeturm.i18n import word
from sendeturm.rss import open_feed

GOOD = etree.tostring(spoiled.good(), xml_declaration=True, encoding="UTF-8")


def problems_of(body: bytes, address: str = spoiled.ADDRESS) -> list[Problem]:
    return check_feed(open_feed(body), "feed.xml", NOW, address)


def test_a_good_feed_has_no_finding():
    assert problems_of(GOOD) == []


def test_what_we_render_has_no_finding():
    records = [a_record(1), a_record(2, type="trailer", number=None), a_record(3, explicit=True)]
    assert problems_of(render_feed(a_show(type="serial"), records, NOW)) == []


@pytest.mark.parametrize("case", spoiled.SPOILED, ids=lambda case: case.code)
def test_a_spoiled_feed_is_caught(case):
    found = problems_of(case.body())
    assert case.code in {problem.code for problem in found}
    assert {problem.code for problem in found} <= {case.code, *case.others}
    for problem in found:
        assert problem.severity is RULES[problem.code].severity
        assert problem.place.line
        words = word(problem.code, problem.params, "en")
        assert "{" not in words.what + words.mend


def test_every_rule_about_feeds_is_broken_once_and_there_are_many():
    assert {case.code for case in spoiled.SPOILED} == {code for code in RULES if code[3] in "456"}
    assert len(spoiled.SPOILED) >= 100


def test_problems_name_the_episode_and_the_line():
    (problem,) = problems_of(GOOD.replace(b'length="4321987"', b'length="0"', 1))
    line = next(n for n, text in enumerate(GOOD.decode().split("\n"), 1) if "<enclosure" in text)
    assert problem.params["subject"] == "Der Turm, Teil 7"
    assert problem.place.line == line


def test_lines_count_what_stands_before_the_feed():
    (problem,) = problems_of(b"\n\n" + GOOD.replace(b'length="4321987"', b'length="0"', 1))
    line = next(n for n, text in enumerate(GOOD.decode().split("\n"), 1) if "<enclosure" in text)
    assert problem.place.line == line + 2


def test_entities_are_never_opened():
    bomb = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    secret = b'<!ENTITY l0 SYSTEM "file:///etc/passwd">'
    body = GOOD.replace(b"<rss ", b"<!DOCTYPE rss [" + secret + bomb + b"]><rss ", 1)
    body = body.replace(b"Der Turm, Teil 7", b"&l11;&l0;", 1)
    assert "SND406" in {problem.code for problem in problems_of(body)}
    assert not any("root:" in str(problem.params) for problem in problems_of(body))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_torn_and_scrambled_feeds_never_end_in_a_trace(data):
    body = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        kind = data.draw(st.sampled_from(["cut", "drop", "put", "twice"]))
        if kind == "cut" and at > 10:
            del body[at:]
        elif kind == "drop":
            del body[at : at + data.draw(st.integers(1, 60))]
        elif kind == "put":
            body[at:at] = data.draw(st.binary(min_size=1, max_size=12))
        else:
            body[at:at] = body[at : at + 200]
        if not body:
            return
    look(bytes(body))


STRANGE = (
    *("http://[", "https://:99999/", "-0", "١٢٣", "1e400", "9" * 5000, ":::", "Mon, 99 Feb 0000"),
    *("Fri, 31 Dec 9999 23:59:59 -2359", "<![CDATA[", "&#0;", "<a" * 400, "\N{BYTE ORDER MARK}"),
)
VALUES = st.one_of(st.text(max_size=40), st.sampled_from(STRANGE))


@settings(max_examples=100, deadline=None)
@given(VALUES, st.integers(0, 60))
def test_strange_values_never_end_in_a_trace(value, at):
    rss = spoiled.good()
    elements = list(rss.iter("*"))
    element = elements[at % len(elements)]
    try:
        element.text = value
        for name in element.attrib:
            element.set(name, value)
    except ValueError:
        return  # XML itself has no such characters
    look(etree.tostring(rss))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_told_to_be_none(body):
    look(body)


def look(body: bytes) -> None:
    try:
        found = problems_of(body)
    except SendeturmError as error:
        found = list(error.problems)
        if [problem.code for problem in found] != ["rss.not-a-feed"]:
            raise
    for problem in found:
        word(problem.code, problem.params, "en")
