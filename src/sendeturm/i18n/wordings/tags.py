"""What the room `tags` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {}
