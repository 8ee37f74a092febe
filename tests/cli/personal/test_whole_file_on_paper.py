"""The documents of a whole file: readable without colour or scripts, and written in bounded memory."""

import io
import json
import re
import tracemalloc
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.platform.v1 import own_file_pb2 as pb

from services.client.file.as_html import HtmlFile
from services.client.file.as_json import JsonFile
from services.client.file.whole import End, Kept
from services.client.file.words import GROUNDS, SECTIONS
from services.platform.calls.wire import to_date, to_word
from services.platform.process.own_records import PAGE, pages
from tests.builders import days_ago
from tests.cli.plan.a_plan import FILE, instant

LIST = "psmf.evidence.v1.EvidenceService/ListEvidenceItems"
VOID = {"meta"}


def an_item(number: int = 1, **changed: Any) -> Kept:
    item = items.EvidenceItem(
        name=f"{FILE}/evidenceItems/{number:032x}",
        kind=items.EVIDENCE_KIND_FEEDBACK,
        source=items.EVIDENCE_SOURCE_REPORTER,
        happened_date=to_date(days_ago(20)),
        create_time=instant(11, 2),
        summary="Demo <b>data</b> & invented.",
        mappings=[items.Mapping(standard="S4", indicator="S4.1", polarity=items.POLARITY_CONCERN)],
    )
    withheld = changed.pop("withheld", ())
    item.MergeFrom(items.EvidenceItem(**changed))
    return Kept("evidence", LIST, item, withheld)


def page(*kept: Kept, ends: tuple[End, ...] = ()) -> str:
    out = io.StringIO()
    file = HtmlFile(out, "Demo Effie Lochend (sg-02218697)", "3 December 2026 09:30")
    for each in kept:
        file.add(each)
    for end in ends:
        file.end_of(end)
    file.close()
    return out.getvalue()


class Outline(HTMLParser):
    """The headings of a page, its links and their places, and that each element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.links: set[str] = set()
        self.places: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if "href" in given:
            self.links.add(given["href"].removeprefix("#"))
        if "id" in given:
            self.places.append(given["id"])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_has_headings_in_order_and_a_place_for_every_link() -> None:
    read = pb.Read(read_time=instant(11, 3), reader="panel-team", role="panel_team", right=pb.Read.RIGHT_ROLE)
    reads = Kept("evidence", "psmf.platform.v1.OwnFileService/ListReads", read, ())
    text = page(an_item(), an_item(2), reads, ends=(End("evidence", [LIST], ()),))
    found = Outline(text)
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
    assert found.links == set(found.places)
    assert len(found.places) == len(set(found.places)) == len(SECTIONS) + 1
    assert 'lang="en-GB"' in text


def test_the_page_has_no_script_no_image_and_tells_nothing_by_colour() -> None:
    text = page(an_item())
    assert Outline(text).tags & {"script", "img", "iframe", "link", "object"} == set()
    assert "color" not in text
    assert "http" not in text


def test_a_text_is_shown_and_never_read_as_markup() -> None:
    text = page(an_item(summary="<script>alert(1)</script>"))
    assert "Demo &lt;b&gt;data&lt;/b&gt; &amp; invented." not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_record_is_in_words() -> None:
    text = page(an_item())
    assert "<h3>Feedback, reporter, " in text
    assert "<dt>Polarity</dt>\n<dd>concern</dd>" in text
    assert "<dt>Create time</dt>\n<dd>2 November 2026 10:00</dd>" in text


def test_a_record_is_named_as_people_type_it_and_a_standard_by_its_title() -> None:
    out = io.StringIO()
    file = HtmlFile(out, "Demo Effie Lochend", "3 December 2026 09:30", {"S4": "S4 Reports"})
    file.add(an_item(superseded_by=f"{FILE}/supportSessions/6c66e8b98cbf5fab/record", etag="7"))
    file.close()
    assert "<dd>support session 6c66e8b9, record</dd>" in out.getvalue()
    assert "<dd>S4 Reports</dd>" in out.getvalue()
    assert "Etag" not in out.getvalue()


def test_a_part_without_records_says_so() -> None:
    assert page().count("<p>Nothing is on file.</p>") == len(SECTIONS)


@pytest.mark.parametrize("ground", [number for number in pb.Ground.values() if number])
def test_what_is_withheld_stands_as_withheld_with_its_ground(ground: Any) -> None:
    because = GROUNDS[to_word(pb.Ground, ground)]
    text = page(an_item(withheld=[pb.WithheldField(field="summary", ground=ground)]))
    assert f"<dt>Summary</dt>\n<dd>Withheld: {because}.</dd>" in text
    left_out = End("evidence", [], [pb.LeftOut(what="drafts of records", ground=ground)])
    assert f"<li>Drafts of records. Withheld: {because}.</li>" in page(ends=(left_out,))


def test_json_holds_the_same_records() -> None:
    out = io.StringIO()
    file = JsonFile(out, "sg-02218697", "2026-12-03T09:30:00+00:00")
    file.add(an_item(1, withheld=[pb.WithheldField(field="reply.text", ground=pb.GROUND_WAITS_FOR_A_LOOK)]))
    file.add(an_item(2))
    file.end_of(End("evidence", [LIST], [pb.LeftOut(what="drafts", ground=pb.GROUND_NOT_SHARED)]))
    file.close()
    whole = json.loads(out.getvalue())
    assert [each["method"] for each in whole["records"]] == [LIST, LIST]
    assert whole["records"][0]["record"]["summary"] == "Demo <b>data</b> & invented."
    assert whole["records"][0]["withheld"][0]["ground"] == "waits_for_a_look"
    assert whole["ends"]["number"] == 2
    assert whole["ends"]["left_out"][0]["because"] == GROUNDS["not_shared"]


class Nowhere(io.StringIO):
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("kind", [HtmlFile, JsonFile])
def test_a_file_of_five_hundred_items_is_written_in_the_memory_of_a_short_one(kind: Any) -> None:
    def peak(number: int) -> int:
        return _peak_of(lambda: _written(kind, number))

    peak(5)  # what is made once for each kind of message is made here
    assert peak(500) < peak(20) + 150_000, "all of them together are ten times as much"


def _written(kind: Any, number: int) -> None:
    file = kind(Nowhere(), "sg-02218697", "3 December 2026")
    for place in range(number):
        file.add(an_item(place))
    file.close()


def _peak_of(work: Callable[[], None]) -> int:
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_service_asks_for_a_page_only_when_the_one_before_is_used_up() -> None:
    asked: list[int] = []

    def ask(request: items.ListEvidenceItemsRequest, context: Any) -> items.ListEvidenceItemsResponse:
        asked.append(request.page_size)
        answer = [items.EvidenceItem(summary=str(len(asked))) for _ in range(request.page_size)]
        return items.ListEvidenceItemsResponse(evidence_items=answer, next_page_token="" if len(asked) == 5 else "on")

    records = pages(ask, items.ListEvidenceItemsRequest(parent=FILE), "evidence_items")
    for _ in range(PAGE):
        next(records)
    assert asked == [PAGE]
    assert sum(1 for _ in records) == 4 * PAGE
