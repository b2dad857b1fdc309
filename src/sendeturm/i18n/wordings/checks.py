"""What the rooms `checks` and `rss` say; the rules themselves stand in `checks.rules`."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "rss.not-a-feed": Wording(
        "this is no podcast feed", "check the address: it may lead to a web page instead"
    ),
    # The show's cover
    "SND101": Wording("there is no cover picture", "put a square JPEG of 3000 × 3000 pixels there"),
    "SND102": Wording(
        "the cover is too small: {width} × {height} pixels",
        "take a picture of at least {minimum} × {minimum} pixels, better 3000 × 3000",
    ),
    "SND103": Wording("the cover is not square: {width} × {height} pixels", "cut it to a square"),
    "SND104": Wording("the cover is a {format} picture", "listeners get a copy as JPEG"),
    "SND105": Wording(
        "the cover is saved with {mode} colours, not RGB", "listeners get a copy with RGB colours"
    ),
    "SND106": Wording(
        "the cover is larger than directories take: {width} × {height} pixels",
        "listeners get a copy of {maximum} × {maximum} pixels",
    ),
    "SND107": Wording(
        "the cover is a large file: {kilobytes} kB", "listeners get a lighter copy, under 500 kB"
    ),
    # The show's words
    "SND111": Wording(
        "Apple has no category {category}", "choose one of Apple's list; the nearest: {nearest}"
    ),
    "SND112": Wording(
        "the description is too long: {size} bytes", "apps show the first 4000 bytes; shorten it"
    ),
    "SND113": Wording(
        "nobody knows the language {language}",
        "write the language's two letters, not the country's: {nearest}",
    ),
    # The show's address
    "SND121": Wording(
        "the show has no public address yet: only this computer can hear it so far",
        'give the place where it is stored under [storage], address = "https://…"',
    ),
    "SND122": Wording(
        "the address is not encrypted: {address}",
        "write https:// if your storage answers there; some apps refuse anything else",
    ),
    "SND123": Wording(
        "the address has letters that some apps cannot follow", "write it as {ascii}"
    ),
    # An episode's words
    "SND201": Wording(
        "the title begins with the episode's number: {title}",
        "leave it out of the title and write number = {number}; apps show it beside the title",
    ),
    "SND202": Wording(
        "the title has characters that cannot be seen; they are left out",
        "write the title anew in a plain editor",
    ),
    "SND203": Wording(
        "the title has markup in it, which apps show as it is: {markup}",
        "write the title as plain text",
    ),
    "SND204": Wording(
        "the notes are long: {size} bytes",
        "some apps show the first 4000 bytes only; put what matters at the top",
    ),
    # An episode's chapters
    "SND211": Wording(
        "there are fewer than three chapters: {count}",
        "Apple and Spotify show chapters from three on",
    ),
    "SND212": Wording(
        "the first chapter begins at {start}",
        "let it begin at 0:00, or Apple and Spotify will not show the chapters",
    ),
    # The identity of records
    "SND301": Wording(
        "two episodes have the same identity: {title} and {other}",
        "an episode's file was copied: delete the line guid from the copy",
    ),
    "SND302": Wording(
        "two episodes share one sound file: {title} and {other}",
        "give each its own recording; apps would show only one of them",
    ),
    "SND303": Wording(
        "two episodes have the same page address: {title} and {other}",
        "give one of them another slug",
    ),
    "SND304": Wording(
        "the identity of {title} has characters that a feed cannot hold",
        "correct the line guid before the episode is published",
    ),
    # What is heard of records
    "SND311": Wording("{title} has no sound file", "publish it again with its recording"),
    "SND312": Wording("the sound file of {title} is empty", "publish it again"),
    "SND313": Wording(
        "the sound file of {title} is of no kind that apps can play: {type}", "publish it again"
    ),
    "SND314": Wording(
        "Apple knows M4A files as audio/x-m4a only, but {title} says {type}", "publish it again"
    ),
    "SND315": Wording(
        "in {title} the chapter {chapter} begins at {start}, after the end at {end}",
        "correct its time or leave it out",
    ),
    # Words and numbers of records
    "SND321": Wording("an episode has no title", "write one at the top of its file"),
    "SND322": Wording(
        "the show is to be heard in order, but {title} has no number",
        'write number = … at the top of its file, or type = "episodic" under [show]',
    ),
    "SND323": Wording(
        "two episodes have the number {number}: {title} and {other}", "correct one of them"
    ),
}
