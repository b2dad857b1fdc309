"""Whether anyone can read a show over its public address, as podcast apps and browsers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sendeturm.store.anyone import Heard, UnreadableError, ask_anyone, is_private
from sendeturm.store.findings import Finding, bad, better, odd, well
from sendeturm.store.protocol import ObjectMeta

if TYPE_CHECKING:
    from sendeturm.store.scratch import Scratch

SOUND = ObjectMeta("audio/mpeg", "no-store")
PAGE = ObjectMeta("text/html; charset=utf-8", "no-store")
RECORD = ObjectMeta("application/json; charset=utf-8", "no-store")
BODY = bytes(range(256)) * 16
RANGE = "bytes=100-199"
ORIGIN = "https://player.example"
LISTING = b"<ListBucketResult"
OK, PARTIAL, NO_CONTENT = 200, 206, 204
REFUSED = (401, 403)


@dataclass(frozen=True, slots=True)
class Reading:
    """The public address of a place, without a trailing slash, and scratch objects there."""

    address: str
    sound: str
    page: str
    record: str

    def at(self, key: str) -> str:
        """Return the public address of a key."""
        return f"{self.address}/{key}"


def reading_of(address: str, room: Scratch) -> Reading:
    """Put what is going to be read; raises SendeturmError."""
    return Reading(
        address.rstrip("/"),
        room.put("scratch.mp3", BODY, SOUND, is_public=True),
        room.put("index.html", f"<p>{room.token}</p>".encode(), PAGE, is_public=True),
        room.put("record.json", b'{"probe": true}', RECORD),
    )


def reads(reading: Reading) -> bool:
    """Tell whether anyone gets the scratch sound at this address."""
    try:
        return ask_anyone(reading.at(reading.sound)).body == BODY
    except UnreadableError:
        return False


def look(reading: Reading, bucket_address: str = "") -> Iterator[Finding]:
    """Yield what anyone can and cannot read; `bucket_address` is the bucket at its endpoint."""
    try:
        got = ask_anyone(reading.at(reading.sound))
    except UnreadableError as error:
        yield bad("reading", error.code, host=error.host)
        return
    yield from _about_address(reading, got)
    if got.body != BODY:
        yield _unreadable(reading, got)
    else:
        yield from _redirects(reading, got)
        yield from _sound(reading, got)
        yield _folders(reading)
        yield _cors(reading)
    yield _listing(reading, bucket_address)
    yield _records(reading)


def _about_address(reading: Reading, got: Heard) -> Iterator[Finding]:
    """Yield what is to be said of the address itself: who can reach it, and how safely."""
    if is_private(reading.address):
        yield odd("address", "probe.only-here", address=reading.address)
    elif reading.address.startswith("https:"):
        yield well("https", "probe.https")
    elif got.address.startswith("https:") or _reads_by_https(reading):
        safe = reading.address.replace("http:", "https:", 1)
        yield better(odd("https", "probe.https-there", address=safe), address=safe)
    else:
        yield odd("https", "probe.no-https")


def _reads_by_https(reading: Reading) -> bool:
    safe = reading.address.replace("http:", "https:", 1)
    return reads(Reading(safe, reading.sound, reading.page, reading.record))


def _unreadable(reading: Reading, got: Heard) -> Finding:
    if got.status in REFUSED:
        return bad("reading", "probe.not-public", status=got.status)
    if got.status == OK:
        return bad("reading", "probe.something-else", address=reading.address)
    return bad("reading", "probe.not-found", status=got.status, address=reading.address)


def _redirects(reading: Reading, got: Heard) -> Iterator[Finding]:
    hops = len(got.chain) - 1
    if not hops:
        yield well("redirects", "probe.no-redirects")
        return
    found = odd("redirects", "probe.redirected", count=hops, address=got.address)
    end = f"/{reading.sound}"
    if got.address.endswith(end):
        address = got.address.removesuffix(end)
        found = better(
            odd("redirects", "probe.redirected", count=hops, address=address), address=address
        )
    yield found


def _sound(reading: Reading, got: Heard) -> Iterator[Finding]:
    """Yield how a podcast app fares with the sound: asked for its facts, whole and in part."""
    found = [*_headers(got), *_head(reading), *_range(reading)]
    yield from found or [well("reading", "probe.readable")]


def _headers(got: Heard) -> Iterator[Finding]:
    kind = got.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != SOUND.content_type:
        yield bad("reading", "probe.wrong-type", type=kind or "-")
    if got.headers.get("content-encoding", "identity").lower() != "identity":
        yield bad("reading", "probe.encoded", encoding=got.headers["content-encoding"])
    if got.headers.get("content-length") != str(len(BODY)):
        yield odd("reading", "probe.no-length")
    if not {"etag", "last-modified"} & got.headers.keys():
        yield odd("reading", "probe.no-etag")


def _head(reading: Reading) -> Iterator[Finding]:
    try:
        head = ask_anyone(reading.at(reading.sound), "HEAD")
    except UnreadableError as error:
        yield bad("reading", error.code, host=error.host)
        return
    if head.status != OK:
        yield bad("reading", "probe.no-head", status=head.status)
    elif head.headers.get("content-length") != str(len(BODY)):
        yield bad("reading", "probe.head-length", length=head.headers.get("content-length", "-"))


def _range(reading: Reading) -> Iterator[Finding]:
    try:
        part = ask_anyone(reading.at(reading.sound), headers={"Range": RANGE})
    except UnreadableError as error:
        yield bad("reading", error.code, host=error.host)
        return
    if part.status != PARTIAL or part.body != BODY[100:200]:
        yield bad("reading", "probe.no-public-ranges", status=part.status)


def _folders(reading: Reading) -> Finding:
    """Return whether a folder's address gives the page in it: then pages have short addresses."""
    folder = reading.page.removesuffix("index.html")
    try:
        got = ask_anyone(reading.at(folder))
    except UnreadableError:
        return well("folders", "probe.no-folders")
    token = folder.encode().removeprefix(b"probe-").rstrip(b"/")
    is_page = got.status == OK and got.body == b"<p>" + token + b"</p>"
    return well("folders", "probe.folders" if is_page else "probe.no-folders")


