"""Kind closed: something counts against a person before they could reply to what it says.

Whether an item is adverse is what a measure does with it, and the time to reply begins with a sharing that was recorded
here, of what the item says now. Evidence holds that clock, scheduling holds it for absences, rules obey both.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.calendar_days import WorkingCalendar, add_working_days
from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id, an_item, an_item_request

PRAISE, NEUTRAL, CONCERN = items.POLARITY_PRAISE, items.POLARITY_NEUTRAL, items.POLARITY_CONCERN


@pytest.fixture
def running(suite_together: Together) -> Together:
    suite_together.appoint("sg-one", since=suite_together.ago(400))
    return suite_together


def lapse(on: date) -> date:
    """Return the first day after the time to reply to what was shared on a day."""
    return add_working_days(WorkingCalendar.OFFICE, on, 10) + timedelta(days=1)


def day(item: items.EvidenceItem, field: str) -> date:
    """Return a date of an item that must be there."""
    found = from_date(item, field)
    assert found is not None, field
    return found


def said(running: Together, source: int, polarity: int, **changes: Any) -> items.EvidenceItem:
    """Record feedback on S3.2 from a source, with a polarity."""
    return running.record("sg-one", source=source, mappings=[a_mapping("S3.2", polarity)], **changes)


def mapped(running: Together, item: items.EvidenceItem, *mappings: items.Mapping) -> items.EvidenceItem:
    request = items.MapEvidenceItemRequest(name=item.name, mappings=mappings, request_id=a_request_id())
    answer: items.EvidenceItem = running.evidence.MapEvidenceItem(request, **running.as_("panel-team"))
    running.settle()
    return answer


def raised(running: Together) -> set[str]:
    """Return the rules with an open concern that is not a task of the Team, nor praise."""
    lanes = (rules.LANE_DATA_GAP, rules.LANE_EXCELLENCE)
    return {rule for rule, concern in running.open_concerns("sg-one").items() if concern.lane not in lanes}


def a_late_report(running: Together, due_on: date, polarity: int) -> items.EvidenceItem:
    """Record that a report was filed three days late, with a polarity that somebody typed."""
    late = items.Timeliness(
        due_date=to_date(due_on), filed_date=to_date(due_on + timedelta(days=3)), extension_answer=items.YES_NO_NO
    )
    return running.record(
        "sg-one", kind=items.EVIDENCE_KIND_SCRA_TIMELINESS, source=items.EVIDENCE_SOURCE_SCRA, timeliness=late,
        mappings=[a_mapping("S4.1", polarity)], case_reference=f"case-{due_on:%y%m%d}",
    )  # fmt: skip


def test_praise_that_becomes_a_concern_waits_for_a_reply_to_the_concern(running: Together) -> None:
    """P5: shared as praise, mapped to a concern eight weeks later."""
    other = running.share(said(running, items.EVIDENCE_SOURCE_SHERIFF, CONCERN))
    praised = running.share(said(running, items.EVIDENCE_SOURCE_REPORTER, PRAISE))
    running.pass_time(timedelta(days=56))
    assert day(other, "adverse_date") <= running.today
    turned = mapped(running, praised, a_mapping("S3.2", CONCERN))
    assert raised(running) == set()
    assert day(turned, "shared_date") == running.today
    assert day(turned, "adverse_date") == lapse(running.today)
    running.until(lapse(running.today) - timedelta(days=1))
    assert raised(running) == set()
    running.days(1)
    assert raised(running) == {"same-theme-two-sources"}


def test_the_person_can_reply_to_what_a_corrected_item_says_now(running: Together) -> None:
    """P5: new content of a shared item starts its sharing and its time to reply again."""
    first = running.share(said(running, items.EVIDENCE_SOURCE_REPORTER, CONCERN))
    own = items.AddReplyRequest(name=first.name, text="I had not seen the papers.", request_id=a_request_id())
    running.evidence.AddReply(own, **running.as_("person-one"))
    running.pass_time(timedelta(days=30))
    read = items.EvidenceItem()
    get = items.GetEvidenceItemRequest(name=first.name)
    read.CopyFrom(running.evidence.GetEvidenceItem(get, **running.as_("panel-team")))
    read.summary = "It was the second hearing."
    corrected = running.evidence.CorrectEvidenceItem(
        items.CorrectEvidenceItemRequest(
            name=first.name, evidence_item=read, reason=items.CORRECTION_REASON_ENTERED_WRONGLY
        ),
        **running.as_("panel-team"),
    )
    assert day(corrected, "shared_date") == running.today
    assert day(corrected, "adverse_date") == lapse(running.today)
    assert corrected.reply.text == "I had not seen the papers."
    assert not corrected.reply.HasField("reply_date")
    again = items.AddReplyRequest(name=corrected.name, text="Both times.", request_id=a_request_id())
    replied = running.evidence.AddReply(again, **running.as_("person-one"))
    assert day(replied, "adverse_date") == running.today
    assert replied.reply.text == "I had not seen the papers.\n\nBoth times."


def told_to_reply(running: Together) -> int:
    """Return how many messages have gone to the person."""
    running.settle()
    return [str(message["To"]).partition("@")[0] for message in running.mail.taken].count("person-one")


def test_the_person_is_told_each_time_that_the_time_to_reply_begins_again(running: Together) -> None:
    """P5: by the mapping that turns an item towards a concern, and by the finding on a complaint."""
    praised = running.share(said(running, items.EVIDENCE_SOURCE_REPORTER, PRAISE))
    complaint = running.share(
        said(running, items.EVIDENCE_SOURCE_REPORTER, CONCERN, kind=items.EVIDENCE_KIND_COMPLAINT)
    )
    before = told_to_reply(running)
    running.pass_time(timedelta(days=30))
    mapped(running, praised, a_mapping("S3.2", CONCERN))
    assert told_to_reply(running) == before + 1
    decide = items.DecideComplaintRequest(name=complaint.name, outcome=items.COMPLAINT_OUTCOME_UPHELD)
    running.evidence.DecideComplaint(decide, **running.as_("panel-team"))
    assert told_to_reply(running) == before + 2


@pytest.mark.parametrize("reply", [False, True])
def test_nobody_can_say_that_a_new_item_was_shared_before(running: Together, reply: bool) -> None:
    """P6: a day of sharing comes with a history only, and is marked as reported."""
    weeks_ago = {"shared_date": to_date(running.ago(20))}
    if reply:
        weeks_ago["reply"] = items.Reply(reply_date=to_date(running.ago(10)))
    dates = {"happened_date": to_date(running.ago(22)), "received_date": to_date(running.ago(21))}
    request = an_item_request("sg-one", **dates, **weeks_ago)
    answer = refused(lambda: running.evidence.CreateEvidenceItem(request, **running.as_("manager-one")))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", "SHARING_NOT_RECORDED")
    request.history, request.request_id = True, a_request_id()
    loaded = running.evidence.CreateEvidenceItem(request, **running.as_("panel-team"))
    assert loaded.sharing_reported


def test_a_reported_sharing_is_marked_where_it_counts(running: Together) -> None:
    """P6: in the explanation that staff and the person read."""
    for source in (items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER):
        dates = {"happened_date": to_date(running.ago(60)), "received_date": to_date(running.ago(59))}
        request = an_item_request(
            "sg-one", source=source, mappings=[a_mapping("S3.2")], shared_date=to_date(running.ago(56)), **dates
        )
        request.history = True
        running.evidence.CreateEvidenceItem(request, **running.as_("panel-team"))
    running.days(1)
    concern = running.open_concerns("sg-one")["same-theme-two-sources"]
    explained = running.concerns.GetConcern(rules.GetConcernRequest(name=concern.name), **running.as_("panel-team"))
    texts = [item.text for item in explained.explanation.counted]
    assert len(texts) == 2
    assert all("sharing reported, not recorded here" in text for text in texts)


def test_a_complaint_that_was_not_upheld_does_not_return_as_feedback(running: Together) -> None:
    """P7: a correction keeps the kind, and the refusal advises nothing else."""
    complaint = running.share(
        said(running, items.EVIDENCE_SOURCE_REPORTER, CONCERN, kind=items.EVIDENCE_KIND_COMPLAINT)
    )
    decide = items.DecideComplaintRequest(name=complaint.name, outcome=items.COMPLAINT_OUTCOME_NOT_UPHELD)
    running.evidence.DecideComplaint(decide, **running.as_("panel-team"))
    again = refused(lambda: running.evidence.DecideComplaint(decide, **running.as_("panel-team")))
    assert again.reason == "ALREADY_DECIDED"
    assert "another person" in again.message
    dates = {"happened_date": to_date(running.ago(22)), "received_date": to_date(running.ago(21))}
    for person in ("panel-team", "manager-one"):
        correction = items.CorrectEvidenceItemRequest(
            name=complaint.name,
            evidence_item=an_item(kind=items.EVIDENCE_KIND_FEEDBACK, **dates),
            reason=items.CORRECTION_REASON_ENTERED_WRONGLY,
        )
        answer = refused(partial(running.evidence.CorrectEvidenceItem, correction, **running.as_(person)))
        assert answer.reason in ("KIND_STAYS", "NOT_ALLOWED"), person
    running.settle()
    assert raised(running) == set()


@pytest.mark.parametrize("polarity", [PRAISE, NEUTRAL, CONCERN], ids=items.Polarity.Name)
def test_late_reports_count_after_the_reply_whatever_polarity_somebody_typed(running: Together, polarity: int) -> None:
    """P8: the measure counts days late, so the right of reply hangs on that and not on the mapping."""
    late = [a_late_report(running, running.ago(days), polarity) for days in (40, 33)]
    running.settle()
    running.days(1)
    assert raised(running) == set()
    for item in late:
        running.share(item)
    shared_on = running.today
    running.until(lapse(shared_on) - timedelta(days=1))
    assert raised(running) == set()
    running.days(1)
    assert raised(running) == {"report-late"}


@pytest.mark.parametrize("polarity", [PRAISE, NEUTRAL], ids=items.Polarity.Name)
def test_a_late_report_in_reply_time_counts_on_the_day_of_the_reply(running: Together, polarity: int) -> None:
    """P8: a reply is a reply, also to what was typed as praise."""
    for item in [a_late_report(running, running.ago(days), polarity) for days in (40, 33)]:
        running.share(item)
        reply = items.AddReplyRequest(name=item.name, text="An extension was agreed.", request_id=a_request_id())
        running.evidence.AddReply(reply, **running.as_("person-one"))
    running.settle()
    assert raised(running) == {"report-late"}


def missed_training(running: Together, attendance: scheduling.Attendance) -> None:
    """Record how the person took part in the first mandatory training."""
    listed = scheduling.ListObligationsRequest(parent="safeguarders/sg-one")
    found = running.obligations.ListObligations(listed, **running.as_("panel-team")).obligations
    owed = next(one for one in found if one.kind == scheduling.Obligation.KIND_MANDATORY_TRAINING)
    request = scheduling.RecordTrainingAttendanceRequest(
        name=owed.name, event_date=to_date(running.ago(3)), attendance=attendance, request_id=a_request_id()
    )
    running.obligations.RecordTrainingAttendance(request, **running.as_("panel-team"))
    running.settle()


def test_an_absence_counts_after_the_time_to_reply(running: Together) -> None:
    """P9: the recording tells the person, and starts the time in which they can say why."""
    running.days(30)
    missed_training(running, scheduling.ATTENDANCE_ABSENT_UNEXCUSED)
    recorded_on = running.today
    running.until(lapse(recorded_on) - timedelta(days=1))
    assert raised(running) == set()
    running.days(1)
    assert "training-missed" in raised(running)


def test_an_absence_that_is_excused_in_time_never_counts(running: Together) -> None:
    """P9: within the time to reply the Team records the reason, and nothing was ever raised."""
    running.days(30)
    missed_training(running, scheduling.ATTENDANCE_ABSENT_UNEXCUSED)
    running.days(5)
    missed_training(running, scheduling.ATTENDANCE_ABSENT_EXCUSED)
    running.pass_time(timedelta(days=30))
    assert "training-missed" not in raised(running)
