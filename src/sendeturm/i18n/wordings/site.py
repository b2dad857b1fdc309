"""What the room `site` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "site.template": Wording(
        "the template does not work, so the page looks as if it were not there: {reason}",
        "mend the template; sendeturm preview shows the page",
    ),
    "site.template-endless": Wording(
        "the template does more than a page can need, so the page looks as if it were not there",
        "look for a loop in a loop, or a template that includes itself",
    ),
}
