"""Whether a sentence offers a path as proof, merely mentions it, or says that it is gone."""

from __future__ import annotations

import re
import sys

from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef

# What stands before: only marks, a box, a number or a bold word and a colon, so that the reference leads its line.
_LEAD = re.compile(r"[\s*_`>()\[\]xX~+\-•.\d:：|#\u2013\u2014→✅✓✔☑❌🟢🟡⚠️]*$")
# After a colon or an opening bracket stands nothing but other references, each perhaps with a test's name in brackets.
_LISTED = re.compile(
    r"[:：(（][\s*]*(?:`[^`\n]*`|[(（]`[^`\n]*`[)）]|\[[^\]\n]*\]\([^)\n]*\)|[\w.@+-]+/[\w./@+-]+|[\s,;+&`*]|and|und|et|y|и|og|和)*$"
)
# The words before a reference are compared in lower case: a pattern that forgives letter case takes five times as long.
_MADE_WORDS = (
    r"(?:created|added|updated|wrote|published|documented|recorded|stored|implemented|modified"
    r"|enhanced|generated|produced|built|extended|wired|covered|tested|verified|validated|fixed|enforced|evidence|proof|artifacts?|erstellt"
    r"|créé|ajouté|creado|añadido|criado|добавлен|создан|opprettet|新增|创建|追加|作成)"
)
_MADE = re.compile(rf"(?<!are )(?<!is )(?<!be )(?<!gets )(?<!get )\b{_MADE_WORDS}\b[^.;:\n]{{0,48}}$")
_SEE_WORDS = r"(?:see|siehe|voir|ver|vea|смотри|см\.|se|参照|参见)"
_SEE = re.compile(rf"\b{_SEE_WORDS}[ \t]+(?:also[ \t]+)?[`*(\[]*$")
_MADE_AFTER = re.compile(
    r"[`*)\s,]{0,4}(?:file )?(?:is |was )?(?:created|added|updated|written|generated|exists|published|passes|passed|passing|documented|committed)\b",
    re.IGNORECASE,
)
_GONE_WORDS = (
    r"(?:removed?|removes|removing|deleted?|deletes|deleting|dropped|drops?|excluded?|excludes|ignored?|ignores|renamed|moved|obsolete|deprecated"
    r"|don'?t|do not|does not|never|not|no|without|instead of|replaced|replaces|gelöscht|entfernt|supprimé|eliminado|removido|удал\w+|slettet|删除|削除)"
)
_GONE = re.compile(rf"\b{_GONE_WORDS}\b[^.;:\n`]{{0,40}}[`*\s]*$")
# What a condition or a warning says about a path is no statement that it exists.
_UNLESS_WORDS = r"(?:if|when|whether|unless|until|once|wenn|falls|si|если)"
_UNLESS = re.compile(rf"\b{_UNLESS_WORDS}\b[^.;:\n]*$")
_AVOID_WORDS = r"(?:not|never|avoid|wrong|bad|forbidden|instead of|ignored?|excluded?|removed?|deleted?)"
_AVOID = re.compile(rf"\b{_AVOID_WORDS}\b[^:\n]{{0,40}}[:：][^:\n]*$")
# Most lines have none of all these words, so that one look is enough.
_SAYS = re.compile(rf"\b(?:{_GONE_WORDS}|{_AVOID_WORDS}|{_UNLESS_WORDS}|{_MADE_WORDS}|{_SEE_WORDS})")
# A path that leads a line and goes on as the subject of a sentence ("`x` downloads the image") is mentioned.
_GOES_ON = re.compile(
    r"[`*)\]]*[ \t]+(?!(?:and|or|with|for|from|in|at|on|to|by|via|plus|lines?|tests?|und|et|y|и|og)\b)[a-z\u0430-\u044f]{2,}\b"
)
# What is said to come later, or only under a condition, need not exist now.
_LATER = re.compile(
    r"[^\n|;.]{0,60}?[(\[–—:,-] ?(?:to be (?:created|added|written|done)|tbd|todo|planned|future|if (?:applicable|needed|any|exists?|present)|optional)\b",
    re.IGNORECASE,
)
_LATER_ABOVE = re.compile(
    r"\b(?:to be (?:added|created|written|done|recorded|captured|uploaded)|tbd)\b[^\n]*\n[\s>*+-]*$", re.IGNORECASE
)
# Right after a path, or at the head of the next cell: that it is gone, or was never made. "Removed the old export" is about something else.
_GONE_AFTER = re.compile(
    r"[`*)\]]*\s?(?:[-\u2013\u2014:(|]{1,2}\s?){0,2}[(*]{0,3}(?:(?:confirmed|was|were|is|now|file|folder|directory|has been|does|did)\s){0,2}"
    r"(?:deleted|removed|dropped|deprecated|superseded|renamed|moved|absent|gone|missing|not (?:yet )?(?:exist|found|present|authored|written|created"
    r"|implemented|committed)|doesn'?t exist|no (?:such )?file(?: exists)?|gelöscht|entfernt|supprimée?|eliminad[oa]|removid[oa]|удал[её]н\w*|slettet"
    r"|已删除|削除済み)"
    r"(?=[*`]*\s*(?:[|.;:,()\n\u2013\u2014-]|$|at\b|from\b|in\b|by\b|as\b|since\b|to\b|yet\b))",
    re.IGNORECASE,
)
# Between the names of one list: "created `src/a.ts` (the form), `b.ts` and `c.ts`".
_CHAIN = re.compile(
    r"[`*_)\]]*(?:\s?\([^()\n]{0,60}\))?[ \t]*(?:[,;&+、]|,?[ \t]*\b(?:and|plus|und|et|y|e|и|og|och)\b)?[ \t]*(?:and[ \t]+)?[`*_(\[]*"
)
_BACK = 160
_ARROW = re.compile(r"[`*)\]\s]{0,4}(?:→|->|=>|⇒)")


