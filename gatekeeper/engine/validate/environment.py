"""The environment on its way in: which files are looked at under the law, and the run over it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatekeeper.engine.law import read_policy
from gatekeeper.engine.select import select_rules
from gatekeeper.engine.session import RunSettings, conclude
from gatekeeper.engine.settle import join
from gatekeeper.link.environment.code.scan import is_code
from gatekeeper.link.environment.facts import link_environment
from gatekeeper.model.environment.fact import EnvironmentFact, EnvironmentInput
from gatekeeper.model.environment.law import EnvironmentLaw
from gatekeeper.model.project import Project, Tree
from gatekeeper.model.report import Input, InputState, PolicySource, Report
from gatekeeper.parse.facts import FactReader
from gatekeeper.repo.bystanders import find_foreign_folder, is_environment
from gatekeeper.repo.patterns import compile_patterns
from gatekeeper.rules.registry import FAMILIES

_TEXTS = (
    ".md",
    ".markdown",
    ".mdx",
    ".txt",
    ".rst",
    ".adoc",
    ".lock",
    ".log",
    ".csv",
    ".svg",
    ".png",
    ".jpg",
    ".pdf",
    ".map",
)


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """What a run holds against the law beside the repository; it holds values, so it has no `repr`.

    Attributes:
        file: path, as people know it, and bytes of a file of assignments; None without one.
        live: the environment of the process; None when it is not to be looked at.
    """

    file: tuple[str, bytes] | None = None
    live: Mapping[str, str] | None = None


def find_environment(
    tree: Tree, law: EnvironmentLaw, exclude: tuple[str, ...] = (), held: Held | None = None
) -> EnvironmentFact:
    """The facts about the environment of a repository.

    Raises:
        ConfigError: a pattern of the law is none.
    """
    is_out = compile_patterns([*exclude, *law.exclude])
    is_example, is_real = compile_patterns(law.examples), compile_patterns(law.files)
    is_meant = compile_patterns(law.code) if law.code else _everything
    apart = tree.symlinks | tree.submodules | tree.sparse
    files = sorted(
        path for path in tree.files if path not in apart and not find_foreign_folder(path.rpartition("/")[0])
    )
    own = [path for path in files if not is_out(path)]
    examples = tuple(path for path in own if is_example(path))
    real = tuple(path for path in own if is_real(path) and path not in examples)
    apart = frozenset((*examples, *real))
    loose = (path for path in tree.untracked if is_real(path) and not is_example(path) and not is_out(path))
    held = held or Held()
    given = EnvironmentInput(
        law,
        examples,
        real if tree.has_git else (),
        tuple(sorted(loose)),
        tuple(path for path in own if is_code(path) and is_meant(path)),
        tuple(path for path in files if path not in apart and not path.lower().endswith(_TEXTS)),
        held.file,
        held.live,
    )
    return link_environment(given, tree, FactReader())


def validate_environment(tree: Tree, settings: RunSettings, held: Held) -> Report:
    """The outcome of holding the environment alone against the law, with what is accepted of it.

    Where the policy says nothing of the environment, the shipped pack is the law.

    Raises:
        GatekeeperError: the policy or the tree cannot be used.
    """
    policy = settings.policy
    law, sources = policy.environment, policy.sources
    if law is None:
        law, pack = base_law()
        sources = (pack, *sources)
    rules = select_rules(FAMILIES["env"], policy)
    fact = find_environment(tree, law, policy.exclude, held)
    settlement, last, _ = conclude(rules, Project((), {}, {}, environment=fact), tree, settings)
    return Report(
        version=settings.version,
        findings=join(settlement.findings, last),
        inputs=tuple(Input(path, InputState.SET_ASIDE, fact.skipped[path]) for path in sorted(fact.skipped)),
        rules=tuple(rule.info for rule in rules),
        policy_sha256=policy.sha256 or sources[0].sha256,
        policy_sources=sources,
        revision=tree.revision,
        variables=len(fact.names),
        trusted=settlement.trusted,
        waivers=settlement.waivers,
    )


def base_law() -> tuple[EnvironmentLaw, PolicySource]:
    """The law of the shipped pack alone, and the pack."""
    policy = read_policy("validate-env", b"extends: env\n")
    assert policy.environment is not None
    return policy.environment, policy.sources[0]


def is_about(tree: Tree, paths: tuple[str, ...]) -> bool:
    """Whether somebody who asked for these paths asked for the environment too; a document alone is not about it."""
    return not paths or any(
        not path or path in tree.folders or is_environment(path.rpartition("/")[2]) or is_code(path) for path in paths
    )


def _everything(path: str) -> bool:
    return True
