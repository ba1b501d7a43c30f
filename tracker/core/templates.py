"""Templates are compiled once per language, with the translations of their sentences built in."""

from collections.abc import Callable, MutableMapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import BaseLoader, Template, nodes
from jinja2.environment import Environment as AnyEnvironment
from jinja2.runtime import Macro
from jinja2.visitor import NodeTransformer

from tracker.core import wording


class _Translated(NodeTransformer):
    """Replaces `_("…")` by its translation; sentences with placeholders are translated when rendered."""

    def visit_Call(self, node: nodes.Call, *args: Any, **given: Any) -> nodes.Node:  # noqa: N802  # Jinja's name
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(sentence))], kwargs=[]):
                translation = wording.gettext(sentence)
                return nodes.TemplateData(translation % {} if "%" in translation else translation, lineno=node.lineno)
        return self.generic_visit(node, *args, **given)


class _OncePerLanguage(BaseLoader):
    def __init__(self, inner: BaseLoader) -> None:
        self._inner, self._made = inner, dict[tuple[str, str], Template]()

    def load(self, environment: AnyEnvironment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        key = (wording.language(), name)
        template = self._made.get(key)
        if template is None or (environment.auto_reload and not template.is_up_to_date):
            template = self._made[key] = self._inner.load(environment, name, globals)
        return template

    def list_templates(self) -> list[str]:
        return self._inner.list_templates()


class Bilingual(Environment):
    def __init__(self, app: Flask, **options: Any) -> None:
        """Without Jinja's own cache, which does not distinguish languages."""
        super().__init__(app, loader=_OncePerLanguage(app.create_global_jinja_loader()), cache_size=0, **options)

    def _generate(self, source: nodes.Template, *args: Any, **given: Any) -> str:
        return super()._generate(_Translated().visit(source), *args, **given)


def once_for_each(macro: Macro) -> Callable[[StrEnum], str]:
    """Cache a macro whose output depends only on a code. Its template, and so the cache, is of one language."""

    @lru_cache(maxsize=512, typed=True)
    def said(code: StrEnum) -> str:
        return macro(code)

    return said


def set_up(app: Flask) -> None:
    """Must run before the app's template environment is first used."""
    app.jinja_environment = Bilingual  # type: ignore[assignment]  # Flask's own way to choose them
    app.jinja_env.globals["once_for_each"] = once_for_each
