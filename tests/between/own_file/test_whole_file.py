"""A whole file to take away: every record that the person may see elsewhere, and none that they may not (B23, X3).

The kind that this closes: a new kind of record that a Safeguarder may read is left out of the file that they take, or a
text that is not open to them gets into it.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.platform.v1 import own_file_pb2 as pb

from services.client.client import Client
from services.client.file.as_html import HtmlFile
from services.client.file.as_json import JsonFile
from services.client.file.whole import End, Kept, read_file
from services.client.file.words import SECTIONS
from tests.access.table import methods, permits
from tests.answers import refused
from tests.between.doors.test_across import LISTS, OF_ONE_PERSON
from tests.between.own_file.conftest import MANAGER, PARENT, PERSON
from tests.between.together import Together
from tests.builders import a_mapping

SECRET, OWN_WORDS, OTHERS = "a canary that nobody shared", "a canary of their own", "a canary about somebody else"
ELSEWHERE = {
    "GetEvidenceItem": "as ListEvidenceItems has it",
    "BatchGetEvidenceItems": "as ListEvidenceItems has it",
    "FindSimilarEvidenceItems": "as ListEvidenceItems has it",
    "GetRecordingChoices": "says what they may record, and nothing about anybody",
    "ListSafeguarders": "as GetSafeguarder has it",
    "BatchGetSafeguarders": "as GetSafeguarder has it",
    "SearchSafeguarders": "as GetSafeguarder has it",
    "GetDraft": "an unfinished text of their own, as ListDrafts names it",
    "GetMe": "says which role and which record the person has",
    "BatchGetPeople": "names the staff whose ids stand in other records: it is about them",
    "GetReceipt": "the item that it is about is in the file",
    "ListSessionRecords": "as GetSessionRecord has it, with every earlier text",
    "GetReportSample": "as ListReportSamples has it",
    "GetSampleRound": "says nothing about anybody: a seed, and how many reports stand where",
    "GetActionReview": "as ListActionReviews has it",
    "GetReviewRequest": "as ListReviewRequests has it",
    "ListReviewers": "works out at each reading who of the staff could decide: it is about them",
    "ListConcerns": "as GetConcern has it, with the history",
    "GetSupportSession": "as ListSupportSessions has it",
    "GetSupportSessionCalendar": "the same session, for a calendar program",
    "SuggestSupportSessionTimes": "works out at each reading when both are free; nothing of it is kept",
    "GetAlert": "as ListAlerts has it",
    "WatchAlerts": "as ListAlerts has it, while it changes",
    "ListTimelineEntries": "the records that its entries come from are in the file",
    "ExportMyFile": "it is the file",
}
"""Methods by which a Safeguarder reads something, and why the file does not name them."""


@pytest.fixture(scope="module")
def file(one_person: Together, client: Client) -> list[Kept | End]:
    """The file, after texts were planted on both sides of what the person may see."""
    one_person.record("sg-one", summary=SECRET, mappings=[a_mapping()])
    one_person.share(one_person.record("sg-two", summary=OTHERS))
    one_person.share(one_person.record("sg-one", summary=OWN_WORDS))
    return list(read_file(client, PERSON, "safeguarders/-/file"))


def kept(file: list[Kept | End]) -> Iterator[Kept]:
    return (part for part in file if isinstance(part, Kept))


def test_the_file_covers_every_method_by_which_the_person_reads_about_themselves(file: list[Kept | End]) -> None:
    ends = [part for part in file if isinstance(part, End)]
    assert [end.service for end in ends] == ["evidence", "rules", "scheduling", "notifications"]
    read = {
        method.name
        for method in methods()
        if not method.rules.writes and method.rules.data_class != "open"
        if any(permits(method, "safeguarder", relation) for relation in ("own", "none"))
    }
    covered = {method.rpartition("/")[2] for end in ends for method in end.methods}
    assert covered | ELSEWHERE.keys() == read
    assert covered & ELSEWHERE.keys() == set()


def test_every_part_has_its_heading_in_the_order_in_which_it_comes(file: list[Kept | End]) -> None:
    sent = [f"{part.service}/{m.rpartition('/')[2]}" for part in file if isinstance(part, End) for m in part.methods]
    assert sent == list(SECTIONS)


@pytest.mark.parametrize("name", sorted({*LISTS, *OF_ONE_PERSON}))
def test_what_a_list_shows_the_person_is_in_the_file_as_it_stands_there(
    one_person: Together, file: list[Kept | End], name: str
) -> None:
    listing = (LISTS | OF_ONE_PERSON)[name]
    asked = listing.request(parent=PARENT)
    for option in ("include_closed", "include_ended", "include_reviewed"):
        if option in asked.DESCRIPTOR.fields_by_name:
            setattr(asked, option, True)
    answer = getattr(getattr(one_person, listing.stub), listing.method)(asked, **one_person.as_(PERSON))
    shown = list(getattr(answer, listing.field))
    assert shown
    exported: dict[str, list[Any]] = {}
    for part in kept(file):
        if hasattr(part.record, "name"):
            exported.setdefault(part.record.name, []).append(part.record)
    for record in shown:
        if name == "ListConcerns":  # the file has the history too, which the list leaves out
            (found,) = exported[record.name]
            assert (found.explanation, found.state) == (record.explanation, record.state)
        else:
            assert record in exported[record.name]


def test_the_file_holds_nothing_that_the_person_may_not_see(file: list[Kept | End]) -> None:
    for written in (as_json(file), as_html(file)):
        assert OWN_WORDS in written
        assert SECRET not in written
        assert OTHERS not in written
        assert "sg-two" not in written


def test_a_reply_that_waits_for_a_look_stands_as_withheld(one_person: Together, client: Client) -> None:
    item = one_person.share(one_person.record("sg-one", mappings=[a_mapping()]))
    words = "The child is called Jamie Example and is six years old."
    request = items.AddReplyRequest(name=item.name, text=words, request_id="reply-with-a-name")
    one_person.evidence.AddReply(request, **one_person.as_(PERSON))
    kind, source = items.EVIDENCE_KIND_SELF_ASSESSMENT, items.EVIDENCE_SOURCE_SELF
    sent = one_person.record("sg-one", PERSON, kind=kind, source=source, summary=words, mappings=[])
    file = list(read_file(client, PERSON, "safeguarders/-/file"))
    found = {part.record.name: part for part in kept(file) if part.section == "evidence/ListEvidenceItems"}
    look = pb.GROUND_WAITS_FOR_A_LOOK
    assert [(each.field, each.ground) for each in found[item.name].withheld] == [("reply.text", look)]
    assert [(each.field, each.ground) for each in found[sent.name].withheld] == [("summary", look)]
    page = as_html(file)
    said = "Withheld: it looks as if it names a child, and a person of the Team looks at it first."
    assert page.count(f"<dd>{said}</dd>") == 2
    assert "Jamie" not in page + as_json(file)


@pytest.mark.parametrize("person", [MANAGER, "panel-team", "senior-manager", "lead", "auditor", "person-two"])
def test_nobody_takes_somebody_elses_file(client: Client, person: str) -> None:
    assert refused(lambda: list(read_file(client, person, f"{PARENT}/file"))).code == "PERMISSION_DENIED"


def as_json(file: list[Kept | End]) -> str:
    written = write(JsonFile, file)
    whole = json.loads(written)
    assert whole["ends"]["number"] == len(whole["records"]) == len(list(kept(file)))
    return written


def as_html(file: list[Kept | End]) -> str:
    return write(HtmlFile, file)


def write(kind: Any, file: list[Kept | End]) -> str:
    out = io.StringIO()
    writer = kind(out, "Demo Effie Lochend (sg-one)", "3 December 2026 09:30")
    for part in file:
        (writer.end_of if isinstance(part, End) else writer.add)(part)
    writer.close()
    return out.getvalue()
