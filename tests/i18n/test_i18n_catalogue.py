from __future__ import annotations

import os
import re
import shutil
import string
import subprocess
import sys
from functools import cache
from gettext import GNUTranslations

import pytest

import catalogue
from sendeturm.cli.ending import run
from sendeturm.cli.program import ENTRIES
from sendeturm.i18n import chosen_language, language, ngettext, translate, use_language

SAME_IN_GERMAN = {
    *("April", "August", "September", "November"),
    *("Bonus", "Trailer", "Format", "Feed: {address}", "sendeturm publish", "{peak} dB"),
    *("Region", "Bucket", "Cron"),
    "d",  # the sign of the unit
}
GERMAN = catalogue.LOCALES / "de" / "LC_MESSAGES" / "sendeturm.po"


@cache
def pairs() -> list[tuple[str, str]]:
    """Return every English text with its German one, the forms of plurals one by one."""
    words = catalogue.words_in(GERMAN)
    found: list[tuple[str, str]] = []
    for text in catalogue.texts():
        if isinstance(text, tuple):
            found += zip(text, words.get(text, ("", "")), strict=True)
        else:
            found.append((text, words.get(text, "")))
    return found


def translated() -> list[tuple[str, str]]:
    return [pair for pair in pairs() if pair[1]]


def placeholders(text: str) -> list[tuple[str | None, str | None, str | None]]:
    fields = [field[1:] for field in string.Formatter().parse(text) if field[1] is not None]
    return sorted({*fields, *((name, "%", "") for name in re.findall(r"%\((\w+)\)", text))})


def outer_blanks(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_every_text_has_german_words():
    assert [english for english, german in pairs() if not german] == []


def test_german_words_are_german():
    assert {english for english, german in pairs() if english == german} == SAME_IN_GERMAN


def test_placeholders_are_kept():
    wrong = [pair for pair in translated() if placeholders(pair[0]) != placeholders(pair[1])]
    assert wrong == []


def test_blanks_around_texts_and_their_paragraphs_are_kept():
    wrong = [
        (english, german)
        for english, german in translated()
        if outer_blanks(english) != outer_blanks(german)
        or english.count("\n\n") != german.count("\n\n")
    ]
    assert wrong == []


def test_quotation_marks_and_dots_are_typographic():
    in_toml = re.compile(r'"(as is|[^" ]*)"')
    bad = re.compile(r'["”]|\.\.\.|“[^„]*“')
    wrong = [german for _, german in pairs() if bad.search(in_toml.sub("", german))]
    assert wrong == []


def test_commands_options_files_and_addresses_stay_as_they_are():
    kept = re.compile(
        r"--[a-z][a-z-]+|\bsendeturm \w+|\w+\.(?:toml|md|wav)\b|\b[A-Z]+_[A-Z_]+\b"
        r"|\b[a-z]+_[a-z_]+\b|\[\w+\]|~/\.aws/\w+|https?://|s3://\S+|\w+ = true|\+\+\+|---"
    )
    command = re.compile(r"sendeturm (?!" + "|".join(ENTRIES) + r"\b)\w+")

    def signs(text: str) -> list[str]:
        return sorted(sign for sign in kept.findall(text) if not command.fullmatch(sign))

    wrong = [pair for pair in translated() if signs(pair[0]) != signs(pair[1])]
    assert wrong == []
    assert sum(bool(signs(english)) for english, _ in pairs()) > 50


def test_no_text_is_both_alone_and_the_first_form_of_a_plural():
    texts = catalogue.texts()
    assert {text[0] for text in texts if isinstance(text, tuple)} & set(texts) == set()


def test_the_catalogue_is_up_to_date_with_the_source(tmp_path):
    copy = tmp_path / "de" / "LC_MESSAGES" / "sendeturm.po"
    copy.parent.mkdir(parents=True)
    shutil.copy(GERMAN, copy)
    assert catalogue.update(copy) == 0
    assert copy.read_text("utf-8") == GERMAN.read_text("utf-8"), "run `python tools/catalogue.py`"


def test_a_new_language_begins_without_words_and_keeps_what_it_gets(tmp_path):
    po_path = tmp_path / "fr" / "LC_MESSAGES" / "sendeturm.po"
    po_path.parent.mkdir(parents=True)
    assert catalogue.update(po_path) == len(catalogue.texts())
    empty = po_path.read_text("utf-8")
    filled = empty.replace('msgid "Episodes"\nmsgstr ""', 'msgid "Episodes"\nmsgstr "Épisodes"')
    po_path.write_text(filled, "utf-8")
    assert catalogue.update(po_path) == len(catalogue.texts()) - 1
    assert po_path.read_text("utf-8") == filled != empty


def test_the_installed_catalogue_is_compiled_from_this_one():
    mo_path = language.LOCALE_DIR / "de" / "LC_MESSAGES" / "sendeturm.mo"
    with mo_path.open("rb") as source:
        installed = GNUTranslations(source)
    stale = [
        text
        for text, german in catalogue.words_in(GERMAN).items()
        if isinstance(text, str) and installed.gettext(text) != german
    ]
    assert stale == [], "install the package again: pip install -e ."


def test_an_unknown_language_is_answered_in_english():
    assert translate("Episodes", "fr") == "Episodes"
    assert ngettext("{count} error", "{count} errors", 2, "fr") == "2 errors"
    assert translate("Episodes", "de") == "Folgen"


def test_plurals_follow_the_count():
    said = [ngettext("{count} warning", "{count} warnings", count, "de") for count in (0, 1, 2)]
    assert said == ["0 Warnungen", "1 Warnung", "2 Warnungen"]


@pytest.fixture
def _english_again(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setattr(language, "_chosen", "en")


@pytest.mark.usefixtures("_english_again")
def test_using_an_unknown_language_is_using_english():
    for wished, spoken in (("de", "Folgen"), ("fr", "Episodes")):
        use_language(wished)
        assert translate("Episodes") == spoken
    assert chosen_language() == "en"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT"}, "de"),
        ({"LANG": "de_CH.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:en"}, "de"),
    ],
)
def test_the_environment_names_the_language(locale, expected, monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale.get(name, ""))
    assert language.language_of_locale() == expected


