"""What is said of the addresses that a feed had at former hosts."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "verifying.nothing-to-verify": Wording(
        "this show names no address that its feed had before",
        'write them under [show]: former_feeds = ["https://…"]; sendeturm import does so itself',
    ),
    "verifying.no-new-address": Wording(
        "this show has no public address yet that others could lead to",
        "set address under [storage], and publish",
    ),
    "verifying.lacks-episodes": Wording(
        "{count} episodes of this folder are not in the feed: {titles}",
        "publish them before the old host leads anybody here",
    ),
    "verifying.leads-for-now": Wording(
        "it leads here, but {url} says that it is for now only: apps keep the old address",
        "ask the old host for a permanent redirect (301)",
    ),
    "verifying.leads-elsewhere": Wording(
        "it leads to {url}, which is not this show's new feed",
        "correct the address at the old host; it must be the one above, letter by letter",
    ),
    "verifying.no-redirect": Wording(
        "it still answers with a feed of its own ({new} episodes there are not in the new one)",
        "set the permanent redirect at the old host; for new episodes there: sendeturm import",
    ),
    "verifying.no-feed-there": Wording(
        "it answers with something that is no feed, and leads nowhere",
        "set the permanent redirect at the old host",
    ),
    "verifying.old-gone": Wording(
        "it leads nobody here: {url} answers with {status}",
        "ask the old host to lead on from there; without it, listeners who read this address are"
        " lost",
    ),
}
