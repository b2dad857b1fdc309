"""What the room `store` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {}
