"""Templates loop and choose a macro, and do nothing else. All that a person reads stands in the files of words."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from tests.architecture.source import ROOT

TEMPLATES = ROOT / "services" / "console" / "templates"
FORBIDDEN = {
    "a word of the wire": r"[A-Z]{3,}_[A-Z]",
    "a count or a date": r"\|\s*(length|count|sum|round|date)|now\(|strftime",
    "text that is not escaped": r"\|\s*safe|autoescape false",
    "a style or a script inside": r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=",
    "a page of others": r"https?://",
}
JUDGING = re.compile(
    r"\b(flags?|tickets?|dismiss|breach|failing|poor|users?|override|dead letters?|entity|simply|just|he|she)\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(r"just now", re.IGNORECASE)


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{file.relative_to(TEMPLATES)}:{number}"
        for file in templates()
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a word of the wire", "{% if it.state == 'STATE_OPEN' %}"),
        ("a count or a date", "{{ rows|length }}"),
        ("text that is not escaped", "{{ text | safe }}"),
        ("a style or a script inside", '<p style="color: red">'),
    ],
)
def test_a_template_that_does_more_is_seen(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line)


def test_no_text_of_a_page_stands_in_its_template() -> None:
    """A word in a template could not be translated. Signs between two texts may stand there."""
    found = []
    for file in templates():
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", " ", file.read_text(), flags=re.DOTALL)
        found += [f"{file.name}: {word}" for word in re.findall(r"[A-Za-z]{2,}", text)]
    assert found == []


def every_text(held: Any) -> list[str]:
    if isinstance(held, str):
        return [held]
    if isinstance(held, bool):
        return []
    return [text for part in (held.values() if isinstance(held, dict) else held) for text in every_text(part)]


def test_no_word_judges_or_belongs_to_those_who_write_software() -> None:
    found = [
        f"{file.parent.name}: {text}"
        for file in TEMPLATES.rglob("words.en.toml")
        for text in every_text(tomllib.loads(file.read_text()))
        if JUDGING.search(ALLOWED.sub("", text))
    ]
    assert found == []


def test_what_somebody_wrote_is_shown_as_text() -> None:
    """Every environment of ours escapes: a template that shows markup of evidence would run it."""
    made = (ROOT / "services" / "console" / "rendering.py").read_text()
    assert made.count("Environment(") == made.count("autoescape=True") == 1
    written = "</textarea><script>alert(1)</script><a href=javascript:alert(1)>"
    assert "<" not in Environment(autoescape=True).from_string("{{ it }}").render(it=written)


def test_the_stylesheet_of_ours_is_small() -> None:
    assert len((files("services.console") / "static" / "psmf.css").read_bytes()) <= 8_192
