"""The rulebook as a document is complete, and everyone can read it, on a screen or with a screen reader."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from services.rules.adapters.rule_files.book import book
from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.domain.closed_lists import RuleStatus
from services.rules.domain.rulebook.wording import day_in_words

VOID = {"meta", "br"}
TODAY = date(2026, 11, 2)


class Read(HTMLParser):
    """The elements and text of a document, in order. Every element must be closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.captions = 0
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.captions += tag == "caption" and self.open[-1] == "table"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        """Return the attributes of each element of these kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module")
def read() -> Read:
    """The shipped rulebook's document."""
    return Read(book(load_rulebook(), TODAY))


def test_the_document_is_whole_and_in_british_english(read: Read) -> None:
    assert read.open == []
    assert read.all("html") == [{"lang": "en-GB"}]
    assert len(read.all("title")) == len(read.all("main")) == len(read.all("nav")) == 1


def test_there_is_one_main_heading_and_no_level_is_left_out(read: Read) -> None:
    levels = [int(tag[1]) for tag, _ in read.elements if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_heading_cell_says_of_what(read: Read) -> None:
    assert read.captions == len(read.all("table")) > 50
    assert {cell.get("scope") for cell in read.all("th")} == {"col", "row"}


def test_nothing_runs_and_nothing_is_fetched(read: Read) -> None:
    assert not read.all("script", "link", "img", "iframe", "object", "base")
    assert all(set(attributes) <= {"href"} for attributes in read.all("a"))
    assert "url(" not in "".join(read.words)
    assert "@import" not in "".join(read.words)
    assert not any(name.startswith("on") or name == "src" for _, attributes in read.elements for name in attributes)


def test_every_link_leads_to_a_place_in_the_document_and_each_place_is_named_once(read: Read) -> None:
    places = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(places) == len(set(places))
    assert {attributes["href"] for attributes in read.all("a")} <= {f"#{place}" for place in places}


def test_it_can_be_printed(read: Read) -> None:
    assert "@media print" in "".join(read.words)


def test_every_rule_number_source_and_example_is_in_it(read: Read) -> None:
    rulebook, text = load_rulebook(), " ".join(read.words)
    for rule in rulebook.rules:
        assert all(part in text for part in (rule.rule_id, rule.title, rule.source))
        assert all(example.title in text for example in rule.examples)
    for parameter in rulebook.parameters.values():
        assert all(part in text for part in (parameter.name, parameter.means, parameter.owner))
        for value in parameter.values:
            assert all(part in text for part in (day_in_words(value.from_on), value.why, value.cites))
    assert all(measure.means in text for measure in rulebook.measures.values())
    for standard in rulebook.editions[-1].standards:
        assert all(part in text for part in (standard.title, standard.text, standard.source))


def test_the_sentence_people_read_has_todays_numbers_in_it(read: Read) -> None:
    assert any("[late reports] reports in the last 12 months came later than due" in w for w in read.words)


def test_a_rule_on_trial_is_marked_so() -> None:
    rulebook = load_rulebook()
    first, *others = rulebook.rules
    tried = replace(rulebook, rules=(replace(first, status=RuleStatus.TRIAL), *others))
    words = " ".join(Read(book(tried, TODAY)).words)
    assert "On trial: nobody is told what it answers, from" in words
    assert "On trial" not in " ".join(Read(book(rulebook, TODAY)).words)
