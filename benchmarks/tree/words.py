"""The words of an invented harbor: themes, people, titles and sentences that say nothing of any status."""

from __future__ import annotations

import random

THEMES = tuple(
    "berth register|tide table|mooring plan|pilot roster|crane schedule|cargo list|fuel ledger|buoy chart|lock calendar|customs form|water meter|"
    "visitor book|ferry timetable|quay lighting|dredging map|rescue radio|ice chart|bridge opening|parcel store|fish market|harbor fees|"
    "night watch|slipway booking|weather board|container yard|towing desk|oil boom|passenger count|signal mast|sail locker|depth survey|rope store".split(
        "|"
    )
)
TEAMS = ("quay team", "tower team", "office team", "yard team", "pilot team")
VERBS = ("Model the", "Import the", "Show the", "Audit the")
DUTIES = (
    "rows are stored once",
    "entries keep their day",
    "sheets open on the tower screen",
    "records carry a signature",
    "pages turn with one key",
)
CRITERIA = (
    "keeps its order after a restart", "refuses an entry that has no owner", "shows the same figures on both screens",
    "answers within a second with a full book", "writes every change to the journal", "prints on one page", "opens on a telephone",
)  # fmt: skip
_SENTENCES = (
    "The {people} read the {theme} every morning and compare it with the {other}.",
    "Nobody has to type a number twice, because the {theme} and the {other} share one store.",
    "The {people} asked for larger letters, so the {theme} now fits on the screen in the tower.",
    "Each entry of the {theme} names a boat, a day and the person who wrote it down.",
    "When the wind turns, the {people} look at the {theme} first and at the {other} after that.",
    "Prices come from the {other}; the {theme} only shows them.",
    "The old paper form of the {theme} stays in the cabinet for seven years.",
    "A boat that arrives at night appears in the {theme} with a small moon beside its name.",
    "The {people} meet on Tuesdays in the room above the {other}.",
    "Names of boats are kept as their owners spell them, in the {theme} as well as in the {other}.",
    "The {theme} grew out of a spreadsheet that the {people} had kept for a long time.",
    "Visitors ask mostly for the {other}, and the {people} print it for them.",
)
_PEOPLE = ("harbor masters", "pilots", "crane drivers", "lock keepers", "clerks", "skippers", "welders", "accountants")


class Chance:
    """Choices that are the same on every machine and Python: `random()` alone is promised to stay as it is."""

    def __init__(self, seed: int) -> None:
        """Choices that follow from a number."""
        self._random = random.Random(seed).random

    def is_one_in(self, often: float) -> bool:
        """Whether what happens once in so many times happens now."""
        return self._random() * often < 1

    def below(self, limit: int) -> int:
        """A number from 0 that is less than the limit."""
        return int(self._random() * limit)

    def pick(self, choices: tuple[str, ...]) -> str:
        """One of them."""
        return choices[self.below(len(choices))]

    def deal(self, choices: tuple[str, ...], count: int) -> list[str]:
        """So many different ones of them."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(count)]


def prose(chance: Chance, theme: str, sentences: int) -> str:
    """So many sentences about a theme, as one line."""
    filled = (
        sentence.format(
            theme=theme, other=chance.pick(tuple(one for one in THEMES if one != theme)), people=chance.pick(_PEOPLE)
        )
        for sentence in chance.deal(_SENTENCES, sentences)
    )
    return " ".join(filled)
