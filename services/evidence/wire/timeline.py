"""Entries of the timeline from what evidence answers to the same reader. Each function makes those of one list."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2 as stages_pb
from psmf.evidence.v1 import decisions_pb2 as decisions_pb
from psmf.evidence.v1 import evidence_pb2 as items_pb
from psmf.evidence.v1 import overlays_pb2 as overlays_pb
from psmf.evidence.v1 import recommendations_pb2 as recommendations_pb
from psmf.evidence.v1 import review_requests_pb2 as reviews_pb
from psmf.evidence.v1 import safeguarder_pb2 as people_pb
from psmf.evidence.v1 import session_records_pb2 as sessions_pb
from psmf.evidence.v1 import times_away_pb2 as times_pb
from psmf.platform.v1 import timeline_pb2 as pb

from services.calendar_days import london_today
from services.evidence.domain.personal_file.item_times import ItemTimes
from services.platform.calls.timeline import entry
from services.platform.calls.wire import from_date, from_instant, known_word

Entries = Iterator[pb.TimelineEntry]
_NEVER = ItemTimes()
_DECISION = people_pb.RecordMinisterialDecisionRequest.Kind
_CONFIRMED = decisions_pb.DecisionCorrection.STATE_CONFIRMED


def of_items(items: Iterable[Any], times: Mapping[str, ItemTimes]) -> Entries:
    """Yield what happened with items of evidence. `times`: by the item's id."""
    found = list(items)
    # Only what this reader is shown is named. A correction that is not open to them yet would tell of itself.
    corrected = {item.superseded_by: item for item in found if item.superseded_by}
    shown = {item.name for item in found}
    for item in found:
        when = times.get(item.name.rpartition("/")[2], _NEVER)
        yield _recorded(item, corrected.get(item.name), shown)
        yield from _since_then(item, when)


def _recorded(item: Any, before: Any | None, shown: set[str]) -> pb.TimelineEntry:
    about = _about(item)
    about["corrected_by"] = item.superseded_by if item.superseded_by in shown else ""
    if before is None:
        day = from_date(item, "happened_date")
        return entry("item_recorded", on=day, at=item.create_time, person=item.sender, **about)
    # Its day is the day of the correction. The item that it corrects keeps its place in time.
    because = known_word(items_pb.CorrectionReason, before.taken_out_because)
    return entry("item_corrected", at=item.create_time, person=item.sender, corrects=before.name, word=because, **about)


def _since_then(item: Any, times: ItemTimes) -> Entries:
    about = _about(item)
    if item.mappings and times.read_at:
        yield entry("item_read", at=times.read_at, **about)
    if item.HasField("shared_date"):
        yield entry("item_shared", on=from_date(item, "shared_date"), at=times.shared_at, **about)
    if item.reply.HasField("reply_date"):
        yield entry("item_replied", on=from_date(item.reply, "reply_date"), at=times.replied_at, **about)
    yield from _of_a_complaint(item, about)
    if times.decided_at:
        outcome = known_word(items_pb.ComplaintOutcome, item.complaint_outcome)
        yield entry("complaint_decided", at=times.decided_at, word=outcome, **about)
    if item.state == items_pb.ITEM_STATE_WITHDRAWN and times.taken_out_at:
        because = known_word(items_pb.CorrectionReason, item.taken_out_because)
        yield entry("item_withdrawn", at=times.taken_out_at, word=because, **about)


def _of_a_complaint(item: Any, about: dict[str, Any]) -> Entries:
    """Yield the steps that stand. The outcome has an entry of its own."""
    for step in item.complaint_stages.steps:
        word = known_word(stages_pb.ComplaintStages.Step, step.step)
        if word and word != "decided" and not step.HasField("taken_out_time"):
            who = {"person": step.recorded_by, "word": word}
            yield entry("complaint_moved", on=from_date(step, "date"), at=step.record_time, **who, **about)


def _about(item: Any) -> dict[str, Any]:
    """Return what every entry about an item has: what it is, from whom, and what it speaks of."""
    polarities = {known_word(items_pb.Polarity, mapping.polarity) for mapping in item.mappings}
    return {
        "name": item.name,
        "kind": known_word(items_pb.EvidenceKind, item.kind),
        "source": known_word(items_pb.EvidenceSource, item.source),
        "standards": sorted({mapping.standard for mapping in item.mappings}),
        "polarities": sorted(polarities),
    }


