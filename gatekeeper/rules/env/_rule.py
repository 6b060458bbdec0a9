"""What the rules about the environment share: they look at its facts alone, and their findings show names, never values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.finding import Finding, Location
from gatekeeper.model.project import Project
from gatekeeper.model.text import Position
from gatekeeper.rules.base import ProjectRule

_LISTED_LIMIT = 8
_PACK = "pack:"


class EnvironmentRule(ProjectRule):
    """A rule that runs where the law speaks of the environment."""

    def check(self, project: Project) -> Iterator[Finding]:
        """The defects of the environment."""
        if project.environment is not None:
            yield from self.judge(project.environment)

    @abstractmethod
    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """The defects that the facts show, in any order."""

    def found(
        self, location: Location, message: str, remedy: str, subject: str, related: Iterable[Location] = ()
    ) -> Finding:
        """A finding of this rule at a place that is already one for people."""
        info = self.info
        return Finding(
            info.code,
            info.name,
            info.severity,
            message,
            replace(location, message=""),
            help=remedy,
            related=tuple(related),
            subject=subject,
        )


def law_line(where: str, message: str) -> tuple[Location, ...]:
    """The place of a line of the policy; none where the line stands in a shipped pack."""
    if not where or where.startswith(_PACK):
        return ()
    path, line, column = where.rsplit(":", 2)
    position = Position(int(line), int(column))
    return (Location(path, position, position, message=message),)


def noted(location: Location, message: str) -> Location:
    """A place with what stands there."""
    return replace(location, message=message)


def listed(names: Sequence[str]) -> str:
    """Names in backticks, parted by commas, the first ones where there are many."""
    shown = ", ".join(f"`{name}`" for name in names[:_LISTED_LIMIT])
    return shown + (f" and {len(names) - _LISTED_LIMIT} more" if len(names) > _LISTED_LIMIT else "")
