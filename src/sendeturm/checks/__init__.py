"""Rules about shows, episodes and records, each with a code; pure.

Names are imported when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.checks.directories import DIRECTORIES, Directory, stands_in_the_way
    from sendeturm.checks.episode import check_episode
    from sendeturm.checks.feed import check_feed
    from sendeturm.checks.hosts import Hosts, hosts_of_feed, hosts_of_page, hosts_of_style
    from sendeturm.checks.records import check_records
    from sendeturm.checks.rules import RULES, Rule, selected
    from sendeturm.checks.show import check_config, check_cover, check_published_cover

__all__ = [
    "DIRECTORIES",
    "RULES",
    "Directory",
    "Hosts",
    "Rule",
    "check_config",
    "check_cover",
    "check_episode",
    "check_feed",
    "check_published_cover",
    "check_records",
    "hosts_of_feed",
    "hosts_of_page",
    "hosts_of_style",
    "selected",
    "stands_in_the_way",
]

__getattr__ = late(
    __name__,
    {
        "Hosts": "hosts",
        "DIRECTORIES": "directories",
        "Directory": "directories",
        "RULES": "rules",
        "Rule": "rules",
        "check_config": "show",
        "check_cover": "show",
        "check_episode": "episode",
        "check_feed": "feed",
        "check_published_cover": "show",
        "check_records": "records",
        "hosts_of_feed": "hosts",
        "hosts_of_page": "hosts",
        "hosts_of_style": "hosts",
        "selected": "rules",
        "stands_in_the_way": "directories",
    },
)
