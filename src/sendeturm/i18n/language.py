"""Which language a person is spoken to in, and the catalogue for it."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

DOMAIN = "sendeturm"
LANGUAGES = ("en", "de")
DECIMAL_COMMA = ("de",)
MINUS = "−"
LOCALE_DIR = Path(__file__).with_name("locale")

_chosen = "en"


def language_of_locale() -> str:
    """Return the language of the environment's locale, English when nobody knows it."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            language = value.split(":")[0].split("_")[0].split(".")[0].lower()
            return language if language in LANGUAGES else "en"
    return "en"


def use_language(language: str) -> None:
    """Speak `language` (`en` or `de`) from here on, Click's own words included."""
    global _chosen  # noqa: PLW0603  # one process speaks to one person
    _chosen = language if language in LANGUAGES else "en"
    os.environ["LANGUAGE"] = _chosen
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)


def chosen_language() -> str:
    """Return the language in use."""
    return _chosen


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, str(LOCALE_DIR), languages=[language], fallback=True)


def translate(message: str, language: str | None = None) -> str:
    """Return `message` in `language`, or in the language in use (pages name the show's)."""
    return _catalogue(language or _chosen).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int, language: str | None = None) -> str:
    """Return the plural form that `count` asks for, with `{count}` filled in."""
    return _catalogue(language or _chosen).ngettext(one, many, count).format(count=count)


def figure(value: float, digits: int = 1, language: str | None = None) -> str:
    """Return a figure with the language's decimal sign and a real minus."""
    return decimal(f"{value:.{digits}f}".replace("-", MINUS), language)


def decimal(text: str, language: str | None = None) -> str:
    """Return a figure with a comma where the language has one."""
    return text.replace(".", ",") if (language or _chosen) in DECIMAL_COMMA else text
