"""What the room `cli` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "cli.no-show": Wording(
        "there is no show in {folder}",
        "go to the folder that has your sendeturm.toml, or begin a show there: sendeturm init",
    ),
    "cli.inside-show": Wording(
        "this folder belongs to the show in {folder}",
        "make the new one in a folder beside it; if it is meant to lie here, name it:"
        " --folder PATH",
    ),
    "cli.type-address": Wording(
        "this is no web address",
        "write it in full, https://podcast.example.org, or one of these words: {choices}",
    ),
    "cli.no-bucket": Wording(
        "no bucket is named in this",
        "copy the bucket's address from your provider's console, or write the provider's name and"
        " see how its addresses look; without a bucket yet begin with Ctrl-C and the answer here",
    ),
    "cli.bucket-looks": Wording(
        "at {provider} a bucket's address looks like {example}",
        "write yours; a folder in the bucket may follow after a slash",
    ),
    "cli.place-in-use": Wording(
        "the folder {place} holds something else",
        "name another one, --place podcast, or empty it; nothing was written",
    ),
    "cli.cron-never": Wording(
        "nothing that is scheduled goes on the air by itself yet: sendeturm feed has never run",
        "let cron run it every quarter of an hour, from any computer; the README says how",
    ),
    "cli.cron-stopped": Wording(
        "sendeturm feed, which puts on the air what is due, last ran {ago}",
        "see whether the computer that runs it for you is still on, or run it yourself",
    ),
    "cli.nothing-private": Wording(
        "nothing private is published here yet",
        "write private = true into an episode's notes file, or under [show], and publish",
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
    "cli.title-exists": Wording(
        "an episode has this title already",
        "go on with that one, choose another title, or add --same-title",
    ),
    "cli.receipt": Wording(
        "apps and browsers ask {own} and nobody else; nothing is counted",
        "links in notes and pages lead to: {linked}",
    ),
    "cli.receipt-foreign": Wording(
        "apps and browsers ask {foreign} too, beside {own}: whoever runs it sees who listens",
        "leave it out or put it into your own storage; links lead to: {linked}",
    ),
    "cli.checked-here-only": Wording(
        "only what lies on this computer was checked", "check again when the storage answers"
    ),
    "cli.no-such-sound": Wording(
        "there is neither a file nor an episode of this name",
        "name a file, or an episode of this show as its files or its page are called:"
        " 001-first-words",
    ),
    "cli.one-picture-for-many": Wording(
        "one picture cannot show several files",
        "name a folder instead, each file gets a picture of its own there",
    ),
    "cli.unreadable-feed": Wording(
        "the feed cannot be read: {reason}", "name a file, or a web address with https://"
    ),
    "cli.no-such-episode": Wording(
        "there is no episode called {name} in this folder",
        "name it as its files or its page are called: 001-first-words",
    ),
    "cli.no-such-rule": Wording(
        "there is no rule {rule}", "the nearest is {near}; all of them stand in docs/checks.md"
    ),
    "cli.more-like-it": Wording("so it is {count} more times; --verbose shows all"),
    "cli.more-alike": Wording(
        "{count} more like these ({rule})", "sendeturm check --verbose names them all"
    ),
    "cli.not-published": Wording(
        "no episode called {name} is published",
        "write the name of its file without the ending, the last part of its address,"
        " or the address itself",
    ),
    "cli.not-pulled": Wording(
        "the settings name this sound file, and it is not in the storage",
        "copy it from the computer that has it, before you publish a new episode from here",
    ),
    "cli.still-there": Wording(
        "this address still gives what was removed",
        "a cache keeps it for up to a week; ask your provider to empty it, and look again",
    ),
    "cli.versions-unknown": Wording(
        "the storage did not say whether it keeps former versions",
        "look in your provider's console whether versions are kept, and remove them there",
    ),
    "cli.needs-yes": Wording(
        "this cannot be taken back, and nobody is here to be asked",
        "run it at a terminal, or add --yes",
    ),
}
