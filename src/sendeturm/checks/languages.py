"""The two-letter languages of ISO 639-1; of three-letter codes there are too many to list."""

from __future__ import annotations

from typing import Final

_LIST: Final = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv "
    "cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
    "ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw "
    "ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr "
    "ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu "
)
TWO_LETTERS: Final = frozenset(_LIST.split())

_MISTAKEN: Final = {
    "at": "de-AT", "cn": "zh", "cz": "cs", "dk": "da", "gb": "en-GB",
    "gr": "el", "jp": "ja", "kp": "ko", "ua": "uk", "us": "en-US",
}  # fmt: skip  # a table


def is_language(code: str) -> bool:
    """Say whether `code` begins with a language that ISO 639 knows or, of three letters, may."""
    language = code.partition("-")[0]
    return language in TWO_LETTERS or len(language) == len("deu")


def meant_language(code: str) -> str | None:
    """Return the language that a country's code was probably written for."""
    return _MISTAKEN.get(code.partition("-")[0])
