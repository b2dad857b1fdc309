"""What the room `web` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "web.no-address": Wording(
        "this is no web address that can be asked", "write it in full, with https://"
    ),
    "web.unreachable": Wording(
        "nobody answers there", "check the address, and whether this computer is online"
    ),
    "web.too-slow": Wording("the answer takes too long", "try again later"),
    "web.too-large": Wording(
        "the answer is larger than {most_mb} MB", "check the address: it may lead to a sound file"
    ),
    "web.refused": Wording(
        "the server answers with {status}", "check the address in a browser: it must open there"
    ),
    "web.no-trust": Wording(
        "the server cannot show that it is who it says it is",
        "its certificate may have expired; apps would not read the feed either",
    ),
    "web.leads-elsewhere": Wording(
        "the address leads on to {to}, which is not followed",
        "name the address that is really meant",
    ),
    "web.leads-round": Wording(
        "the address leads on and on", "name the address that is really meant"
    ),
    "web.bad-answer": Wording(
        "the server answers in a way that cannot be read ({reason})", "try again later"
    ),
}
