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
    "web.private": Wording(
        "the address lies in a private network, where others could not read it either",
        "name an address on the open web; if your own network is meant, allow it: --allow-private",
    ),
    # Downloads
    "web.gone": Wording(
        "the file is not there any more",
        "look for it on the old host's pages; without it there is nothing to hear",
    ),
    "web.file-too-large": Wording(
        "the file is larger than {most_mb} MB",
        "see whether the address is right; what is meant to be that large needs a higher limit",
    ),
    "web.broken-off": Wording(
        "the connection breaks again and again before the file is whole",
        "run it again later: it goes on where it stopped",
    ),
    "web.disk-full": Wording(
        "there is no room left on the disk for the download",
        "make room there and run it again: it goes on where it stopped",
    ),
    "web.unwritable": Wording(
        "the download cannot be written: {reason}",
        "see whether the folder exists and you may write there",
    ),
}
