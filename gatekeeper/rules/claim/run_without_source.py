"""CL013."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.document import Claim, Document, DocumentKind
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, enumerated, quoted

# What backs a run: a link to it, its number, a commit or pull request, a report, log or picture, or what it printed.
_BACKING = re.compile(
    r"https?://[^\s/]{1,100}/\S{0,200}?(?:/runs?/|/builds?/|/pipelines?/|/jobs?/|/actions/|/checks/|/commit/|/pull/|/merge_requests/)"
    r"|\b(?:run|build|job|pipeline|workflow|lauf|ejecución|exécution|запуск)[ \t]*(?:id|no\.?|number|nr\.?)?[ \t]*[:#]?[ \t]*`?#?\d{2}|(?<![\w&])#\d"
    r"|(?<![\w/.-])(?=[0-9]{0,39}[a-f])(?=[a-f]{0,39}\d)[0-9a-f]{7,40}(?![\w/-])"
    r"|\w\.(?:log|xml|html?|json|csv|lcov|sarif|png|jpe?g|gif|mp4|webm|out|exit|txt|pdf)\b|^[ \t]*(?:`{3}|~{3})",
    re.IGNORECASE | re.MULTILINE,
)
_MARKS = re.compile(r"[\s>*_`|]*(?:(?:[-+]|\d{1,3}[.)])\s+)?(?:\[[^\]\n]?\]\s+)?[\s*_`]*")
_TRAIL = re.compile(
    r"(?:\s+(?:end[- ]to[- ]end|locally|cleanly|successfully|again|on ci|in ci))?[\s.;,*_`|]*", re.IGNORECASE
)
_WHOLE_LINE = 200
_SHOWN = 3
_RELATED_LIMIT = 10


class RunWithoutSource(DocumentRule):
    """An evidence pack says that a run passed, and nothing in it lets anybody look the run up.

    ## Why it matters

    "`npm run ci` passed" is the weightiest line of many packets and handoffs. Which run, on which commit, when? Without a link, a number, a log or a
    report it is a memory, and the next reader must run it again to know.

    Only documents that are evidence packs count (packets, handoffs, closeouts, verification reports), and only lines that say nothing else. A link to a
    run, a run's number, a commit or pull request, a report, log or picture, or fenced output anywhere in the document backs its runs. One finding for a
    document, at the first such line.

    ## Bad

    ```md path=docs/gate-evidence-packet.md
    # Storm gate evidence packet

    - [x] Alarm raised
    - Tests: `tests/storm.test.ts`

    ## Validation run

    - `npm run ci` passed.
    ```

    ```ts path=tests/storm.test.ts
    test("storm", () => {});
    ```

    ## Good

    ```md path=docs/gate-evidence-packet.md
    # Storm gate evidence packet

    - [x] Alarm raised
    - Tests: `tests/storm.test.ts`

    ## Validation run

    - `npm run ci` passed, run 412 on `4d2f0c6`.
    ```

    ```ts path=tests/storm.test.ts
    test("storm", () => {});
    ```

    ## References

    - CL008 command-undefined, for commands that nobody can run
    - CL011 report-refutes, for runs whose report is named
    """

    info = RuleInfo(code="CL013", name="run-without-source", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for a document, at the first line that is nothing but a run that passed."""
        if document.kind is not DocumentKind.EVIDENCE_PACK:
            return
        facts = project.claims.get(document.path, ())
        passed = [fact for fact in facts if "result" in fact.claim.values and fact.verdict is ClaimVerdict.ASSERTED]
        runs = [fact.claim for fact in passed if _is_line(document, fact.claim)]
        if not runs or _BACKING.search(document.source.text):
            return
        first, *others = runs
        lines = [str(document.source.position(claim.span.start).line) for claim in others]
        rest = "the ones in lines" if len(lines) > 1 else "the one in line"
        where = f" or of {rest} {enumerated(lines, _SHOWN)}" if lines else ""
        yield self.finding(
            document.source,
            first.span,
            f"{quoted(str(first.values['command']))} passed here, but the document names no link, number, commit, report, log or output of that run{where}",
            help="link the run, or keep its log or report in the repository and name it",
            subject=" ".join(first.text.split()),
            related=tuple(
                Location.at(document.source, claim.span, "this run neither") for claim in others[:_RELATED_LIMIT]
            ),
        )


def _is_line(document: Document, claim: Claim) -> bool:
    """Whether a line says that the run passed, and nothing else."""
    source = document.source
    start = source.line_span(source.position(claim.span.start).line).start
    end = source.line_span(source.position(claim.span.end).line).end
    before, after = source.text[start : claim.span.start], source.text[claim.span.end : end]
    return end - start <= _WHOLE_LINE and bool(_MARKS.fullmatch(before) and _TRAIL.fullmatch(after))
