"""Templates: the environment that shows plain data, and the sandbox in which a user's own template runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from gatekeeper.model.errors import ConfigError
from gatekeeper.render.board.markup.escape import escape_markdown
from gatekeeper.render.board.shapes import DashboardJson
from gatekeeper.render.sink import spelled

# Text that is no markup: escaping would change what it says.
_PLAIN_SUFFIXES = (".txt", ".md", ".markdown", ".csv", ".tsv", ".json", ".rst", ".adoc")
_TEMPLATE_SUFFIXES = (".j2", ".jinja", ".jinja2", ".tmpl")
SIZE_LIMIT = 64 << 20
"""How many characters a user's template may write."""


def show(value: object) -> object:
    """What a template writes for a value: untrusted text harmless, markup of ours as it is. Secrets are masked in the data."""
    # Mostly plain words, ten thousand times: no second call for them.
    if type(value) is str:
        return value if value.isascii() and value.isprintable() else spelled(value)
    return spelled(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class _Data:
    """How templates look into data: `cell.items` is the field, not the method of a mapping."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)  # type: ignore[misc]


class Plain(_Data, Environment):
    """The environment of the templates that are shipped."""


class _Sandbox(_Data, ImmutableSandboxedEnvironment):
    """The environment of a user's template: no attributes that lead out of the data, nothing that changes it."""


def render_template(data: DashboardJson, text: str, name: str) -> Iterator[str]:
    """What a user's template writes, piece by piece; see docs/dashboard.md for what it is given.

    The sandbox keeps a template to its data. It does not bound time or memory: whoever calls does.

    Args:
        data: the dashboard; its fields are the variables of the template.
        text: the template.
        name: its file name, which tells whether what it writes is markup.

    Raises:
        ConfigError: the template is wrong, asks for what is not there, or writes more than `SIZE_LIMIT` characters.
    """
    environment = _Sandbox(
        autoescape=_is_markup(name), undefined=StrictUndefined, finalize=show, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["markdown"] = escape_markdown
    plain: dict[str, Any] = json.loads(json.dumps(data))
    written = 0
    try:
        for piece in environment.from_string(text).generate(plain):
            written += len(piece)
            if written > SIZE_LIMIT:
                raise ConfigError(f"the template writes more than {SIZE_LIMIT:,} characters", "make it end", name)
            yield piece
    except TemplateError as error:
        line = getattr(error, "lineno", None) or _line_of(error)
        raise ConfigError(
            f"the template fails: {error.message or type(error).__name__}",
            "docs/dashboard.md lists what a template is given",
            f"{name}:{line}" if line else name,
        ) from None
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        line = _line_of(error)
        raise ConfigError(
            f"the template fails: {type(error).__name__}: {error}",
            "docs/dashboard.md lists what a template is given",
            f"{name}:{line}" if line else name,
        ) from None


def _is_markup(name: str) -> bool:
    """Whether values are escaped as HTML: always, but where the name says that the output is plain text."""
    plain = name.lower()
    for suffix in _TEMPLATE_SUFFIXES:
        plain = plain.removesuffix(suffix)
    return not plain.endswith(_PLAIN_SUFFIXES)


def _line_of(error: BaseException) -> int:
    """The line of the template on which an error arose; 0 when it is not known."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
