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
    "SND104": Wording(
        "the cover is a {format} picture",
        "listeners get a copy as JPEG; sendeturm check --fix puts it here too",
    ),
    "SND105": Wording(
        "the cover is saved with {mode} colours, not RGB",
        "listeners get a copy with RGB colours; sendeturm check --fix puts it here too",
    ),
    "SND106": Wording(
        "the cover is larger than directories take: {width} × {height} pixels",
        "listeners get a copy of {maximum} × {maximum} pixels;"
        " sendeturm check --fix puts it here too",
    ),
    "SND107": Wording(
        "the cover is a large file: {kilobytes} kB",
        "listeners get a copy under 500 kB; sendeturm check --fix puts it here too",
    ),
    # A cover as a feed has it
    "SND131": Wording("the cover is a {format} picture", "make it a JPEG"),
    "SND132": Wording(
        "the cover is saved with {mode} colours, not RGB", "save it with RGB colours"
    ),
    "SND133": Wording(
        "the cover is larger than directories take: {width} × {height} pixels",
        "make it 3000 × 3000 pixels",
    ),
    "SND134": Wording("the cover is a large file: {kilobytes} kB", "bring it under 500 kB"),
    "SND135": Wording(
        "the cover's name ends in {ending}, but it is a {format} picture",
        "let the name say what the picture is; Apple refuses it otherwise",
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
    "SND401": Wording(
        "the feed is broken at line {at}: many apps stop reading there",
        "mend the text there: often an & that must be &amp;, or a tag that is not closed",
    ),
    "SND402": Wording(
        "the feed is written in {encoding}, not in UTF-8",
        "save it as UTF-8 and say so in its first line",
    ),
    "SND403": Wording(
        "the feed says it is RSS {version}", "apps read RSS 2.0: write version=2.0 at its beginning"
    ),
    "SND404": Wording(
        "{subject}: {tag} is not spelled as apps know it",
        "write {right}; small and capital letters count",
    ),
    "SND405": Wording(
        "{prefix} stands for {uri} here, which no app knows", "let it stand for {right}"
    ),
    "SND406": Wording(
        "the feed begins with a DOCTYPE, which apps do not read",
        "leave it out and write characters as they are",
    ),
    "SND407": Wording(
        "{subject}: {tag} stands there {count} times", "leave one; apps take any of them"
    ),
    "SND411": Wording("the show has no title", "write one into title"),
    "SND412": Wording("the show has no description", "write a few sentences into description"),
    "SND413": Wording(
        "{subject}: {tag} is too long: {size} bytes", "apps take 4000 bytes; shorten it"
    ),
    "SND414": Wording(
        "the feed names no cover picture", "name one in itunes:image, square, 1400 to 3000 pixels"
    ),
    "SND415": Wording(
        "{subject}: the picture's address leads nowhere: {url}", "write it in full, with https://"
    ),
    "SND416": Wording(
        "{subject}: the picture's name does not end as Apple asks: {url}",
        "let it end in .jpg or .png, as the picture is",
    ),
    "SND417": Wording("the feed does not say its language", "write it into language: de, en …"),
    "SND418": Wording(
        "nobody knows the feed's language {language}",
        "write the language's two letters, not the country's: {nearest}",
    ),
    "SND419": Wording("the show has no category", "choose one of Apple's list in itunes:category"),
    "SND420": Wording(
        "the feed names a category that Apple does not have: {category}",
        "choose one of Apple's list; the nearest: {nearest}",
    ),
    "SND421": Wording(
        "the feed does not say whether the show is for children",
        "write true or false into itunes:explicit",
    ),
    "SND422": Wording("{subject}: itunes:explicit says {value}", "write true or false"),
    "SND423": Wording("the feed names no web page of the show", "write its address into link"),
    "SND424": Wording(
        "the feed does not name its own address", "write it into atom:link with rel=self"
    ),
    "SND425": Wording(
        "the feed says its address is {url}, but it was found at {address}",
        "correct the one that is wrong: apps move to the address that the feed names",
    ),
    "SND426": Wording("the feed does not say who makes the show", "write it into itunes:author"),
    "SND427": Wording(
        "Apple has no kind of show called {value}", "write episodic or serial into itunes:type"
    ),
    "SND428": Wording(
        "the feed shows an owner's e-mail address, which Apple no longer asks for",
        "leave itunes:owner out: it attracts unwanted mail",
    ),
    "SND429": Wording(
        "the feed says it has moved, but not where to: {url}",
        "write the new address in full, or leave itunes:new-feed-url out",
    ),
    "SND430": Wording(
        "the feed asks directories not to list it", "if that is not meant, leave itunes:block out"
    ),
    "SND431": Wording("{subject}: {tag} is too long: {length} characters", "shorten it to 255"),
    "SND432": Wording("{subject}: {tag} begins or ends with blanks", "leave them out"),
    "SND433": Wording(
        "the feed has no episode", "directories take a show from its first episode on"
    ),
    "SND435": Wording(
        "{subject}: the address has letters that some apps cannot follow: {url}",
        "write them as % and two digits, or rename the file",
    ),
    "SND436": Wording(
        "{subject}: the address is not encrypted: {url}",
        "write https:// if it answers there; some apps refuse anything else",
    ),
    "SND501": Wording("{subject}: the episode has no title", "write one into title"),
    "SND502": Wording(
        "{subject}: the episode has no sound file",
        "name its address, its size in bytes and its kind",
    ),
    "SND503": Wording(
        "{subject}: the sound file's address leads nowhere: {url}",
        "write it in full, with https://",
    ),
    "SND504": Wording(
        "{subject}: the sound file's size is not said in bytes: {value}",
        "write the number of bytes into length",
    ),
    "SND505": Wording(
        "{subject}: the sound file's size is 0", "write the number of bytes into length"
    ),
    "SND506": Wording(
        "{subject}: the sound file is of no kind that apps can play: {type}",
        "write its kind into type: audio/mpeg for MP3",
    ),
    "SND507": Wording(
        "{subject}: Apple knows M4A files as audio/x-m4a only, not as {type}",
        "write audio/x-m4a into type",
    ),
    "SND508": Wording(
        "{subject}: the episode has no identity",
        "give it a guid that never changes, or apps guess and download it again",
    ),
    "SND509": Wording(
        "{subject} has the same identity as {other}: {value}",
        "give each an identity of its own; apps show only one of them",
    ),
    "SND510": Wording(
        "{subject} has the same sound file as {other}: {value}",
        "give each its own; apps show only one of them",
    ),
    "SND511": Wording(
        "{subject}: the episode has more than one sound file",
        "leave one; apps know other formats by a podcast: tag of their own",
    ),
    "SND512": Wording("{subject}: the episode has no date", "write one into pubDate"),
    "SND513": Wording(
        "{subject}: apps cannot read the date {value}",
        "write it in English: Fri, 20 Nov 2026 06:00:00 +0100",
    ),
    "SND514": Wording(
        "{subject}: the date has no time zone that apps know: {value}",
        "put the difference to UTC after it: +0100",
    ),
    "SND515": Wording(
        "{subject}: the weekday does not belong to the date {value}",
        "write {right}, or leave the weekday out",
    ),
    "SND516": Wording(
        "{subject}: the episode is dated in the future: {value}",
        "apps hide it until then, or show it at once; put it into the feed when it is due",
    ),
    "SND517": Wording(
        "{subject}: the feed does not say how long the episode is",
        "write the seconds into itunes:duration",
    ),
    "SND518": Wording(
        "{subject}: apps cannot read the length {value}", "write it in seconds, or as 1:02:03"
    ),
    "SND521": Wording(
        "{subject}: apps know no kind of episode called {value}",
        "write full, trailer or bonus into itunes:episodeType",
    ),
    "SND522": Wording(
        "{subject}: {tag} is no number from 1 on: {value}", "write plain digits, or leave it out"
    ),
    "SND523": Wording(
        "{subject}: the show is to be heard in order, but the episode has no number",
        "write it into itunes:episode",
    ),
    "SND524": Wording(
        "{subject}: the title begins with the number {number}",
        "leave it out of the title and write it into itunes:episode",
    ),
    "SND525": Wording(
        "{subject}: the title has markup in it, which apps show as it is: {markup}",
        "write it as plain text",
    ),
    "SND526": Wording(
        "{subject}: {size} is no size in bytes for {seconds} seconds of sound",
        "write the number of bytes into length, not the seconds",
    ),
    "SND527": Wording(
        "{subject}: {tag} holds {markup} as part of the feed; apps lose the words in it",
        "put the text into CDATA, or write < as &lt;",
    ),
    "SND528": Wording(
        "{subject}: {tag} opens or closes something only once: {markup}",
        "close what is opened, or leave it out",
    ),
    "SND529": Wording(
        "{subject}: {tag} holds a program or a frame, which apps remove: {markup}", "leave it out"
    ),
    "SND530": Wording(
        "{subject}: {tag} holds markup that few apps show: {markup}",
        "keep to paragraphs, lists, links, bold and italics",
    ),
    "SND531": Wording(
        "{subject}: a link in {tag} leads nowhere from an app: {url}",
        "write addresses in full, with https://",
    ),
    "SND532": Wording(
        "{subject}: the sound file ends in {ending}, but is called {type}",
        "make both say the same, or some apps will not play it",
    ),
    "SND533": Wording(
        "{subject}: the identity is said to be an address, and is none",
        "write isPermaLink=false beside it",
    ),
    "SND534": Wording("{subject} has the number {number}, as {other} has", "correct one of them"),
    "SND538": Wording(
        "{subject}: nothing is said about the episode", "write a few sentences into description"
    ),
    "SND601": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "it must be a UUID, as Podcast Index computes it from the feed's first address",
    ),
    "SND603": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write yes or no, and an e-mail address as owner",
    ),
    "SND604": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give a web address in url and up to 128 characters of text",
    ),
    "SND605": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give a web address in url and one of the known kinds in type: text/vtt,"
        " application/x-subrip …",
    ),
    "SND606": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give a web address in url, and application/json+chapters in type",
    ),
    "SND607": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give startTime and duration in seconds, within the episode",
    ),
    "SND608": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write a name of up to 128 characters, and web addresses in href and img",
    ),
    "SND609": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "take a role and a group of the podcast taxonomy: host, guest, cast …",
    ),
    "SND610": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write a place's name, geo as geo:53.5,10.0, and osm as R113314",
    ),
    "SND611": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write a whole number, and a name of up to 128 characters",
    ),
    "SND612": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write a number, and up to 32 characters in display",
    ),
    "SND613": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give a title, a web address in url, and an English date in pubdate",
    ),
    "SND614": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write a licence's short name, such as cc-by-4.0, or give its address in url",
    ),
    "SND615": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give the kind in type, whole numbers for sizes, and at least one podcast:source",
    ),
    "SND616": Wording("{subject}: {tag} has a wrong {part}: {value}", "give an address in uri"),
    "SND617": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write sri or pgp-signature into type, and the proof into value",
    ),
    "SND618": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give type and method, and at least one podcast:valueRecipient",
    ),
    "SND619": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give type and address, and a whole number in split",
    ),
    "SND620": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write one of the known media: podcast, music, audiobook …",
    ),
    "SND621": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write up to 128 characters of text, and the rule as FREQ=WEEKLY",
    ),
    "SND622": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "put at least one podcast:remoteItem into it",
    ),
    "SND623": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give the other feed's permanent identity, a UUID",
    ),
    "SND624": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "name a known protocol and give the first post's address in uri",
    ),
    "SND625": Wording("{subject}: {tag} has a wrong {part}: {value}", "name server and protocol"),
    "SND626": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write up to 4000 characters, and up to 128 in purpose",
    ),
    "SND627": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "write yes or no, and a directory's short name in id",
    ),
    "SND628": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give a web address in href, and whole numbers for width and height",
    ),
    "SND629": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give status as pending, live or ended, and when it begins in start",
    ),
    "SND630": Wording(
        "{subject}: {tag} has a wrong {part}: {value}", "write true or false into usesPodping"
    ),
    "SND631": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "put a podcast:remoteItem of the publisher into it",
    ),
    "SND632": Wording(
        "{subject}: {tag} has a wrong {part}: {value}",
        "give a web address in href, and up to 255 characters of text",
    ),
    "SND602": Wording(
        "{subject}: podcast:guid is a UUID of another version: {value}",
        "compute it from the feed's first address (version 5); if it is in use already,"
        " leave it: it must never change",
    ),
    "SND633": Wording(
        "{subject}: there is no tag called {tag}",
        "perhaps {near} is meant; small and capital letters count",
    ),
    "SND634": Wording(
        "{subject}: {tag} stands there {count} times, and may stand there once",
        "leave one; apps take any of them",
    ),
    "SND635": Wording(
        "Apple's code of ownership is none: {value}", "copy it as Apple shows it, and nothing else"
    ),
    "SND205": Wording(
        "the notes hold a program or a frame, which is left out: {markup}", "write it as a link"
    ),
    "SND206": Wording(
        "the notes open or close something only once: {markup}",
        "close what is opened, or leave it out",
    ),
    "SND207": Wording(
        "a link in the notes leads nowhere from an app: {url}",
        "write addresses in full, with https://",
    ),
    "SND208": Wording("the notes hold markup that few apps show: {markup}", "keep to Markdown"),
    "SND213": Wording(
        "the chapter {chapter} names an address that leads nowhere: {url}",
        "write it in full, with https://",
    ),
    "SND221": Wording(
        "the transcript does not say when something is said",
        "apps show it, but cannot follow along; WebVTT and SubRip have times",
    ),
    "SND222": Wording(
        "the transcript has stretches that are too long for a screen: {count}, the first at {at}",
        "let each hold a sentence or two",
    ),
    "SND331": Wording(
        "{title} has a loudness of {loudness:figure} LUFS",
        "Apple asks for −16 LUFS, give or take one; set loudness_lufs = -16 under [sound]",
    ),
    "SND332": Wording(
        "the peaks of {title} reach {peak:figure} dB",
        "Apple asks for −1 dB at most; lower the ceiling of peaks under [sound]",
    ),
    "SND333": Wording(
        "{title} has a sample rate of {rate:figure} kHz",
        "some apps play 44.1 and 48 kHz only; let sendeturm encode it",
    ),
    "SND334": Wording("{title} has {rate} kbit/s", "Apple recommends {least} to {most} for it"),
    "SND335": Wording(
        "{title} has no length", "publish it again with a recording in which something is heard"
    ),
}
