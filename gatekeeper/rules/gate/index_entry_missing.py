"""GA010."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.order import IndexGap
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted

_SHOWN = 3


class IndexEntryMissing(DocumentRule):
    """An index of numbered folders or files leaves out some that the repository holds.

    ## Why it matters

    The table of sprints ends with `OPS-108`, and the folders go on to `OPS-114`: nobody who starts from the index will find them, and whatever is counted from
    it is counted short.

    A list counts as an index when at least three of its rows name a folder or file with a number in one folder, when hardly one in between is left out,
    and when it stands in or beside that folder, or in a document called README or index. What the document names elsewhere is not missing, nor what
    is called a template or a draft.

    ## Bad

    ```md path=docs/sprints/README.md
    | Sprint | Status | Closeout |
    |---|---|---|
    | OPS-01 | Done | `docs/sprints/OPS-01/closeout.md` |
    | OPS-02 | Done | `docs/sprints/OPS-02/closeout.md` |
    | OPS-03 | Done | `docs/sprints/OPS-03/closeout.md` |
    ```

    ```md path=docs/sprints/OPS-01/closeout.md
    Closed.
    ```

    ```md path=docs/sprints/OPS-02/closeout.md
    Closed.
    ```

    ```md path=docs/sprints/OPS-03/closeout.md
    Closed.
    ```

    ```md path=docs/sprints/OPS-04/closeout.md
    Closed.
    ```

    ## Good

    ```md path=docs/sprints/README.md
    | Sprint | Status | Closeout |
    |---|---|---|
    | OPS-01 | Done | `docs/sprints/OPS-01/closeout.md` |
    | OPS-02 | Done | `docs/sprints/OPS-02/closeout.md` |
    | OPS-03 | Done | `docs/sprints/OPS-03/closeout.md` |

    OPS-04 is planned in its own folder.
    ```

    ```md path=docs/sprints/OPS-01/closeout.md
    Closed.
    ```

    ```md path=docs/sprints/OPS-02/closeout.md
    Closed.
    ```

    ```md path=docs/sprints/OPS-03/closeout.md
    Closed.
    ```

    ```md path=docs/sprints/OPS-04/plan.md
    Planned.
    ```

    ## References

    - GA007, for a number that a list leaves out and the repository does not hold
    """

    info = RuleInfo(code="GA010", name="index-entry-missing", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each such list, at the row after which most is missing: its last one where the series goes on."""
        for gap in project.plans.gaps.get(document.path, ()):
            yield self.finding(
                document.source,
                gap.row.span,
                f"the list has {quoted(gap.before)} here, but neither it nor the rest of the document names {_told(gap)}",
                help="add the rows, or say what the list is limited to",
                subject=gap.folder or ".",
            )


def _told(gap: IndexGap) -> str:
    """What is missing, the first ones and the last, and where it stands."""
    names = [quoted(name) for name in gap.names]
    if len(names) > _SHOWN:
        names = [*names[:2], "...", f"{names[-1]} ({len(names)} in all)"]
    return f"{', '.join(names)} in {quoted((gap.folder or '.') + '/')}"