def _cors(reading: Reading) -> Finding:
    """Return whether players on other websites may read sound and transcripts."""
    allowed = "access-control-allow-origin"
    asks = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "range",
    }
    try:
        got = ask_anyone(reading.at(reading.sound), headers={"Origin": ORIGIN})
        before = ask_anyone(reading.at(reading.sound), "OPTIONS", asks)
    except UnreadableError:
        return odd("cors", "probe.no-cors")
    if got.headers.get(allowed) not in ("*", ORIGIN):
        return odd("cors", "probe.no-cors")
    headers = before.headers.get("access-control-allow-headers", "").lower()
    may_ask = before.status in (OK, NO_CONTENT) and ("range" in headers or headers.strip() == "*")
    exposed = got.headers.get("access-control-expose-headers", "").lower()
    sees = "content-range" in exposed or exposed.strip() == "*"
    return well("cors", "probe.cors") if may_ask and sees else odd("cors", "probe.half-cors")


def _listing(reading: Reading, bucket_address: str) -> Finding:
    """Return whether anyone can see the names of all objects, those of planned episodes too."""
    root = f"{urlsplit(reading.address).scheme}://{urlsplit(reading.address).netloc}/"
    folder = reading.record.rpartition("/")[0]
    places = [root, f"{reading.address}/", reading.at(f"{folder}/")]
    places += [bucket_address] if bucket_address else []
    asked = [*places, *(f"{place}?list-type=2&max-keys=1" for place in places)]
    for address in dict.fromkeys(asked):
        try:
            body = ask_anyone(address).body
        except UnreadableError:
            continue
        if LISTING in body or (address.startswith(reading.at(folder)) and b"record.json" in body):
            return bad("listing", "probe.listed", address=address.partition("?")[0])
    return well("listing", "probe.not-listed")


def _records(reading: Reading) -> Finding:
    try:
        got = ask_anyone(reading.at(reading.record))
    except UnreadableError:
        return well("records", "probe.records-hidden")
    return well("records", "probe.records-open" if got.status == OK else "probe.records-hidden")
