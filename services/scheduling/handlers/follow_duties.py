"""Reaction to a fact about a record, a plan, an action or a support: who owes what by when (record 3.1)."""

from services.scheduling.domain.duties.absences import review_of_an_absence
from services.scheduling.domain.duties.complaints import ComplaintFact
from services.scheduling.domain.duties.facts import Fact, ReviewFact, remember
from services.scheduling.domain.duties.samples import SampleFact, follow_item
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.domain.schedule import Schedule, tell_attendance_again
from services.scheduling.handlers.context import SchedulingContext


def follow_fact(safeguarder_id: SafeguarderId, fact: Fact, context: SchedulingContext) -> None:
    """Keep the newest version of what a fact is about, and work the duties about the Safeguarder out from it.

    A fact is never refused, also about somebody whom scheduling does not know yet.
    """
    known = context.duties.facts(safeguarder_id)
    newest = remember(known, fact)
    if newest in known:
        return
    context.duties.put_fact(safeguarder_id, newest)
    context.keep_duties(context.schedules.find(safeguarder_id) or Schedule(safeguarder_id))


def follow_complaint(safeguarder_id: SafeguarderId, fact: ComplaintFact, context: SchedulingContext) -> None:
    """Follow a complaint. One that never had a time limit, as one of a loaded history, is not kept."""
    if fact.limits or any(known.about == fact.about for known in context.duties.facts(safeguarder_id)):
        follow_fact(safeguarder_id, fact, context)


def follow_request(safeguarder_id: SafeguarderId, fact: ReviewFact, context: SchedulingContext) -> None:
    """Follow a review request. One about an absence also stops its time to reply, and excuses it if it is upheld."""
    follow_fact(safeguarder_id, fact, context)
    schedule = context.schedules.find(safeguarder_id)
    if schedule is not None and review_of_an_absence(fact) is not None:
        reviews = context.reviews(safeguarder_id)
        change = tell_attendance_again(schedule, context.now, context.policy, reviews)
        context.keep(schedule, change.schedule, change.events)


def follow_review(
    safeguarder_id: SafeguarderId, report_id: str, context: SchedulingContext, *, withdrawn: bool
) -> None:
    """Note that the review of a sampled report was shared or withdrawn, so that nobody is asked to share it.

    `report_id`: empty for an item that is no such review. Those are most, and nothing is read for them.
    """
    if not report_id:
        return
    known = context.duties.facts(safeguarder_id)
    samples = [fact for fact in known if isinstance(fact, SampleFact)]
    changed = [fact for fact in follow_item(samples, report_id, withdrawn=withdrawn) if fact not in known]
    for fact in changed:
        context.duties.put_fact(safeguarder_id, fact)
    if changed:
        context.keep_duties(context.schedules.find(safeguarder_id) or Schedule(safeguarder_id))
