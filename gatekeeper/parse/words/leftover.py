"""Words of sections that list what is still to be done: their titles, an empty one, and an entry that is settled."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"(?:(?:pending |required )?human (?:verification|review|checks?|testing|actions?) (?:required|needed|pending|items)|pending human (?:verification|review)"
    r"|manual (?:verification|testing|checks?) (?:required|needed|pending)|remaining(?: (?:work|tasks?|items?|issues?|gaps?|blockers?|steps))?"
    r"|open (?:issues|items|tasks|points|gaps|defects|bugs)|outstanding(?: (?:work|items?|issues?|tasks?|gaps?|defects?))?"
    r"|(?:current |active |open |remaining |critical )?blockers?|blocking issues|unresolved(?: (?:issues|items|gaps|findings))?"
    r"|still (?:to do|open|missing|pending)|pending (?:work|items|tasks|issues)|to[- ]?dos?"
    r"|reste à faire|points ouverts|points bloquants|pendientes|trabajo (?:restante|pendiente)|bloqueos|pendências|offene punkte|restarbeiten|noch offen"
    r"|осталось(?: сделать)?|открытые вопросы|блокеры|待办|待办事项|遗留问题|未完成|阻塞|阻塞项|残課題|残作業|未対応|ブロッカー)",
    re.IGNORECASE,
)
_EDGES = " \t*_`#:：.!\u2013\u2014-"
_DECOR = re.compile(r"^[^\w(]+|^\d+(?:\.\d+)*[.)]?\s+")
_BRACKET = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
# What a heading, or the first words below it, say of all its entries: none, settled, or nothing that was promised.
_ASIDE = re.compile(
    r"\b(?:optional|non[- ]?blocking|not blocking|future|later|deferred|post-\w+|backlog|next|nice[- ]to[- ]have|low[- ]priority|resolved|cleared|historical"
    r"|facultati\w+|opcional\w*|future\w*|später|позже)\b|可选|延后",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"[\W_]*(?:none\b|no\b|not (?:required|needed|applicable)\b|n/?a\b|nothing\b|zero\b|0\b|all (?:\w+ ){0,3}(?:resolved|clear(?:ed)?|closed|done|complete[d]?"
    r"|approved|passed)\b"
    r"|approved\b|complete[d]?\b|resolved\b|ningun[oa]?\b|nada\b|aucune?s?\b|rien\b|kein\w*\b|nichts\b|nenhum\w*\b|нет\b|ничего\b|无|沒有|没有|なし)",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"[✅✓✔☑🟢]|\[\s?[xX✓]\s?\]|~~"
    r"|(?:[(\[:：\u2013\u2014-]|\*\*|\s->|→)\s*(?:now )?(?:resolved|done|complete[d]?|fixed|closed|approved|verified|passed|pass|accepted|mitigated|cleared)\b"
    r"|\b(?:resolved|approved|completed|fixed|closed)(?: (?:in|on|by|via)\b|[\s*_]*$)",
    re.IGNORECASE,
)


# Anywhere in such a section: that it was dealt with.
_DEALT_WITH = re.compile(
    r"\b(?P<all>\d{1,4})\s?/\s?(?P=all) (?:passed|approved|done|complete[d]?|verified|confirmed)\b"
    r"|\b(?:already|prior|previously|since|(?<!not )(?<!never )been) (?:\w+[ -]){0,3}"
    r"(?:approv(?:ed|al)|completed?|verified|confirmed|passed|resolved|retested|signed off)\b"
    r"|\b(?:approved|confirmed|verified|passed|signed off) by (?:the |an? )?(?:user|human|operator|owner|tester|stakeholder|\w+ on)\b",
    re.IGNORECASE,
)


def announces_leftovers(title: str) -> bool:
    """Whether a section's title says that what stands below is still to be done, without a word that takes it back."""
    words = _DECOR.sub("", title).strip(_EDGES)
    bare = _BRACKET.sub("", words).strip(_EDGES)
    return (
        _TITLE.fullmatch(bare) is not None
        and not _ASIDE.search(words[len(bare) :])
        and not _NONE.match(words[len(bare) :].strip(" ([（"))
    )


def is_none(text: str) -> bool:
    """Whether the first words below such a title say that there is nothing, that all is settled, or that none of it was promised."""
    return _NONE.match(text) is not None or _ASIDE.search(text[:120]) is not None


def is_dealt_with(text: str) -> bool:
    """Whether the words of a whole section say somewhere that its entries were dealt with."""
    return _DEALT_WITH.search(text) is not None


def is_settled(text: str) -> bool:
    """Whether an entry says of itself that it is done, put off or nothing."""
    return not text.strip(_EDGES) or _SETTLED.search(text) is not None or is_none(text)
