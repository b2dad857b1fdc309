"""Apple's categories, which every directory has taken over.

Source: https://podcasters.apple.com/support/1691-apple-podcasts-categories (19 and 91)
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

CATEGORIES: Final[dict[str, tuple[str, ...]]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        "Careers",
        "Entrepreneurship",
        "Investing",
        "Management",
        "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        "Alternative Health",
        "Fitness",
        "Medicine",
        "Mental Health",
        "Nutrition",
        "Sexuality",
    ),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga",
        "Automotive",
        "Aviation",
        "Crafts",
        "Games",
        "Hobbies",
        "Home & Garden",
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News",
        "Daily News",
        "Entertainment News",
        "News Commentary",
        "Politics",
        "Sports News",
        "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism",
        "Christianity",
        "Hinduism",
        "Islam",
        "Judaism",
        "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy",
        "Chemistry",
        "Earth Sciences",
        "Life Sciences",
        "Mathematics",
        "Natural Sciences",
        "Nature",
        "Physics",
        "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary",
        "Personal Journals",
        "Philosophy",
        "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        "Baseball",
        "Basketball",
        "Cricket",
        "Fantasy Sports",
        "Football",
        "Golf",
        "Hockey",
        "Rugby",
        "Running",
        "Soccer",
        "Swimming",
        "Tennis",
        "Volleyball",
        "Wilderness",
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}


def is_category(category: str) -> bool:
    """Say whether `category`, as `Main` or `Main > Sub`, is in Apple's list; case counts."""
    main, separator, subcategory = (part.strip() for part in category.partition(">"))
    return main in CATEGORIES and (not separator or subcategory in CATEGORIES[main])


def nearest_category(category: str) -> str | None:
    """Return the category in Apple's list that comes nearest to what was written, if one does."""
    known = _spellings()
    written = " > ".join(part.strip() for part in category.casefold().split(">"))
    candidates = (written, written.rpartition(" > ")[2], written.partition(" > ")[0])
    for candidate in candidates:
        near = get_close_matches(candidate, known, n=1, cutoff=0.7)
        if near:
            return known[near[0]]
    return None


def _spellings() -> dict[str, str]:
    """Return what people may write, in lower case, with the category each spelling means."""
    known = {}
    for main, subcategories in CATEGORIES.items():
        for subcategory in subcategories:
            full = f"{main} > {subcategory}"
            known[subcategory.casefold()] = known[full.casefold()] = full
    return known | {main.casefold(): main for main in CATEGORIES}
