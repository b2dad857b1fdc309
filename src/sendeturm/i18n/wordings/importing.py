"""What the room `importing` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    # What stops an import
    "importing.too-large": Wording(
        "this file is larger than {most_mb} MB, which no podcast feed is", "check its name"
    ),
    "importing.no-scheme": Wording(
        "there is no such file", "if an address is meant: sendeturm import {better}"
    ),
    "importing.web-page": Wording(
        "this is a web page, not a podcast feed",
        "look for the feed's address there: it is often called RSS",
    ),
    "importing.web-page-of": Wording(
        "this is a web page, not a podcast feed",
        "it names its feed: sendeturm import {better}",
    ),
    "importing.locked": Wording(
        "the show is locked at its old host: nobody may take it elsewhere (owner: {owner})",
        "switch the lock off in the settings there; if the show is yours: --allow-locked",
    ),
    "importing.missing": Wording(
        "the feed names {came} episodes, but they are numbered up to {highest}; at least {count} "
        "missing",
        "let the old host list all episodes in the feed; if no more exist: --allow-missing {count}",
    ),
    "importing.page-lost": Wording(
        "the feed goes on there, but that page cannot be read, so episodes may be missing",
        "try again later; to take what there is: --allow-missing 1",
    ),
    "importing.many-pages": Wording(
        "the feed goes on and on, over more than {most} pages",
        "to take what was found so far: --allow-missing 1",
    ),
    "importing.no-episodes": Wording(
        "there is no episode to hear in this feed", "check the address"
    ),
    "importing.another-show": Wording(
        "another show lives here already: {title}", "import into an empty folder"
    ),
    "importing.episodes-here": Wording(
        "there are episodes here, but no settings of a show",
        "import into an empty folder, or bring sendeturm.toml back",
    ),
    # What is odd about the show
    "importing.mended": Wording(
        "the feed is not well-formed; it was mended to be read",
        "look whether an episode or a text is cut off",
    ),
    "importing.language": Wording(
        "the feed's language ({written}) is none that is known; {language} was taken",
        "correct language under [show]",
    ),
    "importing.category": Wording("the category {written} is called {known} today"),
    "importing.no-category": Wording(
        "the feed names no category that directories know",
        "choose categories under [show]; until then it is a personal journal",
    ),
    "importing.link": Wording(
        "{link} lies at the old host; the show's page is sendeturm's own from now on",
        "if you keep that page, set link under [show]",
    ),
    "importing.no-show-cover": Wording(
        "the show's cover could not be brought from {url}: {reason}",
        "a plain one was drawn; put yours in its place",
    ),
    "importing.names-no-cover": Wording("the feed names none"),
    "importing.squared": Wording(
        "the picture had {pixels} pixels; it was made square and large enough for directories",
        "put a better one in its place if you have one",
    ),
    # What is odd about an episode
    "importing.no-sound": Wording("there is nothing to hear in this entry; it was left out"),
    "importing.long-title": Wording(
        "the title was longer than 255 characters, and was cut: {title}"
    ),
    "importing.no-identity": Wording(
        "the feed gives this episode no identity; apps know it by its sound's address, which is "
        "kept"
    ),
    "importing.same-identity": Wording(
        "it has the same identity as “{other}”, so apps never showed both; its sound's address is "
        "its identity now",
        "apps will take this episode for a new one",
    ),
    "importing.long-identity": Wording(
        "its identity is longer than 1,000 characters, which cannot be kept: it stays a draft",
        "take draft out of its notes file; apps will take it for a new episode",
    ),
    "importing.date": Wording(
        "the date “{written}” is not as feeds should have it; it was read as {date}",
        "correct published_at if something else was meant",
    ),
    "importing.guessed-date": Wording(
        "the feed gives no date that can be read; {date} puts it after the episode before",
        "correct published_at if you know better",
    ),
    "importing.no-date": Wording(
        "the feed gives no date that can be read: it stays a draft",
        "set published_at in its notes file, and take draft out",
    ),
    "importing.same-number": Wording(
        "another episode has the number {number} too; here it was left out",
        "give it a number of its own if it has one",
    ),
    "importing.role": Wording(
        "{tag} names the role “{value}”, which apps do not know; {near} was taken"
    ),
    "importing.left-out": Wording("{tag} says “{value}”, which does not fit and was left out"),
    "importing.mended-chapters": Wording("the chapters were faulty; they were mended"),
    "importing.mended-transcript": Wording(
        "the times in the transcript were faulty; they were mended"
    ),
    # What could not be brought
    "importing.no-cover": Wording("its picture could not be brought from {url}: {reason}"),
    "importing.no-chapters": Wording("its chapters could not be brought from {url}: {reason}"),
    "importing.no-chapter-picture": Wording(
        "a chapter's picture could not be brought; its address stays: {url}"
    ),
    "importing.no-transcript": Wording("its transcript could not be brought from {url}: {reason}"),
    "importing.nothing-in-it": Wording("nothing in it can be read"),
    "importing.no-voice": Wording(
        "its sound could not be brought from {url}: {reason}",
        "run it again later: what is missing is fetched then; or put the file beside its notes",
    ),
    "importing.private-voice": Wording(
        "its sound lies in a private network, where nobody else could fetch it: {url}",
        "if it is your own network: --allow-private",
    ),
    "importing.large-voice": Wording(
        "its sound is too large to be fetched unasked: {url}",
        "see how large it is; --largest-mb takes larger files",
    ),
    "importing.page-for-sound": Wording(
        "a web page comes instead of sound", "look at that address in a browser"
    ),
    "importing.other-kind": Wording(
        "apps do not play its kind of file ({kind}) reliably: sendeturm makes an MP3 of its sound",
        "the file itself stays here, untouched",
    ),
}
