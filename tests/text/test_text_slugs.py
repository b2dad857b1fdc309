from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.text import RESERVED_SLUGS, number_from_stem, slug, title_from_stem


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Einfach tun", "einfach-tun"),
        ("Über Größe & Maß", "ueber-groesse-mass"),
        (unicodedata.normalize("NFD", "Äpfel für Öl"), "aepfel-fuer-oel"),
        ("STRASSE ẞ", "strasse-ss"),
        ("Café Łódź – Ærø", "cafe-lodz-aero"),
        ("Wie geht's?", "wie-gehts"),
        ("Привет", "folge"),
        ("", "folge"),
        ("!!!", "folge"),
        ("Media", "media-folge"),
        ("../../etc/passwd", "etc-passwd"),
        ("Con", "con-folge"),
    ],
)
def test_slugs(title, expected):
    assert slug(title) == expected


def test_a_long_title_ends_with_a_whole_word():
    made = slug("Ein sehr langer Titel über das Schreiben von sehr langen Titeln in Podcasts")
    assert made == "ein-sehr-langer-titel-ueber-das-schreiben-von-sehr-langen"
    assert slug("x" * 80) == "x" * 60


@given(st.text())
def test_a_slug_is_always_fit_for_an_address(title):
    made = slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 60
    assert made not in RESERVED_SLUGS
    assert slug(made) == made


@pytest.mark.parametrize(
    ("stem", "title", "number"),
    [
        ("001-einfach-tun", "Einfach tun", 1),
        ("012_der_zweite", "Der zweite", 12),
        ("7. Über Mut", "Über Mut", 7),
        (unicodedata.normalize("NFD", "003-über-öl"), "Über öl", 3),
        ("2026-11-20-winter", "Winter", None),
        ("winter", "Winter", None),
        ("12 E-Mail für dich", "E-Mail für dich", 12),
        ("007", "007", 7),
        ("000-null", "Null", None),
        ("123456-take", "123456 take", None),
        ("---", "Folge", None),
    ],
)
def test_titles_and_numbers_from_stems(stem, title, number):
    assert title_from_stem(stem) == title
    assert number_from_stem(stem) == number


@given(st.text())
def test_every_stem_gives_a_title(stem):
    title = title_from_stem(stem)
    assert title
    assert title == title.strip()
    number = number_from_stem(stem)
    assert number is None or number >= 1
