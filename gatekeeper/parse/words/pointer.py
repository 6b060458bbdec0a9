"""Whether words name something that a reader can look up: a path, a commit, a run, a number, an identifier."""

from __future__ import annotations

import re

# A figure or date, code, a URL, a link, a handle, snake_case, camelCase, a dotted name, a call, a folder, a scope; and "as above".
_POINTER = re.compile(
    r"\d|`|://|\]\(|@\w|[A-Za-z]_\w|[a-z][A-Z]|\w\.\w|\w\(\)|\w/\w{1,40}/|\w::\w|\b(?:above|below|attached|ibid|oben|unten|ci-dessus|ci-joint|arriba|adjunto|acima|выше|ниже|ovenfor)\b|同上|上記|附件"
)


def names_something(words: str) -> bool:
    """Whether anything in these words may be looked up; plain words alone ("simulation logs") may not."""
    return _POINTER.search(words) is not None
