"""The formatter of templates may move what a reader does not see; a sentence to be translated stays as it is."""

import io
import subprocess
import sys
from pathlib import Path

from jinja2.ext import babel_extract

from tests.databases import ROOT

TEMPLATE = """
{% extends "layouts/base.html" %}
{% block main %}
<h1>{{ _("Evaluación %(number)s de %(total)s", number=round.number, total=total) }}</h1>
<p>{{ _("Una frase tan larga que no cabe en una línea de la plantilla y que sin embargo no se puede partir en dos") }}
<a href="{{ url_for("scorecards.show", edition=edition.slug, language=language.code) }}">{{ _("Ver") }}</a>.</p>
<p>{% trans %}El municipio respondió en el periodo evaluado y la coordinación todavía no ha decidido.{% endtrans %}</p>
{% trans count=n %}Hay {{ count }} municipio.{% pluralize %}Hay {{ count }} municipios.{% endtrans %}
<div>{% trans trimmed name=person.name %}
  Hola, <strong>{{ name }}</strong>:
      ¿cómo vamos?
{% endtrans %}</div>
{% endblock %}
"""


def _messages(template: str) -> list[object]:
    source = io.BytesIO(template.encode())
    options = {"extensions": "jinja2.ext.i18n", "silent": "false"}
    return [found[1:3] for found in babel_extract(source, ("_", "gettext", "ngettext"), [], options)]


def _formatted(template: str, folder: Path) -> str:
    file = folder / "template.html"
    file.write_text(template, encoding="utf-8")
    program = Path(sys.executable).parent / "djlint"
    command = [str(program), str(file), "--reformat", "--quiet", "--configuration", str(ROOT / "pyproject.toml")]
    assert subprocess.run(command, capture_output=True, check=False).returncode in {0, 1}
    return file.read_text(encoding="utf-8")


def test_a_formatted_template_holds_the_same_messages(tmp_path: Path) -> None:
    formatted = _formatted(TEMPLATE, tmp_path)
    assert formatted != TEMPLATE
    assert len(_messages(TEMPLATE)) == 6
    assert _messages(formatted) == _messages(TEMPLATE)
    assert _formatted(formatted, tmp_path) == formatted
