"""Words for codes: gettext catalogues and the wordings of every problem."""

from sendeturm.i18n.language import (
    chosen_language,
    decimal,
    figure,
    ngettext,
    translate,
    use_language,
)
from sendeturm.i18n.wording import Worded, word

__all__ = [
    "Worded",
    "chosen_language",
    "decimal",
    "figure",
    "ngettext",
    "translate",
    "use_language",
    "word",
]
