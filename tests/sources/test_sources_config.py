from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.sources import read_config
from sendeturm.sources.config import config_from_text

GOOD = """[show]
id = "0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234"
title = "Einfach tun"
description = "Über das Anfangen"
language = "de"
author = "Änne"
"""


ALL_PROBLEMS = """
sendeturm.toml:2  title is missing → add title = …
sendeturm.toml:3  id is not an id: x → it looks like 0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234; copy it from where it was first
sendeturm.toml:4  titel is not known here → do you mean title?
sendeturm.toml:8  language is not a language's code: Deutsch → write de for German, en for English, de-AT …
sendeturm.toml:9  author is not a text → write it in quotation marks: author = "…"
sendeturm.toml:10  email is not an e-mail address: ohne at → write it like name@example.org
sendeturm.toml:11  explicit is neither true nor false → write explicit = true or explicit = false
sendeturm.toml:12  there is no time zone europe/berlin → write timezone = "Europe/Berlin"
sendeturm.toml:13  type cannot be täglich → possible are: episodic, serial
sendeturm.toml:14  categories is an empty list → name one at least
sendeturm.toml:15  loudness_lufs is not known here → it belongs under [sound]
sendeturm.toml:18  name is missing → add name = …
sendeturm.toml:20  nam is not known here → do you mean name?
sendeturm.toml:22  loudness_lufs is too large: -3 → the largest value is -9
sendeturm.toml:23  bitrate_kbps is not a whole number → write digits without quotation marks: bitrate_kbps = 7
sendeturm.toml:25  address is not a web address: example.org → write it in full, beginning with https://
sendeturm.toml:26  speicher is not known here → known are: show, sound, storage, site, check
"""  # noqa: E501  # a message is one line


def problems_of(text):
    with pytest.raises(SendeturmError) as raised:
        config_from_text(text)
    return raised.value.problems


def test_a_whole_show(folder):
    folder.put(
        "sendeturm.toml",
        "\ufeff"
        + GOOD.replace("\n", "\r\n")
        + 'timezone = "Europe/Berlin"\n[[show.people]]\nname = "Änne"\n[sound]\n'
        'loudness_lufs = -18\n[storage]\nplace = "s3://eimer/pfad"\n',
    )
    config = folder.config()
    assert config.show.title == "Einfach tun"
    assert config.show.people[0].name == "Änne"
    assert config.sound.loudness_lufs == -18
    assert config.storage.place == "s3://eimer/pfad"


def test_all_problems_are_told_at_once_with_line_and_key(told):
    text = """# unser Podcast
[show]
id = "x"
titel = "Einfach tun"
description = \"\"\"
title = "nicht hier"
\"\"\"
language = "Deutsch"
author = 7
email = "ohne at"
explicit = "vielleicht"
timezone = "europe/berlin"
type = "täglich"
categories = []
loudness_lufs = -18
[[show.people]]
name = "Änne"
[[show.people]]

nam = "Ben"
[sound]
loudness_lufs = -3
bitrate_kbps = "viel"
[storage]
address = "example.org"
[speicher]
"""
    found = problems_of(text)
    assert sorted(told(p) for p in found) == sorted(ALL_PROBLEMS.strip().split("\n"))
    assert {p.place.key for p in found} >= {"show.title", "show.people.nam", "speicher"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('title = "Er sagt "ja" dazu"', "write title = 'Er sagt \"ja\" dazu'"),
        ('title = ""Ja", sagt er" # so', "write title = '\"Ja\", sagt er'"),
        ("title = 'Peter's Welt'", 'write title = "Peter\'s Welt"'),
        ('title = "Peter\'s "Welt""', 'write title = "Peter\'s \\"Welt\\""'),
        ("title = „Winter“", 'straight ones around it: title = "Winter"'),
        ("title = Winter ist da", 'write title = "Winter ist da"'),
        ("explicit = True", "write explicit = true"),
        ('cover = "C:\\Users\\Änne\\x.jpg"', "write cover = 'C:\\Users\\Änne\\x.jpg'"),
        ('title = "eins', "this line cannot be understood"),
        ('title: "eins"', "this line cannot be understood"),
        ("explicit = true\nexplicit = true", "this is said a second time: explicit = true"),
        (
            "x = " + "[" * 5000,
            "this line cannot be understood: too many brackets stand within each other",
        ),
    ],
)
def test_broken_toml_is_told_with_its_line_and_what_is_meant(told, line, message):
    (found,) = problems_of(f"[show]\n\n{line}\n")
    assert message in told(found)
    if "brackets stand" not in message:
        assert found.place.line == 3 + line.count("\n")


def test_no_show_and_no_text(tmp_path, folder, told):
    with pytest.raises(SendeturmError, match=r"sources\.no-show"):
        read_config(tmp_path / "nirgends")
    folder.put("sendeturm.toml", b'[show]\ntitle = "\xfcber"\n')
    with pytest.raises(SendeturmError) as raised:
        folder.config()
    assert "sendeturm.toml:2  the file holds characters" in told(raised.value.problems[0])
    folder.put("sendeturm.toml", b"#" * 1_000_001)
    with pytest.raises(SendeturmError, match=r"sources\.file-too-long"):
        folder.config()
    (tmp_path / "sendeturm.toml").unlink()
    (tmp_path / "sendeturm.toml").mkdir()
    with pytest.raises(SendeturmError, match=r"sources\.unreadable"):
        folder.config()


def test_a_lost_id_is_not_made_up(told):
    (found,) = problems_of(GOOD.replace("id =", "# id ="))
    assert "put back the id" in told(found)


@pytest.mark.parametrize(
    ("zone", "near"),
    [("Berlin", "Europe/Berlin"), ("Europe/Wienna", "Europe/Vienna"), ("../../etc/passwd", None)],
)
def test_time_zones(told, zone, near):
    (found,) = problems_of(f'{GOOD}timezone = "{zone}"\n')
    assert found.place.line == 7
    assert (f'"{near}"' if near else "a continent and a city") in told(found)


def test_control_characters_do_not_reach_the_show():
    config = config_from_text(GOOD.replace("Einfach tun", "Einfach\\u0000 tun u\\u0308"))
    assert config.show.title == "Einfach tun ü"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                *GOOD.split("\n"),
                'x = "y',
                "[[show.people]]",
                "[sound]",
                "bitrate_kbps = 1",
                "title = 'a'b'",
                "[show",
                "timezone = 3",
                "people = [{}]",
                "show.x = nan",
                "\t",
                "é = 1",
                "sound = []",
            ]
        )
    ).map("\n".join)
)
def test_any_text_gives_a_show_or_problems_with_words(text):
    try:
        config_from_text(text)
    except SendeturmError as error:
        for found in error.problems:
            assert word(found.code, found.params).what
