"""DC006."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import ProjectRule


class PlaceholderTree(ProjectRule):
    """Nearly every file of the repository is empty, so that empty evidence says nothing.

    ## Why it matters

    In a skeleton of placeholders every target "exists" and none proves anything. gatekeeper then checks only whether paths exist, and says so here:
    emptiness, blank forms, line numbers, anchors and test names are not looked at.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```py path=src/module_{n}.py count=30 empty
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```py path=src/module_{n}.py count=30
    VERSION = 1
    ```
    """

    info = RuleInfo(code="DC006", name="placeholder-tree", severity=Severity.NOTE, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for the whole project, at the start of its first document."""
        if project.placeholder_tree and project.documents:
            message = "nearly every tracked file of this repository is empty: what evidence holds was not looked at, only whether it exists"
            location = Location.whole(project.documents[0].path)
            info = self.info
            yield Finding(
                info.code,
                info.name,
                info.severity,
                message,
                location,
                help="run gatekeeper on the real tree",
                subject="tree",
            )
