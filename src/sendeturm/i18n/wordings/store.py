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
    "store.no-webspace": Wording(
        "there is an address or a command for a webspace, but no folder",
        'name the folder for feed and pages under [storage], webspace = "webspace"',
    ),
    "store.no-webspace-address": Wording(
        "feed and pages have a place of their own, but no public address",
        'set [storage] webspace_address = "https://…" to where that folder is read',
    ),
    "store.webspace-in-place": Wording(
        "the folder for feed and pages and the place {place} lie in each other",
        "name a folder of its own for feed and pages: webspace",
    ),
    "store.carrier-missing": Wording(
        "{name}, which carries feed and pages to your webspace, cannot be run ({reason})",
        "install it, or correct [storage] webspace_command; everything else is published",
    ),
    "store.carrier-stalled": Wording(
        "{name}, which carries feed and pages to your webspace, did not end within {minutes}"
        " minutes",
        "run it by hand to see why; the next publish or feed tries again",
    ),
    "store.carrier-failed": Wording(
        "{name}, which carries feed and pages to your webspace, failed ({code_number}): {said}",
        "mend what it says; the next publish or feed tries again",
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
    # Keys to a bucket
    "store.no-credentials": Wording(
        "there are no access keys for {place}",
        "put the two keys of your provider into ~/.aws/credentials, or into AWS_ACCESS_KEY_ID and"
        " AWS_SECRET_ACCESS_KEY",
    ),
    "store.half-credentials": Wording(
        "only one of the two access keys for {place} is set",
        "set both, the key and its secret, in ~/.aws/credentials or in the environment",
    ),
    "store.no-profile": Wording(
        "there is no profile {profile} in your AWS files",
        "add [{profile}] with the two keys to ~/.aws/credentials, or correct the profile's name",
    ),
    "store.broken-aws-file": Wording(
        "your AWS settings cannot be read",
        "look for a broken line in ~/.aws/config and ~/.aws/credentials",
    ),
    "store.odd-keys": Wording(
        "the access keys for {place} contain characters that no key has",
        "copy them again from your provider, without blanks and line breaks",
    ),
    "store.keys-not-kept": Wording(
        "the two keys cannot be kept ({reason})",
        "see whether you may write this file, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ),
    "store.wrong-access-key": Wording(
        "the provider does not know the access key for {place}",
        "copy the key again from your provider, and see whether the endpoint is the right one",
    ),
    "store.wrong-secret": Wording(
        "the secret key for {place} does not belong to the access key",
        "copy both keys again from your provider",
    ),
    "store.expired-keys": Wording(
        "the access to {place} has expired",
        "sign in again with your provider's tool, or get new keys",
    ),
    "store.not-allowed": Wording(
        "these access keys may not do this in {place} ({code})",
        "allow them to list, read, write and delete in the bucket {bucket}, and check both keys",
    ),
    # What a bucket answers
    "store.no-bucket": Wording(
        "there is no bucket {bucket} here",
        "make it in your provider's console, or correct name, endpoint and region",
    ),
    "store.wrong-region": Wording(
        "the bucket {bucket} is in another region ({region})",
        "set [storage] region to the bucket's region, and take the endpoint of that region",
    ),
    "store.bad-region": Wording(
        "the region cannot be the name of a region",
        "write [storage] region as your provider names it: eu-central-1",
    ),
    "store.bucket-full": Wording(
        "there is no room left in {place} ({code})",
        "raise the limit at your provider or delete what is no longer needed; what was published"
        " before is untouched",
    ),
    "store.clock-wrong": Wording(
        "this computer's clock is about {minutes} minutes off, so {place} refuses",
        "set the clock right (let it be set from the network), then run it again",
    ),
    "store.busy": Wording(
        "{place} is overloaded or has trouble of its own ({code})",
        "run it again in a few minutes; what is finished is not sent again",
    ),
    "store.trying-again": Wording(
        "{place} did not answer as it should, so it is asked again ({attempt} of {of})",
    ),
    "store.refused": Wording(
        "{place} refuses this ({code})",
        "look the word in brackets up in your provider's documentation, or ask its support",
    ),
    "store.damaged-on-the-way": Wording(
        "{name} was damaged on the way to {place}",
        "run it again; if it happens again, check the network",
    ),
    "store.upload-differs": Wording(
        "{name} is in {place}, but not as it was sent",
        "run it again; see whether another program writes to the same place",
    ),
    "store.file-changed": Wording(
        "this file changed while it was being sent",
        "wait until it is finished, then run it again",
    ),
    # The way to a bucket
    "store.unknown-endpoint": Wording(
        "there is no server {endpoint}, or this computer is offline",
        "see whether the endpoint is spelled as your provider gives it, and the network works",
    ),
    "store.endpoint-silent": Wording(
        "{endpoint} does not answer",
        "see whether the endpoint and its port are right, the server runs and the network works",
    ),
    "store.endpoint-stalled": Wording(
        "the connection to {place} broke off",
        "run it again; what is finished is not sent again",
    ),
    "store.proxy-silent": Wording(
        "the proxy that this computer uses does not answer",
        "correct HTTPS_PROXY and HTTP_PROXY, or unset them",
    ),
    "store.untrusted-certificate": Wording(
        "the certificate of {endpoint} is not trusted",
        "if the server is your own, name its certificate authority in AWS_CA_BUNDLE; otherwise"
        " check the endpoint's address",
    ),
    "store.no-https": Wording(
        "{endpoint} does not speak https",
        "check the endpoint's address and port; a server in your own network may want http://",
    ),
    "store.not-s3": Wording(
        "the endpoint answers, but not as an S3 storage does",
        "check the endpoint: it is not the address of a website or of the public bucket",
    ),
    "store.connection-failed": Wording(
        "{place} cannot be reached ({reason})",
        "check network and endpoint, then run it again",
    ),
    # Preview
    "store.port-taken": Wording(
        "port {port} is in use by another program, perhaps by another preview",
        "close that one, or choose another port",
    ),
    "store.port-refused": Wording(
        "port {port} cannot be used ({reason})",
        "choose a port between 1024 and 65535",
    ),
    "store.not-loopback": Wording(
        "preview serves this computer only, not {host}",
        "use 127.0.0.1; for others to hear it, publish the show",
    ),
}
