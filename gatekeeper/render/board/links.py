"""Links to a file and line at the commit, for remotes whose pages are known, or by a template of the user's."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

from gatekeeper.model.environment.secret import mask
from gatekeeper.model.errors import ConfigError

# Nothing before an `@` is kept: it may be a token.
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^/@\s]*@)?(?P<host>[a-z0-9][a-z0-9.-]*\.[a-z]{2,})(?::\d+)?[:/]/*"
    r"(?P<path>[\w.~-]+(?:/[\w.~-]+)+)/*",
    re.IGNORECASE | re.ASCII,
)
_FIELDS = re.compile(r"\{(\w*)\}")
_KNOWN = ("commit", "path", "line")
# `plain=1`: the source, where lines have numbers, and not the page that Markdown makes.
_PAGES = (
    ("github", "https://{host}/{path}/blob/{{commit}}/{{path}}?plain=1#L{{line}}"),
    ("gitlab", "https://{host}/{path}/-/blob/{{commit}}/{{path}}?plain=1#L{{line}}"),
)
_COMMITS = re.compile(r"(?P<start>https://.+?/)(?P<dash>-/)?blob/\{commit\}/\{path\}\?plain=1#L\{line\}")


class Links(Struct, frozen=True):
    """Where places of a repository can be looked at.

    Attributes:
        template: with `{commit}`, `{path}` and `{line}`; "" where nothing is known.
        commit: whole id in hex; "" before the first commit.
    """

    template: str = ""
    commit: str = ""

    def to(self, path: str, line: int = 1) -> str:
        """The address of a line, counted from 1; "" without a template, a commit or a path."""
        if not (self.template and self.commit and path):
            return ""
        return _page(self.template, self.commit, path).replace("{line}", str(line))

    def to_commit(self, commit: str) -> str:
        """The address of a commit; "" where the template is not one of those that are known."""
        match = _COMMITS.fullmatch(self.template)
        return f"{match['start']}{match['dash'] or ''}commit/{commit}" if match and commit else ""


@lru_cache(maxsize=4096)
def _page(template: str, commit: str, path: str) -> str:
    """The address of a file; what is left to fill in is the line, for a path holds no braces once it is quoted."""
    # File names may hold bytes that are not UTF-8, and a token may be one's name.
    named = quote(mask(path), safe="/", errors="surrogatepass")
    return template.replace("{commit}", commit).replace("{path}", named)


def find_template(remote: str) -> str:
    """The link template for a remote's URL, by the name of its host; "" for one that is not known.

    Of the URL host and path alone are kept, never a user or a token.
    """
    match = _REMOTE.fullmatch(remote.strip())
    host, path = (match["host"].lower(), repository_name(remote)) if match else ("", "")
    return next((page.format(host=host, path=path) for name, page in _PAGES if name in host), "")


def repository_name(remote: str) -> str:
    """The path that a remote's URL names, as `owner/name`; "" for what is no such URL."""
    match = _REMOTE.fullmatch(remote.strip())
    return match["path"].removesuffix(".git") if match else ""


def checked_template(template: str) -> str:
    """A template of the user's, unchanged.

    Raises:
        ConfigError: it is no address of a page, or names something else than `{commit}`, `{path}` and `{line}`.
    """
    hint = "such as https://git.example.com/{commit}/{path}#L{line}"
    if not re.match(r"https?://[^\s/{}]", template) or re.search(r"[\s\"'<>\\^`|]", template):
        raise ConfigError(
            "a link template begins with https:// or http:// and holds no blanks or quotes", hint, template
        )
    unknown = [name for name in _FIELDS.findall(template) if name not in _KNOWN]
    if unknown or "{path}" not in template:
        fault = f"`{{{unknown[0]}}}` is not known to link templates" if unknown else "a link template names `{path}`"
        raise ConfigError(fault, hint, template)
    return template
