"""What the room `sources` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    # files
    "sources.no-show": Wording(
        "there is no show in {folder}",
        "go to the folder with your sendeturm.toml, or make a new show with: sendeturm init",
    ),
    "sources.show-exists": Wording(
        "there is a show in this folder already",
        "change sendeturm.toml with an editor, or make the new show in an empty folder",
    ),
    "sources.unreadable": Wording(
        "the file cannot be read: {reason}", "see whether it is there and whether you may read it"
    ),
    "sources.unwritable": Wording(
        "the file cannot be written: {reason}",
        "see whether you may write there and whether the disk has room",
    ),
    "sources.not-rewritable": Wording(
        "settings cannot be written into this file, as it is laid out unusually",
        "write them into it by hand",
    ),
    "sources.exists": Wording(
        "the file is there already and is not written over", "rename it or choose another name"
    ),
    "sources.file-too-long": Wording(
        "the file is longer than {limit_mb} MB", "see whether it is the file you mean"
    ),
    "sources.not-utf8": Wording(
        "the file holds characters that are not in UTF-8",
        "save it once more in your editor with the encoding UTF-8",
    ),
    "sources.still-written": Wording(
        "the file is being written at this moment", "wait until it is finished and run again"
    ),
    "sources.no-episodes": Wording(
        "the folder episodes is not there", "make it and put your recordings into it"
    ),
    "sources.outside": Wording(
        "{value} does not lie in the show's folder", "name something in the folder or below it"
    ),
    "sources.foreign-style": Wording(
        "the stylesheet asks other servers for something, and the pages will not let it",
        "put pictures and fonts into your own storage, or leave them out",
    ),
    "sources.empty-page": Wording(
        "there are no words on this page yet, so it is not published",
        "write them below its heading, or take the file away",
    ),
    "sources.page-name": Wording(
        "the site needs the name {slug} for itself", "give the file another name"
    ),
    "sources.page-twice": Wording(
        "another page has the address {slug} already", "give one of the files another name"
    ),
    "sources.too-many-pages": Wording(
        "there are more than {most} pages; the rest is left out", "take away what is not needed"
    ),
    "sources.odd-name": Wording(
        "the file's name holds characters that cannot be shown", "rename the file"
    ),
    "sources.undeclared": Wording(
        "nobody can tell what the {count} recordings in the folder are to each other",
        "write one of these lines between the +++ of {sidecar}, the first if they follow each"
        " other, the second if they were recorded together:\n    {parts}\n    {tracks}",
    ),
    "sources.undeclared-bare": Wording(
        "nobody can tell what the {count} recordings in the folder are to each other",
        "make a file {sidecar} of these lines; keep parts if the recordings follow each other, or"
        " tracks if they were recorded together:\n"
        "    +++\n    {title}\n    {parts}\n    {tracks}\n    +++",
    ),
    "sources.parts-and-tracks": Wording(
        "the recordings cannot be parts and tracks at once", "keep one of the two lines"
    ),
    "sources.no-part": Wording(
        "there is no recording {value} in {folder}", "put it there, or correct its name"
    ),
    "sources.part-twice": Wording("{value} is named twice", "name every recording once"),
    "sources.part-left": Wording(
        "{name} does not name the recording {value}", "add it, or move it out of the folder"
    ),
    "sources.no-folder": Wording(
        "{name} names several recordings, and there is only one",
        "put them into a folder episodes/{stem}/, or delete this line",
    ),
    "sources.lost-link": Wording(
        "the link leads to a file that is not there",
        "connect the disk it lies on; until then nothing changes for this episode",
    ),
    "sources.two-files": Wording(
        "there are two files for one thing, the other one is {other}",
        "keep one of them in episodes/",
    ),
    "sources.chapters-differ": Wording(
        "the chapters here are not those in {other}",
        "the ones in {other} are used; correct this file, or delete it",
    ),
    "sources.orphan": Wording(
        "the file belongs to no episode",
        "name it like its recording, or add {stem}.md",
    ),
    "sources.no-cover": Wording(
        "the picture {value} is not there", "put it beside this file, or correct its name"
    ),
    # front matter
    "sources.no-front": Wording(
        "the file does not begin with an episode's settings",
        'write at its top, in lines of their own: +++ and title = "…" and +++ again',
    ),
    "sources.yaml-front": Wording(
        "the settings stand between --- lines",
        'put them between +++ lines, each written as name = "value"',
    ),
    "sources.open-front": Wording(
        "the settings have no end", "write a line +++ between the settings and the notes"
    ),
    # TOML
    "sources.broken-toml": Wording(
        "this line cannot be understood: {reason}",
        'write name = "value", text in straight quotes, one setting on each line',
    ),
    "sources.said-twice": Wording("this is said a second time: {better}", "keep it once"),
    "sources.stray-quote": Wording(
        "a quotation mark inside the text ends it too early", "write {better}"
    ),
    "sources.curly-quotes": Wording(
        "the text stands in typographic quotation marks", "write straight ones around it: {better}"
    ),
    "sources.no-quotes": Wording("the text needs quotation marks around it", "write {better}"),
    "sources.capital": Wording("this word is written in small letters", "write {better}"),
    "sources.backslash": Wording(
        "a backslash has a meaning of its own in double quotes", "write {better}"
    ),
    # keys
    "sources.unknown-key-near": Wording("{name} is not known here", "do you mean {near}?"),
    "sources.misplaced-key": Wording("{name} is not known here", "it belongs under [{table}]"),
    "sources.unknown-key": Wording("{name} is not known here", "known are: {known}"),
    "sources.missing": Wording("{name} is missing", "add {name} = …"),
    "sources.no-show-id": Wording(
        "the show has no id",
        "put back the id from an older copy of this file, your episodes hang on it;"
        " for a new show let sendeturm init make one in an empty folder",
    ),
    # values
    "sources.empty": Wording("{name} is empty", "write something between the quotation marks"),
    "sources.empty-list": Wording("{name} is an empty list", "name one at least"),
    "sources.long": Wording("{name} is too long", "at most {bound} characters are allowed"),
    "sources.small": Wording("{name} is too small: {value}", "the smallest value is {bound}"),
    "sources.large": Wording("{name} is too large: {value}", "the largest value is {bound}"),
    "sources.not-text": Wording(
        "{name} is not a text", 'write it in quotation marks: {name} = "…"'
    ),
    "sources.not-whole-number": Wording(
        "{name} is not a whole number", "write digits without quotation marks: {name} = 7"
    ),
    "sources.not-number": Wording(
        "{name} is not a number",
        "write it with a point and without quotation marks: {name} = -16.0",
    ),
    "sources.not-true-or-false": Wording(
        "{name} is neither true nor false", "write {name} = true or {name} = false"
    ),
    "sources.not-list": Wording(
        "{name} is not a list", 'write it in brackets: {name} = ["…", "…"]'
    ),
    "sources.not-table": Wording(
        "{name} is not a section", "write [{name}] on a line of its own, its settings below"
    ),
    "sources.not-one-of": Wording("{name} cannot be {value}", "possible are: {choices}"),
    "sources.not-id": Wording(
        "{name} is not an id: {value}",
        "it looks like 0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234; copy it from where it was first",
    ),
    "sources.not-email": Wording(
        "{name} is not an e-mail address: {value}", "write it like name@example.org"
    ),
    "sources.not-language": Wording(
        "{name} is not a language's code: {value}", "write de for German, en for English, de-AT …"
    ),
    "sources.not-address": Wording(
        "{name} is not a web address: {value}", "write it in full, beginning with https://"
    ),
    "sources.not-a-role": Wording(
        "apps do not know the role {value}", 'write a role they know, such as "{near}"'
    ),
    "sources.not-a-group": Wording(
        "apps do not know the group {value}", 'leave the line out, or write "{near}"'
    ),
    "sources.license-without-text": Wording(
        "nobody knows this licence by its name alone",
        'write {{ name = "…", url = "https://…" }} with the address of its text',
    ),
    "sources.count-without-start": Wording(
        "a rule that counts episodes needs a day to begin with", "add start = 2027-01-01"
    ),
    "sources.post-without-address": Wording("the post has no address", 'add url = "https://…"'),
    "sources.not-geo": Wording(
        "{name} is not a latitude and a longitude: {value}", "write it like 52.5208,13.4094"
    ),
    "sources.not-osm": Wording(
        "{name} is not a number of OpenStreetMap: {value}",
        "write N, W or R and the number that stands behind node, way or relation there: R62422",
    ),
    "sources.not-country": Wording(
        "{name} is not a country: {value}", "write its two letters: de for Germany"
    ),
    "sources.not-rrule": Wording(
        "{name} is not a rule apps can read: {value}",
        "write it like FREQ=WEEKLY;BYDAY=FR, or leave it out: the words alone will do",
    ),
    "sources.not-server": Wording(
        "{name} is not a server's name: {value}", "write it without https://: irc.example.org"
    ),
    "sources.not-service": Wording(
        "{name} is not a directory's short name: {value}",
        'write it in small letters, such as "apple", or "all" for every one',
    ),
    "sources.not-slug": Wording(
        "{name} cannot stand in a web address: {value}",
        "use small letters a to z, digits, and single hyphens between them",
    ),
    "sources.reserved-slug": Wording(
        "the podcast itself needs the address {value}", "choose another slug"
    ),
    "sources.invalid": Wording("{name} cannot be used as it is: {reason}", "correct the value"),
    "sources.many": Wording("{name} has too many entries", "at most {bound} are allowed"),
    # tags without a setting
    "sources.no-tag": Wording(
        "an entry of {name} is no tag that can be read: {reason}",
        'copy it whole, from < to >, and declare its prefix in it: xmlns:podcast="https://…"',
    ),
    "sources.tag-without-prefix": Wording(
        "an entry of {name} does not say what its prefix means",
        "write {near} into it, after its name",
    ),
    "sources.tag-without-namespace": Wording(
        "an entry of {name} holds the tag {near}, which belongs to the feed itself",
        "leave it out; what sendeturm has a setting for is written by it",
    ),
    "sources.own-tag": Wording(
        "an entry of {name} holds the tag {near}, which sendeturm writes itself",
        "leave it out, or it would stand there twice; it has a setting of its own",
    ),
    # dates
    "sources.not-date": Wording(
        "{name} is not a date: {value}", "write it like 2026-11-20 or 2026-11-20T06:00:00+01:00"
    ),
    "sources.no-zone": Wording(
        "{name} has no time zone: {value}",
        'write {better}, or set [show] timezone = "Europe/Berlin"',
    ),
    "sources.skipped-time": Wording(
        "this time does not exist, the clocks are put forward then: {value}", "write {better}"
    ),
    "sources.odd-year": Wording(
        "{name} is in a year no podcast can have: {value}", "correct the year"
    ),
    "sources.unknown-zone-near": Wording(
        "there is no time zone {value}", 'write timezone = "{near}"'
    ),
    "sources.unknown-zone": Wording(
        "there is no time zone {value}",
        'write a continent and a city: timezone = "Europe/Berlin"',
    ),
    # several episodes
    "sources.same-guid": Wording(
        "two episodes have the same identity, the other one is {other}",
        "delete the line guid in the newer of the two files",
    ),
    "sources.same-slug": Wording(
        "two episodes want the same address {value}, the other one is {other}",
        "give the newer one another slug",
    ),
    "sources.same-number": Wording(
        "two episodes have the number {value}, the other one is {other}",
        "give one of them another number, or none",
    ),
    "sources.unknown-rule": Wording(
        "there is no rule {value}", "the nearest is {near}; docs/checks.md lists all of them"
    ),
    "sources.rule-always-counts": Wording(
        "the rule {value} cannot be ignored: a feed that breaks it harms listeners",
        "leave it out here, and mend what it tells",
    ),
}