def of_decisions(decisions: Iterable[Any]) -> Entries:
    """Yield what Ministers decided. A correction waits for a second person, and counts from then.

    Its day is the day from which it holds. One that is recorded ahead was decided by the day it was recorded.
    """
    for decision in decisions:
        holds_on, recorded_on = (
            from_date(decision.record, "effective_date"),
            london_today(from_instant(decision.record_time)),
        )
        confirmed = [one for one in decision.corrections if one.state == _CONFIRMED]
        yield entry(
            "decision_recorded",
            decision.name,
            "decision",
            on=min(holds_on or recorded_on, recorded_on),
            at=decision.record_time,
            person=decision.recorded_by,
            word=known_word(_DECISION, decision.first_record.kind or decision.record.kind),
            corrected_by=decision.name if confirmed else "",
        )
        for one in confirmed:
            word = known_word(_DECISION, one.record.kind or decision.record.kind)
            who = {"person": one.answered_by, "word": word, "corrects": decision.name}
            yield entry("decision_corrected", decision.name, "decision", at=one.answer_time, **who)


def of_overlays(overlays: Iterable[Any]) -> Entries:
    """Yield suspensions, and leave that was agreed. Leave that is asked for is no absence yet."""
    kinds = overlays_pb.Overlay
    never = (kinds.STATE_ASKED, kinds.STATE_DECLINED, kinds.STATE_NOT_TAKEN)
    for one in overlays:
        if one.state in never:
            continue
        word = known_word(kinds.Kind, one.kind)
        begins, who = from_date(one, "start_date"), {"person": one.recorded_by, "word": word}
        yield entry("away", one.name, "away", on=begins, at=one.record_time, **who)
        if one.HasField("lift_date"):
            because = known_word(kinds.LiftReason, one.lift_reason)
            yield entry("suspension_lifted", one.name, "away", on=from_date(one, "lift_date"), word=because)


def of_times_away(times: Iterable[Any]) -> Entries:
    """Yield the absences that were recorded without a policy. `of_overlays` has the others."""
    for one in times:
        if not one.cancelled:
            word = known_word(times_pb.TimeAwayKind, one.kind)
            yield entry("away", one.name, "away", on=from_date(one, "start_date"), at=one.record_time, word=word)


def of_records(records: Iterable[Any]) -> Entries:
    """Yield what happened with the records of sessions, since each text was shared. `records`: every text of each."""
    kinds = sessions_pb.SessionRecord
    for record in records:
        about = (record.name, "record")
        if record.HasField("share_time"):
            what = "record_corrected" if record.edition > 1 else "record_shared"
            corrects = record.name if record.edition > 1 else ""
            yield entry(what, *about, at=record.share_time, person=record.author, corrects=corrects)
        if record.answer.HasField("answer_time"):
            word = "confirmed" if record.answer.confirmed else "disputed"
            yield entry("record_answered", *about, at=record.answer.answer_time, word=word)
        if record.HasField("close_time"):
            word = known_word(kinds.Ending, record.ending)
            yield entry("record_closed", *about, at=record.close_time, word=word)


def of_plans(versions: Iterable[Any]) -> Entries:
    """Yield the versions of the plan that came into force."""
    for version in versions:
        if version.HasField("in_force_time"):
            yield entry("plan_in_force", version.name, "plan", at=version.in_force_time, person=version.support_manager)


def of_action_reviews(reviews: Iterable[Any]) -> Entries:
    """Yield reviews of actions, and what was corrected of one."""
    for review in reviews:
        again = review.name if review.version > 1 else ""
        day, about = from_date(review, "held_date"), (review.name, "plan")
        yield entry(
            "actions_reviewed", *about, on=day, at=review.create_time, person=review.held_by, corrected_by=again
        )
        if again:
            yield entry("action_review_corrected", *about, at=review.update_time, corrects=again)


def of_reviews(requests: Iterable[Any]) -> Entries:
    """Yield the reviews that the Safeguarder asked for."""
    kinds = reviews_pb.ReviewRequest
    for one in requests:
        target, about = known_word(kinds.TargetKind, one.target_kind), (one.name, "review")
        day = from_date(one, "made_date")
        yield entry("review_asked", *about, on=day, at=one.create_time, person=one.entered_by, word=target)
        if one.HasField("end_time"):
            word = known_word(kinds.Decision, one.decision) or known_word(kinds.State, one.state)
            yield entry("review_ended", *about, at=one.end_time, person=one.reviewer, word=word)


def of_samples(samples: Iterable[Any]) -> Entries:
    """Yield reports that were sampled. What the reading found is an item of evidence."""
    for sample in samples:
        if sample.HasField("create_time"):
            yield entry("report_sampled", sample.name, "sample", at=sample.create_time)


def of_recommendations(recommendations: Iterable[Any]) -> Entries:
    """Yield recommendations since each was shared with the Safeguarder."""
    kinds = recommendations_pb.Recommendation
    for one in recommendations:
        about, shared_on = (one.name, "recommendation"), from_date(one, "share_date")
        if shared_on is None:
            continue
        word = known_word(kinds.Purpose, one.kind)
        yield entry("recommendation_shared", *about, on=shared_on, word=word)
        if one.HasField("decide_time"):
            outcome = known_word(kinds.Outcome, one.decided_as)
            yield entry("recommendation_decided", *about, at=one.decide_time, word=outcome)
