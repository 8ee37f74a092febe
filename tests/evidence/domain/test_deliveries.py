"""Whatever is sent, how often and in which order, a report is on file once (P15)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain.deliveries import Delivery, find, judged_id, on_the_same_day, says_the_same
from services.evidence.domain.evidence_item import (
    Content,
    CorrectionReason,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    ReportReview,
    Timeliness,
)
from services.evidence.domain.life_of_an_item import supersede, withdraw

FIRST = date(2026, 9, 1)
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def a_report(
    case: str = "case-cc11dd22", due: int = 0, late: int = 2, received: int = 10, agreed: Any = None
) -> Content:
    """Return the timeliness of a report. Days are counted from 1 September 2026."""
    due_on = FIRST + timedelta(days=due)
    times = Timeliness(due_on, due_on + timedelta(days=late), agreed)
    return Content(
        Kind.SCRA_TIMELINESS, "scra", "practice", "appointment", EvidenceClass.STANDARD, FIRST,
        FIRST + timedelta(days=received), case_reference=case, timeliness=times,
    )  # fmt: skip


def a_review(case: str, form: str) -> Content:
    review = ReportReview("at", form, "at", "at", "at", None, None)
    return a_report(case)._replace(kind=Kind.REPORT_SAMPLE_REVIEW, timeliness=None, report_review=review)


def on_file(content: Content, name: str = "one", sender: str = "partner") -> EvidenceItem:
    return EvidenceItem(EvidenceId(name), "sg-one", content, None, NOW, NOW, sender, "r", False)


reports = st.builds(
    a_report,
    case=st.sampled_from(["case-cc11dd22", "case-ee33ff44", ""]),
    due=st.integers(0, 1),
    late=st.integers(0, 2),
    received=st.integers(10, 12),
    agreed=st.sampled_from([True, False, None]),
)
senders = st.sampled_from(["partner", "panel-team"])
acts = st.lists(st.one_of(st.tuples(reports, senders), st.just("withdraw"), st.just("correct")), max_size=12)


def deliver(file: list[EvidenceItem], sent: Content, sender: str) -> Delivery:
    """Take a delivery in as the service does."""
    of_case = [item for item in file if item.content.case_reference == sent.case_reference]
    found = find(sent, sender, of_case if sent.case_reference else [])
    if found.delivery is not Delivery.HELD_ALREADY:
        new = on_file(sent, f"item-{len(file)}", sender)
        if found.item is not None:
            place = file.index(found.item)
            file[place] = supersede(found.item, new.evidence_id, CorrectionReason.SOURCE_CORRECTED, NOW)
        file.append(new)
    return found.delivery


@given(acts)
def test_a_report_is_on_file_once_whatever_is_sent(drawn: list[Any]) -> None:
    """P15: after any deliveries, corrections and withdrawals there is at most one current item of a report."""
    file: list[EvidenceItem] = []
    for act in drawn:
        current = [item for item in file if item.state is ItemState.CURRENT]
        if act == "withdraw" and current:
            file[file.index(current[0])] = withdraw(current[0], CorrectionReason.NOT_ADMISSIBLE, NOW)
        elif act == "correct" and current:
            other = current[0].content.timeliness
            assert other is not None
            times = Timeliness(other.due_on, other.filed_on + timedelta(days=30), other.extension_agreed)
            new = on_file(current[0].content._replace(timeliness=times), f"item-{len(file)}", "panel-team")
            file[file.index(current[0])] = supersede(current[0], new.evidence_id, CorrectionReason.ENTERED_WRONGLY, NOW)
            file.append(new)
        elif isinstance(act, tuple):
            deliver(file, *act)
            assert deliver(file, *act) is Delivery.HELD_ALREADY or not act[0].case_reference, "sent again at once"
        ids = [judged_id("sg-one", item.content) for item in file if item.state is ItemState.CURRENT]
        known = [one for one in ids if one]
        assert len(known) == len(set(known))


@given(reports, reports)
def test_the_same_report_has_one_id_and_another_has_another(one: Content, other: Content) -> None:
    """P15: person, kind, case reference and due date are the identity, and nothing else is."""
    named = [(c.case_reference, c.timeliness.due_on if c.timeliness else None) for c in (one, other)]
    same = judged_id("sg-one", one) == judged_id("sg-one", other)
    assert same is (named[0] == named[1] or not (one.case_reference or other.case_reference))
    assert judged_id("sg-one", one) != judged_id("sg-two", one) or not one.case_reference
    assert (judged_id("sg-one", one) == "") is (one.case_reference == "")


def test_two_readings_of_a_report_are_two_items_about_one_report() -> None:
    """P16: a second reading is recorded, and it is no second report."""
    first, second = a_review("case-cc11dd22", "at"), a_review("case-cc11dd22", "below")
    assert find(second, "panel-team", [on_file(first)]).delivery is Delivery.NEW
    assert judged_id("sg-one", first) == judged_id("sg-one", second) != ""
    assert find(first, "panel-team", [on_file(first)]).delivery is Delivery.HELD_ALREADY


def test_reviews_of_two_reports_of_a_case_are_about_two_reports() -> None:
    """P16: the due date of the report tells them apart. Without it a review may be of any report of the case."""
    one, other, unsaid = (
        a_review("case-cc11dd22", "at")._replace(report_due_on=due) for due in (FIRST, FIRST + timedelta(days=40), None)
    )
    ids = [judged_id("sg-one", content) for content in (one, other, unsaid)]
    assert len(set(ids)) == 3
    assert [name.partition(".")[0] for name in ids] == [ids[2]] * 3
    assert find(other, "panel-team", [on_file(one)]).delivery is Delivery.NEW
    assert find(unsaid, "panel-team", [on_file(one)]).delivery is Delivery.HELD_ALREADY
    assert find(one, "panel-team", [on_file(unsaid)]).delivery is Delivery.CORRECTED, "it says more"


@given(st.sampled_from([True, False, None]), st.sampled_from([True, False, None]))
def test_a_blank_says_neither_more_nor_less(one: Any, other: Any) -> None:
    """P18: two deliveries differ only in an answer that both give."""
    same = says_the_same(a_report(agreed=one), a_report(agreed=other))
    assert same is (one is None or other is None or one is other)


@given(st.sampled_from([True, False, None]), st.sampled_from([True, False, None]), senders)
def test_an_answer_to_what_was_blank_is_news(held: Any, sent: Any, sender: str) -> None:
    """P15, P18: October's extract leaves the further date blank, and November's answers it."""
    found = find(a_report(agreed=sent, received=11), sender, [on_file(a_report(agreed=held))])
    news = sent is not None and sent is not held
    assert found.delivery is (Delivery.CORRECTED if news else Delivery.HELD_ALREADY)


def test_an_answer_brings_nothing_back_that_somebody_else_corrected() -> None:
    """P15, P18: the first record had another filing day, which the Team corrected, or an answer that it took out."""
    first, other_day, blank = a_report(agreed=True), a_report(late=5), a_report(agreed=None)
    for old, now in ((a_report(), other_day), (first, other_day), (first, blank)):
        corrected = on_file(now, "two", "panel-team")
        file = [supersede(on_file(old), corrected.evidence_id, CorrectionReason.ENTERED_WRONGLY, NOW), corrected]
        assert find(first, "partner", file).delivery is Delivery.HELD_ALREADY


def test_the_same_kind_source_and_day_may_be_the_same_thing() -> None:
    """P17: unless each names a case of its own, or the item on file no longer counts."""
    sent = a_report("")
    assert on_the_same_day(sent, [on_file(a_report("case-cc11dd22"))]) is not None
    assert on_the_same_day(a_report("case-ee33ff44"), [on_file(a_report("case-cc11dd22"))]) is None
    assert on_the_same_day(sent, [withdraw(on_file(sent), CorrectionReason.DUPLICATE, NOW)]) is None
    assert on_the_same_day(sent, [on_file(sent)._replace(state=ItemState.HELD)]) is not None, (
        "held for a person to look"
    )
    assert on_the_same_day(sent._replace(source="self"), [on_file(sent)]) is None
