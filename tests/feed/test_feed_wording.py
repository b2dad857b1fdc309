from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sendeturm.feed.wording import cut_to_bytes, one_line


def test_a_text_that_fits_stays():
    assert cut_to_bytes("ä" * 5, 10) == "ä" * 5


def test_a_longer_one_ends_with_a_whole_word():
    assert cut_to_bytes("eins zwei drei vier", 17) == "eins zwei drei…"
    assert cut_to_bytes("eins zwei drei vier", 18) == "eins zwei drei…"


def test_one_without_spaces_ends_with_a_whole_character():
    assert cut_to_bytes("🎙🎙🎙🎙", 12) == "🎙🎙…"


@given(st.text(max_size=60), st.integers(3, 80))
def test_the_limit_holds_and_the_beginning_stays(text, limit_bytes):
    cut = cut_to_bytes(text, limit_bytes)
    assert len(cut.encode()) <= max(limit_bytes, 3)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


def test_a_title_is_one_line_without_space_at_its_ends():
    assert one_line(" a\x00 \r\n\tb\u2028c ") == "a b c"
