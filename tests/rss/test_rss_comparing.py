"""What differs between two states of a feed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedrecords import NOW, a_record, a_show, stored
from sendeturm.errors import SendeturmError
from sendeturm.feed import render_feed
from sendeturm.rss import TagChange, compare_feeds


def rendered(*records, **show) -> bytes:
    return render_feed(a_show(**show), records, NOW)


def test_the_same_feed_differs_in_nothing():
    body = rendered(a_record(1), a_record(2))
    assert not compare_feeds(body, body)


def test_dates_that_follow_from_items_are_no_difference():
    body = rendered(a_record(1))
    assert not compare_feeds(body, body.replace(b"<lastBuildDate>Mon", b"<lastBuildDate>Tue"))


def test_a_first_feed_is_all_new():
    changes = compare_feeds(None, rendered(a_record(1), a_record(2)))
    assert [(one.kind, one.title) for one in changes.items] == [
        ("new", "Der Turm, Teil 2"),
        ("new", "Der Turm, Teil 1"),
    ]


def test_each_difference_is_told_at_its_item():
    before = rendered(a_record(1), a_record(2), a_record(3))
    louder = a_record(2, enclosure=stored("media/turm-2-neu.mp3", "audio/mpeg"))
    after = rendered(a_record(1, title="Anders"), louder, a_record(4), description="Neu")
    changes = compare_feeds(before, after)
    assert changes.show == (TagChange("description", "Gespräche vom Turm.", "Neu"),)
    by_guid = {int(one.guid[-1]): one for one in changes.items}
    assert {n: one.kind for n, one in by_guid.items()} == {
        1: "changed",
        2: "changed",
        3: "gone",
        4: "new",
    }
    assert TagChange("title", "Der Turm, Teil 1", "Anders") in by_guid[1].changes
    assert not by_guid[1].has_new_sound
    assert [change.tag for change in by_guid[2].changes] == ["enclosure"]
    assert by_guid[2].has_new_sound


def test_other_namespaces_at_the_top_are_no_difference_of_items():
    body = rendered(a_record(1))
    more = body.replace(b"<rss ", b'<rss xmlns:x="https://example.org/x" ', 1)
    assert not compare_feeds(body, more)


def test_what_is_no_feed_is_told():
    with pytest.raises(SendeturmError):
        compare_feeds(b"<html/>", rendered(a_record(1)))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_what_comes_goes_and_changes_is_told_for_any_episodes(before, after, renamed):
    old = rendered(*(a_record(n) for n in before))
    new = rendered(*(a_record(n, **({"title": "Anders"} if n in renamed else {})) for n in after))
    kinds = {int(one.guid[-1]): one.kind for one in compare_feeds(old, new).items}
    expected = dict.fromkeys(after - before, "new") | dict.fromkeys(before - after, "gone")
    assert kinds == expected | dict.fromkeys(before & after & renamed, "changed")
