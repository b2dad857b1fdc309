from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sendeturm.text import clean, printable


def test_what_goes_and_what_stays():
    assert clean("a\x00b\x1bc\ufffed\ud800e\ufefff\x85g") == "abcdef\ng"
    assert clean("eins\r\nzwei\rdrei\u2028vier\tfünf") == "eins\nzwei\ndrei\nvier\tfünf"
    assert clean("u\u0308") == "ü"
    assert printable("u\u0308\x00") == "u\u0308"


@given(st.text(alphabet=st.characters()))
def test_clean_text_fits_into_xml_and_stays_clean(text):
    cleaned = clean(text)
    element = etree.Element("x")
    element.text = cleaned
    assert (etree.fromstring(etree.tostring(element)).text or "") == cleaned
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
