"""Paths of one person's machine in the text of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from gatekeeper.model.document import Document
from gatekeeper.model.text import Span
from gatekeeper.rules.status._line import iter_plain_lines

_HOME = re.compile(
    r"(?<![\w.~/\\%})>@:\]-])(?:file:/{2,3})?(?:(?:[A-Za-z]:)?[\\/]{1,2}(?:Users|home)[\\/]{1,2}(?P<name>[^\W_][\w.@-]*)[\\/]{1,2}(?=[\w.@])"
    r"|(?<=file:///)[A-Za-z]:[\\/](?=\w))(?P<rest>[^`\"'<>|\n\r)\]}{*]*)"
)
# Accounts that containers and runners have, and names that stand for any reader's own.
_ANYBODY = frozenset(
    "user users username user-name user_name you your yourname your-name your_name your-username yourusername youruser your-user me myuser"
    " myname name somebody someone app appuser app-user node runner runneradmin vscode ubuntu debian centos fedora ec2-user azureuser root"
    " admin administrator deploy deployer jenkins git gitlab-runner circleci travis codespace gitpod sandbox container coder developer dev"
    " devuser test tester testuser example demo foo bar baz alice bob john john.doe johndoe jane jdoe joe public default shared linuxbrew"
    " nonroot airflow jovyan pi vagrant www www-data service postgres oracle guest nobody web agent bot build builder ci xxx xxxx path my"
    " benutzer benutzername nutzer usuario utilisateur utente usuário bruker".split()
)
_EXAMPLE = re.compile(
    r"^\W*(?:given|when|then)\b"
    r"|\b(?:e\.?g\.?|for example|for instance|such as|example|replace|substitute|placeholder|z\. ?b|beispiel|par exemple|ejemplo|exemplo|например)\b"
    r"|例如|例えば",
    re.IGNORECASE,
)
# Folders in which tools for agents keep their prompts; such pages hold no status of this repository.
_PROMPTS = re.compile(
    r"(?:^|/)\.[\w-]+/(?:.*/)?(?:agents?|commands|skills|workflows|templates|references|rules|prompts|hooks)/",
    re.IGNORECASE,
)
# What may stand before a path that a line gives as its value: marks, at the line's begin or after a bar, a colon or a bracket.
_OFFERED = re.compile(r"(?:^|[|:：=(])[\s>*_+\-\[\](\d.`\"']*$")
_AROUND = 160


class Place(Struct, frozen=True):
    """A path of one machine.

    Attributes:
        home: its first part, up to the account's folder.
        is_offered: whether its line gives it as a value, and does not merely tell of it.
    """

    span: Span
    home: str
    is_offered: bool


def iter_places(document: Document) -> Iterator[Place]:
    """The paths outside of fenced code, in order; none in the prompts of agents' tools and in lines that give examples."""
    text = document.source.text
    if not ("Users" in text or "home" in text or "file:" in text) or _PROMPTS.search(document.path):
        return
    for start, text in iter_plain_lines(document):
        matches = list(_HOME.finditer(text)) if "/" in text or "\\" in text else []
        if not matches or _EXAMPLE.search(text):
            continue
        for match in matches:
            if (match["name"] or "").casefold() not in _ANYBODY:
                before = text[max(match.start() - _AROUND, 0) : match.start()]
                span = Span(start + match.start(), start + match.start() + len(_written(text, match)))
                home = match[0][: match.start("rest") - match.start()]
                yield Place(span, home, _OFFERED.search(before) is not None)


def _written(text: str, match: re.Match[str]) -> str:
    """The path without the words that follow it; blanks belong to it where a code span holds nothing else."""
    is_code = text[: match.start()].endswith("`") and text.startswith("`", match.end())
    whole = match[0] if is_code else match[0].split(maxsplit=1)[0]
    return whole.rstrip(" .,;:")
