"""WV009."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule


class BaselineStale(SettlementRule):
    """A baseline accepts findings that are no longer there.

    ## Why it matters

    What is mended should not come back unseen: an entry that is left behind would accept the same fault once more.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```json path=.gatekeeper-baseline.json
    {
      "schema_version": "1",
      "findings": [
        {
          "rule": "EV001",
          "path": "docs/tracker.md",
          "subject": "src/login.py",
          "fingerprint": "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f",
          "count": 1
        }
      ]
    }
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```json path=.gatekeeper-baseline.json
    {"schema_version": "1", "findings": []}
    ```

    ## References

    - `gatekeeper baseline --prune` takes such entries out
    """

    info = RuleInfo(code="WV009", name="baseline-stale", severity=Severity.NOTE, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for all entries that accept more than is found; the others are related to it."""
        stale = settlement.stale
        if not stale:
            return
        places = [settlement.baseline.places[entry.fingerprint] for entry in stale]
        count = sum(entry.count for entry in stale)
        noun = "finding that is" if count == 1 else "findings that are"
        named = f"{stale[0].code} in {stale[0].path}{', ...' if len(stale) > 1 else ''}"
        yield self.report(
            places[0],
            f"the baseline accepts {count} {noun} no longer there: {named}",
            help="run `gatekeeper baseline --prune` and commit what it writes",
            subject="stale",
            related=tuple(replace(place, message="no longer there") for place in places[1:6]),
        )
