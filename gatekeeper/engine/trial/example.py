"""Examples and files of tests: each is a small repository that is checked under the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.engine.law import ReadFile, read_policy, read_source
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.assertion.law import Assertion, Example
from gatekeeper.model.assertion.trial import Expectation, Outcome, parse_expectation
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.project import Tree
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.rules.registry import RULES

Watch = Callable[[str], None]

_ENDS = (".policy-test.yml", ".policy-test.yaml")


class Suite(Struct, frozen=True):
    """Examples that belong together.

    Attributes:
        owner: code of the assertion, or path of the file, in which they stand.
        policy: the law that they are checked under.
    """

    owner: str
    policy: Policy
    examples: tuple[Example, ...]


def find_suites(tree: Tree, policy: Policy, paths: Iterable[str], read: ReadFile) -> Iterator[Suite]:
    """The examples of policies and files of tests.

    Args:
        tree: the repository.
        policy: its policy.
        paths: policies, files of tests, and folders of the latter; none for the repository's own policy and all files of tests.
        read: gives the bytes of a path.

    Raises:
        GatekeeperError: a file cannot be used.
    """
    known = sorted(tree.files | tree.untracked)
    given = tuple(paths)
    if not given:
        yield from suites_of(policy)
    for path in given or ("",):
        is_file = path in known or not any(one.startswith(f"{path}/") or not path for one in known)
        if is_file and not path.endswith(_ENDS):
            yield from suites_of(read_policy(path, read(path), read))
            continue
        inside = [path] if is_file else [one for one in known if not path or one.startswith(f"{path}/")]
        yield from (read_suite(one, read, policy) for one in inside if one.endswith(_ENDS))


def suites_of(policy: Policy) -> Iterator[Suite]:
    """The examples that stand beside assertions, whether these are turned off or not."""
    for assertion in policy.assertions:
        if assertion.examples:
            yield Suite(assertion.code, _alone(policy, assertion), assertion.examples)


def read_suite(path: str, read: ReadFile, own: Policy) -> Suite:
    """The tests of a file.

    Args:
        path: the file.
        read: gives the bytes of a path.
        own: the repository's policy.

    Raises:
        GatekeeperError: the file, or the policy that it names, cannot be used.
    """
    from gatekeeper.policy.assertion.testfile import policy_path, read_tests

    source = read_source(path, read(path))
    name = policy_path(source)
    policy = own if name is None else read_policy(name, read(name), read)
    shipped = {rule.info.code: rule.info.name for rule in RULES}
    return Suite(path, policy, read_tests(source, policy.names(shipped)))


def run_suites(suites: Iterable[Suite], today: str, watch: Watch = lambda name: None) -> Iterator[Outcome]:
    """What becomes of each example, in order; `watch` is told of each suite before it runs."""
    for suite in suites:
        watch(suite.owner)
        for example in suite.examples:
            yield _run(suite, example, today)


def _run(suite: Suite, example: Example, today: str) -> Outcome:
    tree = MemoryTree({path: text.encode("utf-8", "surrogatepass") for path, text in example.given.items()})
    found = check(tree, RunSettings(today=example.today or today, policy=suite.policy, holds_gates=False)).findings
    wanted = [one for one in map(parse_expectation, example.expect) if one is not None]
    return _compare(suite, example, [one for one in found if _counts(one, example, wanted)], wanted)


def _counts(finding: Finding, example: Example, wanted: Iterable[Expectation]) -> bool:
    """Whether a finding is compared: one of the rules that are meant, in a given file or in one that is spoken of."""
    if example.only and finding.code not in example.only:
        return False
    path = finding.location.path
    return path in example.given or bool(example.only) or any(path == one.path for one in wanted)


def _compare(suite: Suite, example: Example, found: list[Finding], wanted: list[Expectation]) -> Outcome:
    """Each expectation takes one finding; the most exact expectations choose first."""
    left = list(found)
    missing = []
    for one in sorted(wanted, key=lambda one: (one.column is None, not one.severity)):
        met = next((finding for finding in left if one.meets(finding)), None)
        if met is None:
            missing.append(one.text)
        else:
            left.remove(met)
    surplus = tuple((_line(finding), finding.message) for finding in left)
    ordered = [one.text for one in wanted if one.text in missing]
    return Outcome(example, suite.owner, tuple(ordered[: len(missing)]), surplus)


def _line(finding: Finding) -> str:
    """A finding in the form in which it can be expected."""
    place, start = finding.location.path, finding.location.start
    accepted = "" if finding.disposition is Disposition.ACTIVE else f" {finding.disposition.value}"
    return f"{place}:{start.line}:{start.column} {finding.severity.value} {finding.code}{accepted}"


def _alone(policy: Policy, assertion: Assertion) -> Policy:
    """The policy with one assertion in force everywhere, and nothing that only a whole repository can meet."""
    rules = {code: setting for code, setting in policy.rules.items() if code != assertion.code}
    return replace(policy, rules=rules, assertions=(assertion,), contracts=())
