"""What `sendeturm doctor` says about a storage."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    # The way in
    "probe.keys": Wording("the two keys may list, write, read and delete"),
    "probe.region": Wording("the region fits ({region})"),
    "probe.other-region": Wording(
        "the bucket is in the region {region}", 'set [storage] region = "{region}"'
    ),
    "probe.addressing": Wording("the bucket is found ({style})"),
    "probe.other-addressing": Wording(
        "the bucket is found only if it is named in another way",
        'set [storage] addressing_style = "{style}"',
    ),
    "probe.clock": Wording("this computer's clock is right"),
    "probe.clock-off": Wording(
        "this computer's clock is about {minutes} minutes off",
        "set it right (let it be set from the network): from 15 minutes on nothing can be sent",
    ),
    # What it does
    "probe.folder": Wording("the folder can be written and read"),
    "probe.kept": Wording("what is put comes back unchanged, with its type"),
    "probe.changed": Wording(
        "what is put does not come back as it was ({what})",
        "ask the provider's support, or take another one, if this says body, content-type or"
        " content-encoding: apps may refuse such files",
    ),
    "probe.md5-checked": Wording("damage on the way is noticed"),
    "probe.md5-ignored": Wording(
        "damage on the way is not noticed by this storage",
        "nothing to do: sendeturm looks at every file again when it is there",
    ),
    "probe.conditions-quoted": Wording("several computers may publish at once: they notice it"),
    "probe.conditions-unquoted": Wording(
        "several computers may publish at once: they notice it (in this storage's own way)"
    ),
    "probe.conditions-swap-only": Wording(
        "several computers may publish at once: they notice it when they change the same episode"
    ),
    "probe.conditions-none": Wording(
        "this storage cannot tell two computers that publish at the same moment from each other",
        "nothing to do: sendeturm looks again after writing; just do not change the same episode"
        " on two computers at once",
    ),
    "probe.conditions-ignored": Wording(
        "this storage says that nobody else has written, even if somebody has",
        "nothing to do: sendeturm does not rely on it; just do not change the same episode on two"
        " computers at once",
    ),
    "probe.conditions-raced": Wording(
        "of several computers that write at the same moment, this storage tells more than one that"
        " it came first",
        "nothing to do: sendeturm does not rely on it; just do not change the same episode on two"
        " computers at once",
    ),
    "probe.parts": Wording("large files are sent in parts, and taken up again after a break"),
    "probe.no-resuming": Wording(
        "large files are sent in parts, but begin anew after a break",
        "nothing to do; on a slow line, keep the computer awake while it sends",
    ),
    "probe.no-parts": Wording(
        "large files cannot be sent in parts",
        "nothing to do: they are sent whole, and begin anew after a break",
    ),
    "probe.ranges": Wording("parts of a file can be asked for"),
    "probe.no-ranges": Wording(
        "whoever asks for a part of a file with keys gets all of it",
        "nothing to do, if the public address does better (see below)",
    ),
    "probe.clean": Wording("what was written for this examination is gone again"),
    "probe.left": Wording(
        "{count} files of this examination could not be removed ({name} …)",
        "allow the keys to delete, then run sendeturm doctor again after an hour",
    ),
    # Who can read it
    "probe.no-address": Wording(
        "there is no public address yet",
        'set [storage] address = "https://…" to where anyone can read this place',
    ),
    "probe.address-found": Wording(
        "there is no public address yet, but anyone can read this place at {address}",
        'set [storage] address = "{address}", or one of your own that leads there',
    ),
    "probe.only-here": Wording(
        "{address} leads to this computer or its own network only",
        "take an address that everyone can reach before you publish",
    ),
    "probe.https": Wording("the address is a safe one (https)"),
    "probe.https-there": Wording(
        "the address begins with http, but https works as well",
        'set [storage] address = "{address}"',
    ),
    "probe.no-https": Wording(
        "the address works without https only",
        "turn on https at your provider or web host: Apple and most apps ask for it",
    ),
    "probe.no-redirects": Wording("the address leads straight there"),
    "probe.redirected": Wording(
        "the address leads there over {count} others",
        "set [storage] address to the last one, unless the first is your own domain: {address}",
    ),
    "probe.redirects-endless": Wording(
        "from {host} the address leads from one place to the next without an end",
        "correct the redirects at your provider or web host",
    ),
    "probe.redirect-inside": Wording(
        "{host} leads on into a private network, where listeners cannot follow",
        "correct the redirects at your provider or web host",
    ),
    "probe.odd-redirect": Wording(
        "{host} leads on to something that is no web address",
        "correct the redirects at your provider or web host",
    ),
    "probe.readable": Wording(
        "anyone can read it: size, type and parts are right, as podcast apps need them"
    ),
    "probe.not-public": Wording(
        "nobody but you may read the files ({status})",
        "make the bucket's objects readable for everyone at your provider",
    ),
    "probe.not-found": Wording(
        "at {address} nothing is found of what was just written ({status})",
        "set [storage] address to where anyone can read this very place, its path included",
    ),
    "probe.something-else": Wording(
        "at {address} there is something else than was just written",
        "set [storage] address to where anyone can read this very place, its path included",
    ),
    "probe.no-host": Wording(
        "there is no server {host}",
        "correct [storage] address, or wait until your domain is set up",
    ),
    "probe.silent": Wording(
        "{host} does not answer as a web server does, or too slowly",
        "see whether [storage] address is right and try again",
    ),
    "probe.untrusted": Wording(
        "the certificate of {host} is not trusted, so apps will refuse it",
        "let your provider or web host issue one for this very name",
    ),
    "probe.wrong-type": Wording(
        "a sound file is announced as something else ({type})",
        "let the web server send audio/mpeg for .mp3 and audio/x-m4a for .m4a",
    ),
    "probe.encoded": Wording(
        "files are sent in a packed form ({encoding}) that apps cannot play",
        "turn off compression for sound at your provider or web host",
    ),
    "probe.no-length": Wording(
        "files are sent without their length, so apps show no progress",
        "turn off compression and changes on the way (optimisation) at your provider or web host",
    ),
    "probe.no-etag": Wording(
        "files carry no mark of their version, so apps fetch the feed whole every time",
        "let the web server send ETag or Last-Modified",
    ),
    "probe.no-head": Wording(
        "apps may not ask for a file's size alone ({status})",
        "allow HEAD beside GET at your provider or web host; Apple asks for it",
    ),
    "probe.head-length": Wording(
        "asked for a file's size alone, the answer is another one ({length})",
        "let HEAD answer as GET does at your provider or web host",
    ),
    "probe.no-public-ranges": Wording(
        "apps cannot ask for a part of a file, so nobody can jump in an episode ({status})",
        "turn on range requests at your provider or web host; Apple asks for them",
    ),
    "probe.folders": Wording("a folder's address opens the page in it"),
    "probe.no-folders": Wording(
        "a folder's address does not open the page in it; links name index.html in full"
    ),
    "probe.cors": Wording("players on other websites may read it"),
    "probe.no-cors": Wording(
        "players on other websites cannot read transcripts and chapters",
        "if you want that, add a CORS rule at your provider: origin *, methods GET and HEAD, header"
        " Range, exposed Content-Length, Content-Range, Accept-Ranges, ETag",
    ),
    "probe.half-cors": Wording(
        "players on other websites may read it, but not jump in it",
        "add to the CORS rule at your provider: header Range, exposed Content-Length,"
        " Content-Range, Accept-Ranges, ETag",
    ),
    "probe.not-listed": Wording("nobody else can see the list of files"),
    "probe.listed": Wording(
        "anyone can see the list of all files at {address}, those of planned episodes too",
        "turn off public listing at your provider, and leave reading of single files on",
    ),
    "probe.records-hidden": Wording("sendeturm's own notes (.sendeturm/) are closed to others"),
    "probe.records-open": Wording(
        "sendeturm's own notes (.sendeturm/) can be read by who knows their names; what is planned"
        " has names that cannot be guessed"
    ),
}
