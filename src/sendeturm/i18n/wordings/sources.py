"""What the room `sources` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {}
