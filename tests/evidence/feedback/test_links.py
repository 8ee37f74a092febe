"""Feedback links over the wire: what a child says comes in once, and nobody finds out what was sent."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2
from psmf.evidence.v1 import feedback_links_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import a_mapping, a_request_id, days_ago
from tests.databases import read_rows
from tests.evidence.feedback.conftest import ADULT, AGENCY, DESK, TEAM, Links, a_session

SAID = {"listened": "a_bit", "good": "You came twice, a canary.", "safe": "yes"}
EXPECTED = "Did they listen to you? A bit.\nWas anything good? You came twice, a canary.\nDo you feel safe? Yes."


def item_of(links: Links, name: str) -> Any:
    asked = evidence_pb2.GetEvidenceItemRequest(name=name)
    return links.evidence.items.GetEvidenceItem(asked, **links.evidence.as_(TEAM))


def the_link(links: Links, name: str) -> Any:
    return next(link for link in links.listed() if link.name == name)


def test_what_a_child_says_is_one_item_that_nobody_has_read_against_a_standard(links: Links) -> None:
    made = links.made(case_reference="case-4f2a")
    receipt = links.sent(links.exchanged(made.token), SAID)
    link = the_link(links, made.name)
    item = item_of(links, link.evidence_item)
    assert (link.state, list(link.hints)) == (pb.FeedbackLink.STATE_SENT, ["S2.2"])
    assert item.summary == EXPECTED
    assert item.source == evidence_pb2.EVIDENCE_SOURCE_CHILD
    assert (item.kind, item.evidence_class) == (
        evidence_pb2.EVIDENCE_KIND_FEEDBACK,
        evidence_pb2.EVIDENCE_CLASS_STANDARD,
    )
    assert (list(item.mappings), item.HasField("countable_date")) == ([], False)
    assert (item.happened_date, item.case_reference) == (to_date(days_ago(9)), "case-4f2a")
    assert (len(receipt.code), receipt.sent_before) == (12, False)


def test_sent_twice_from_two_browsers_or_with_the_answer_lost_is_one_item_and_one_receipt(links: Links) -> None:
    made = links.made()
    one, other = links.exchanged(made.token), links.exchanged(made.token)
    request_id = a_request_id()
    first = links.sent(one, SAID, request_id=request_id)
    again = links.sent(one, SAID, request_id=request_id)
    pressed, elsewhere = links.sent(one, SAID), links.sent(other, {"listened": "no"})
    assert again == first
    assert {each.code for each in (first, pressed, elsewhere)} == {first.code}
    assert [each.sent_before for each in (first, pressed, elsewhere)] == [False, True, True]
    assert item_of(links, the_link(links, made.name).evidence_item).summary == EXPECTED


def test_two_browsers_that_race_record_it_once(links: Links) -> None:
    made = links.made()
    sessions = [links.exchanged(made.token) for _ in range(4)]
    with ThreadPoolExecutor(4) as browsers:
        receipts = list(browsers.map(lambda session: links.sent(session, SAID), sessions))
    assert len({receipt.code for receipt in receipts}) == 1
    assert sorted(receipt.sent_before for receipt in receipts) == [False, True, True, True]


def test_two_children_of_one_case_who_say_the_same_are_two_items(links: Links) -> None:
    names = [links.made(case_reference="case-5b3c") for _ in range(2)]
    for made in names:
        links.sent(links.exchanged(made.token), {"listened": "yes"})
    assert len({the_link(links, made.name).evidence_item for made in names}) == 2


def test_a_link_that_is_wrong_used_or_taken_back_is_refused_in_the_same_words(links: Links) -> None:
    used, back = links.made(), links.made()
    links.sent(links.exchanged(used.token), SAID)
    links.revoke(back.name)
    tokens = (used.token, back.token, a_session(), "short", "x" * 400)
    answers = [refused(partial(links.exchanged, token)) for token in tokens]
    assert {(each.code, each.reason, each.message) for each in answers} == {
        ("NOT_FOUND", "FEEDBACK_LINK_NOT_USABLE", answers[0].message)
    }


def test_a_link_that_is_taken_back_takes_nothing_more_and_one_that_was_sent_stays(links: Links) -> None:
    back, used = links.made(), links.made()
    session = links.exchanged(back.token)
    assert links.revoke(back.name).state == links.revoke(back.name).state == pb.FeedbackLink.STATE_REVOKED
    assert refused(lambda: links.sent(session, SAID)).reason == "FEEDBACK_LINK_NOT_USABLE"
    links.sent(links.exchanged(used.token), SAID)
    assert refused(lambda: links.revoke(used.name)).reason == "FEEDBACK_SENT"
    assert refused(lambda: links.revoke("feedbackLinks/none")).reason == "FEEDBACK_LINK_NOT_FOUND"


def test_a_stage_follows_what_is_on_file_and_a_code_names_nobody(links: Links) -> None:
    made = links.made()
    code = links.sent(links.exchanged(made.token), SAID).code
    item = the_link(links, made.name).evidence_item
    as_team = links.evidence.as_(TEAM)
    assert links.stage(code.lower().replace("-", " ")) == "received"
    links.evidence.items.MapEvidenceItem(
        evidence_pb2.MapEvidenceItemRequest(name=item, mappings=[a_mapping("S4.1")]), **as_team
    )
    assert links.stage(code) == "read"
    withdrawn = evidence_pb2.WithdrawEvidenceItemRequest(name=item, reason=evidence_pb2.CORRECTION_REASON_DUPLICATE)
    links.evidence.items.WithdrawEvidenceItem(withdrawn, **as_team)
    assert links.stage(code) == "finished"
    for wrong in ("K7M4-2XQ9-TB", "", "AEIOU", "x" * 300):
        answer = refused(partial(links.stage, wrong))
        assert answer.reason in ("FEEDBACK_CODE_NOT_FOUND", "FIELD_MISSING")


def test_a_childs_words_that_may_name_somebody_wait_for_the_team(links: Links) -> None:
    made = links.made()
    code = links.sent(links.exchanged(made.token), {"not_good": "My brother is called Kenneth."}).code
    assert item_of(links, the_link(links, made.name).evidence_item).state == evidence_pb2.ITEM_STATE_HELD
    assert links.stage(code) == "received"


def test_somebody_who_is_not_safe_is_told_to_people_at_once_and_the_item_is_one_of_safety(links: Links) -> None:
    made = links.made()
    links.sent(links.exchanged(made.token), {"safe": "no"})
    item = item_of(links, the_link(links, made.name).evidence_item)
    assert item.evidence_class == evidence_pb2.EVIDENCE_CLASS_SAFETY
    told = "SELECT COUNT(*) FROM outbox WHERE type = 'psmf.evidence.v1.SafetySaid' AND key = '{}'"
    assert read_rows(links.evidence.file, told.format(made.name.partition("/")[2])) == [(1,)]


def test_a_complaint_is_one_with_its_clock_and_says_whether_it_may_be_named(links: Links) -> None:
    made = links.made(ADULT)
    said = {"who": "carer", "better": "Nobody rang back.", "complaint": "yes"}
    consent = pb.FEEDBACK_CONSENT_ASK_FIRST
    links.sent(links.exchanged(made.token), said, consent=consent, contact="0131 496 0000")
    link = the_link(links, made.name)
    item = item_of(links, link.evidence_item)
    assert (item.kind, item.source) == (
        evidence_pb2.EVIDENCE_KIND_COMPLAINT,
        evidence_pb2.EVIDENCE_SOURCE_PARENT_OR_CARER,
    )
    assert item.complaint_outcome == evidence_pb2.COMPLAINT_OUTCOME_PENDING
    assert (link.consent, link.contact) == (consent, "0131 496 0000")
    assert "0131 496" not in str(item)


def test_only_the_team_reads_and_shares_what_its_giver_wants_to_talk_about_first(links: Links) -> None:
    made, named = links.made(ADULT), links.made(ADULT)
    consents = ((made, pb.FEEDBACK_CONSENT_ASK_FIRST), (named, pb.FEEDBACK_CONSENT_YES))
    for link, consent in consents:
        links.sent(links.exchanged(link.token), {"good": "They rang back twice."}, consent=consent)
    items, manager, team = links.evidence.items, links.evidence.as_("manager-one"), links.evidence.as_(TEAM)
    first = the_link(links, made.name).evidence_item
    items.ShareEvidenceItem(
        evidence_pb2.ShareEvidenceItemRequest(name=the_link(links, named.name).evidence_item), **manager
    )
    praise = a_mapping("S4.1", evidence_pb2.POLARITY_PRAISE)
    read = evidence_pb2.MapEvidenceItemRequest(name=first, mappings=[praise])
    share = evidence_pb2.ShareEvidenceItemRequest(name=first)
    assert refused(lambda: items.MapEvidenceItem(read, **manager)).reason == "GIVER_ASKS_FIRST"
    assert refused(lambda: items.ShareEvidenceItem(share, **manager)).reason == "GIVER_ASKS_FIRST"
    corrected = evidence_pb2.CorrectEvidenceItemRequest(
        name=first, evidence_item=item_of(links, first), reason=evidence_pb2.CORRECTION_REASON_ENTERED_WRONGLY
    )
    corrected.evidence_item.summary = "They rang back once."
    after = items.CorrectEvidenceItem(corrected, **team)
    again = evidence_pb2.ShareEvidenceItemRequest(name=after.name)
    assert refused(lambda: items.ShareEvidenceItem(again, **manager)).reason == "GIVER_ASKS_FIRST"
    assert items.ShareEvidenceItem(again, **team).HasField("shared_date")


def test_nothing_is_kept_of_how_to_reach_a_child(links: Links) -> None:
    made = links.made()
    links.sent(links.exchanged(made.token), SAID, contact="0131 496 0001")
    assert the_link(links, made.name).contact == ""


def test_no_secret_and_no_words_are_where_they_do_not_belong(links: Links) -> None:
    made = links.made()
    session = links.exchanged(made.token)
    code = links.sent(session, SAID).code
    file = links.evidence.file
    everything = "".join(
        str(row)
        for table in ("outbox", "audit", "request", "feedback_link", "feedback_session")
        for row in read_rows(file, f"SELECT * FROM {table}")  # noqa: S608
    )
    assert made.token not in everything
    assert session not in everything
    assert code not in "".join(str(row) for row in read_rows(file, "SELECT * FROM outbox"))
    assert "canary" not in everything


def test_only_the_first_answer_has_the_token_of_a_link(links: Links) -> None:
    request_id = a_request_id()
    first, again = links.made(request_id=request_id), links.made(request_id=request_id)
    assert (len(first.token), again.token, again.name) == (32, "", first.name)
    assert {link.token for link in links.listed()} == {""}
    before = len(links.listed())
    assert links.made(validate_only=True).token == ""
    assert len(links.listed()) == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"about": "sg-nobody"}, "SAFEGUARDER_NOT_FOUND"),
        ({"happened_date": to_date(days_ago(-2))}, "DATE_IN_FUTURE"),
        ({"happened_date": to_date(days_ago(4000))}, "NOT_APPOINTED"),
        ({"case_reference": "case of Kenneth"}, "CASE_REFERENCE_NOT_OPAQUE"),
        ({"giver": 0}, "FIELD_MISSING"),
    ],
)
def test_a_link_that_cannot_be_made_says_why(links: Links, changes: dict[str, Any], reason: str) -> None:
    assert refused(lambda: links.made(**changes)).reason == reason


@pytest.mark.parametrize(
    ("giver", "said", "reason"),
    [
        (AGENCY, {"good": "It was clear."}, "FIELD_MISSING"),
        (ADULT, {"safe": "no"}, "QUESTION_NOT_KNOWN"),
        (ADULT, {"who": "neighbour"}, "CHOICE_NOT_KNOWN"),
        (ADULT, {"good": "word"}, "FIELD_MISSING"),
        (ADULT, {"good": "long " * 101}, "TEXT_TOO_LONG"),
    ],
)
def test_answers_that_cannot_be_recorded_say_why(links: Links, giver: Any, said: dict[str, str], reason: str) -> None:
    session = links.exchanged(links.made(giver).token)
    assert refused(lambda: links.sent(session, said)).reason == reason


def test_a_session_that_never_was_is_over_and_a_weak_one_is_not_begun(links: Links) -> None:
    assert refused(lambda: links.sent(a_session(), SAID)).reason == "FEEDBACK_SESSION_OVER"
    weak = pb.ExchangeFeedbackLinkRequest(token=links.made().token, session="1")
    answer = refused(lambda: links.stub.ExchangeFeedbackLink(weak, **links.evidence.as_(DESK)))
    assert answer.reason == "SESSION_NOT_A_SECRET"


def test_links_are_listed_page_by_page_by_person_and_by_state(links: Links) -> None:
    for _ in range(3):
        links.made()
    as_team, seen, token = links.evidence.as_(TEAM), [], ""
    while True:
        asked = pb.ListFeedbackLinksRequest(safeguarder="safeguarders/sg-one", page_size=2, page_token=token)
        answer = links.stub.ListFeedbackLinks(asked, **as_team)
        seen += [link.name for link in answer.feedback_links]
        token = answer.next_page_token
        if not token:
            break
    assert seen == [link.name for link in links.listed()]
    assert links.listed(safeguarder="safeguarders/sg-two") == []
    for state in (pb.FeedbackLink.STATE_OPEN, pb.FeedbackLink.STATE_SENT, pb.FeedbackLink.STATE_REVOKED):
        assert {link.state for link in links.listed(state=state)} <= {state}
    assert links.listed(state=pb.FeedbackLink.STATE_EXPIRED) == []


def test_the_log_of_reads_names_nobody_about_whom_links_are_listed(links: Links) -> None:
    """Else a Safeguarder who reads it would find out that somebody was asked for feedback."""
    links.listed(safeguarder="safeguarders/sg-one")
    rows = read_rows(links.evidence.file, "SELECT DISTINCT subject FROM audit WHERE method = 'ListFeedbackLinks'")
    assert rows == [("",)]