def is_gone(text: str, ref: EvidenceRef, end: int = sys.maxsize) -> bool:
    """Whether the words right after a reference, up to an offset, say that the file is gone or was never made."""
    return _GONE_AFTER.match(text, ref.span.end, end) is not None


def is_made(text: str, start: int, ref: EvidenceRef) -> bool:
    """Whether the words before a reference, from `start` on and on its line, say that it was made, changed or tested."""
    line = max(start, text.rfind("\n", start, ref.span.start) + 1)
    return _MADE.search(text[max(line, ref.span.start - _BACK) : ref.span.start].lower()) is not None


def is_next_of(text: str, before: EvidenceRef, ref: EvidenceRef) -> bool:
    """Whether nothing but what parts the names of a list stands between two references of one line, and it need be there now."""
    return bool(_CHAIN.fullmatch(text, before.span.end, ref.span.start)) and not _LATER.match(text, ref.span.end)


def judge_offer(text: str, start: int, ref: EvidenceRef) -> bool | None:
    """True when the words of a block that begins at `start` offer a reference, False when they mention it, None when it is gone."""
    span = ref.span
    line = max(start, text.rfind("\n", start, span.start) + 1)
    before = text[max(line, span.start - _BACK) : span.start]
    said = before.lower()
    if _SAYS.search(said) is None:
        said = ""
    if said and (_GONE.search(said) or _AVOID.search(said)):
        return None
    if _ARROW.match(text, span.end) or is_gone(text, ref):
        return None
    if ref.form is EvidenceForm.LINK or ref.kind in (EvidenceKind.URL, EvidenceKind.COMMAND):
        return True
    if _LATER_ABOVE.search(text, max(0, line - 200), line):
        return False
    if (said and _UNLESS.search(said)) or _LATER.match(text, span.end):
        return False
    if _MADE_AFTER.match(text, span.end) or (said and (_MADE.search(said) or _SEE.search(said))):
        return True
    if _LISTED.search(before.rstrip("`")):
        return True
    return bool(_LEAD.match(before)) and not _GOES_ON.match(text, span.end)
