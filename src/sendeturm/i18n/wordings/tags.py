"""What the room `tags` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "tags.disk-full": Wording(
        "there is no room left on the disk for title, chapters and cover",
        "make room there, then run it again",
    ),
    "tags.read-only": Wording(
        "the audio file cannot be written: {reason}",
        "check who may write to it and to its folder",
    ),
    "tags.missing": Wording(
        "the audio file is not there any more",
        "run it again; if it stays away, delete the folder .sendeturm/ beside sendeturm.toml",
    ),
    "tags.broken": Wording(
        "title and chapters of the audio file cannot be read or written: {reason}",
        "check that the file plays, or make it again",
    ),
    "tags.unknown-kind": Wording(
        "title and chapters can be written into .mp3, .m4a and .opus files, not into {suffix}",
        "use one of these",
    ),
}
