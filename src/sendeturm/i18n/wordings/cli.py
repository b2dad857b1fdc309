"""What the room `cli` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "cli.no-show": Wording(
        "there is no show in {folder}",
        "go to the folder that has your sendeturm.toml, or begin a show there: sendeturm init",
    ),
    "cli.no-place": Wording(
        "there is no show in {folder}, and no place is named",
        "name the place where the show is published: sendeturm feed s3://bucket/prefix",
    ),
    "cli.recording-waits": Wording(
        "this recording waits, because it has no notes file yet",
        "publish it with sendeturm publish --bare, or write a notes file beside it,"
        " with the same name and the ending .md",
    ),
    "cli.bad-title": Wording(
        "this cannot be the title of an episode", "write one to 255 characters"
    ),
    "cli.checked-here-only": Wording(
        "only what lies on this computer was checked", "check again when the storage answers"
    ),
}