def spoken(*words: str, **locale: str) -> tuple[int, str]:
    """Return the exit code and all that the program says where only `locale` is set."""
    around = {k: v for k, v in os.environ.items() if k != "LANG" and k[:3] not in ("LC_", "LAN")}
    done = subprocess.run(
        [sys.executable, "-m", "sendeturm", *words],
        env=around | {"PYTHONIOENCODING": "utf-8"} | locale,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "locale"),
    [(("--lang", "de", "--help"), {}), (("--help",), {"LANG": "de_DE.UTF-8"})],
)
def test_help_speaks_german_down_to_clicks_own_words(words, locale):
    code, said = spoken(*words, **locale)
    assert code == 0
    for german in (
        "Aufruf: sendeturm",
        "Optionen:",
        "Diese Hilfe zeigen.",
        "geänderte Folgen auf Sendung",
    ):
        assert german in said
    assert not re.search(r"\b(Usage|Options:|Show|Put|Say|the|and)\b", said)


ENGLISH = r"(?:Usage|Options|Show|Put|Say|the|and|of|with|is|are|OPTIONS|TITLE|EPISODE|PLACE|FILE)"


@pytest.mark.usefixtures("_english_again")
@pytest.mark.parametrize("name", ENTRIES)
def test_the_help_of_every_command_is_german_throughout(name, capsys):
    assert run(["--lang", "de", name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Aufruf: sendeturm {name} [OPTIONEN]")
    assert re.findall(rf"(?<![/=-])\b{ENGLISH}\b", said) == []


@pytest.mark.usefixtures("_english_again")
@pytest.mark.parametrize(
    ("words", "german"),
    [
        (("nix",), "Den Befehl 'nix' gibt es nicht."),
        (("plan", "--nix"), "Die Option '--nix' gibt es nicht."),
        (("publish", "--allow"), "Die Option '--allow' braucht einen Wert."),
        (("new", "T", "U"), "zu viel (U)"),
        (("new", "--number", "0", "T"), "Ungültiger Wert für '--number': 0 liegt nicht im"),
        (("init", "--storage", "x"), "Ungültiger Wert für '--storage': 'x' ist keins von"),
        (("measure",), "Es fehlt das Argument 'DATEI...'."),
        (("init",), "diese Optionen fehlen: --title, --author"),
    ],
)
def test_every_kind_of_usage_error_is_german(words, german, tmp_path, capsys):
    assert run(["--lang", "de", "--folder", str(tmp_path), *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert german in said.err
    assert re.findall(r"Usage|Error|Try|\bthe\b", said.err) == []


def test_usage_errors_speak_german():
    code, said = spoken("new", LANG="de_CH.UTF-8")
    assert code == 2
    assert said.splitlines()[1:] == [
        "Hilfe gibt: sendeturm new --help",
        "",
        "Fehler: Es fehlt das Argument 'TITEL'.",
    ]


def test_lang_wins_over_the_environment():
    code, said = spoken("--lang", "en", "--help", LANG="de_DE.UTF-8")
    assert code == 0
    assert "Usage: sendeturm" in said
    assert "Aufruf" not in said
