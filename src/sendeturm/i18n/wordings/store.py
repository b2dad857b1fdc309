"""What the room `store` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    # Names and places
    "store.bad-name": Wording(
        "the name {name} cannot be stored",
        "use only letters a to z, digits, dots, hyphens and underscores in names",
    ),
    "store.unknown-place": Wording(
        "a place that begins with {scheme}: is not supported",
        "write a folder (public) or a bucket (s3://bucket/prefix)",
    ),
    "store.bad-bucket-name": Wording(
        "{bucket} cannot be the name of a bucket",
        "write s3://bucket/prefix; a bucket's name has 3 to 63 letters, digits, dots and hyphens",
    ),
    "store.bad-prefix": Wording(
        "{prefix} cannot be the path inside the bucket",
        "use only letters a to z, digits, dots, hyphens, underscores and slashes between",
    ),
    "store.secret-in-place": Wording(
        "a user name or password is written into the address of the storage",
        "take it out of here, and keep the two keys in ~/.aws/credentials or in the environment",
    ),
    "store.bad-endpoint": Wording(
        "the endpoint is not an address",
        "write it as your provider gives it: https://s3.example.com",
    ),
    "store.place-holds-show": Wording(
        "the place {place} is the show's own folder or contains it",
        "name a folder of its own for what is published: public",
    ),
    "store.place-in-sources": Wording(
        "the place {place} lies in {folder}, where it would mix with your own files",
        "name a folder of its own for what is published: public",
    ),
    "store.place-is-file": Wording(
        "the place {place} is a file",
        "name a folder; it is made if it is not there",
    ),
    # Folders
    "store.unreadable-file": Wording(
        "this file cannot be read ({reason})",
        "see whether it is still there and whether you may read it",
    ),
    "store.link-in-the-way": Wording(
        "in {place} a link to another folder stands where {name} should be stored",
        "replace the link by a real folder; links inside the published folder are not followed",
    ),
    "store.disk-full": Wording(
        "there is no room left for {name} in {place}",
        "free some space and run it again; what was published before is untouched",
    ),
    "store.no-permission": Wording(
        "{place} may not be written or read here ({name}: {reason})",
        "give yourself the right to read and write this folder, or choose another place",
    ),
    "store.name-taken": Wording(
        "{name} cannot be stored in {place}: a file or folder of that name is in the way",
        "move away what is there, then run it again",
    ),
    "store.disk-failed": Wording(
        "{place} cannot be used ({name}: {reason})",
        "see whether the disk is connected and healthy, then run it again",
    ),
}
