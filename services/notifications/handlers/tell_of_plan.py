"""Tell people of a development plan and what is in it, of views, changes of approach and review requests (record 6)."""

import hashlib

from services.notifications.domain.approach_news import ApproachChange
from services.notifications.domain.duty import Duty, ForTheReader, OwedBy
from services.notifications.domain.plan_news import Action, Support, TermPlan
from services.notifications.domain.review_news import (
    ActionReview,
    ForTheAssigner,
    ForTheReviewer,
    ForTheReviewerBefore,
    ForTheSides,
    ReviewRequest,
    review_to_come,
)
from services.notifications.domain.view_news import View
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.tell import tell_newest

_LONGEST_ID = 32
"""Characters of the id of an action, a support or a request, which the key of a message holds with the ending below."""


def tell_of_action(action: Action, context: AlertContext) -> None:
    """Tell the one whose turn it is of an action.

    That is the other side when it is proposed, and the side that proposed it when it is answered. It is the support
    manager when it is said to be done, and the Safeguarder if it is one of the manager's own. It is the Safeguarder
    when it is set, when its day moves, and when it ends.
    """
    tell_newest(f"{action.action_id[:_LONGEST_ID]}-act", action, context)


def tell_of_support(support: Support, context: AlertContext) -> None:
    """Tell the one whose turn it is of a support.

    That is the Safeguarder when it is offered, when somebody else entered their answer, when it is recorded as given,
    and when it is not given. It is the support manager when the Safeguarder answers, or did not receive it.
    """
    tell_newest(f"{support.support_id[:_LONGEST_ID]}-sup", support, context)


def tell_of_term_plan(plan: TermPlan, context: AlertContext) -> None:
    """Tell the one whose turn it is to confirm a plan, and the side that waited once it is in force."""
    known = hashlib.sha256(f"{plan.safeguarder_id}/{plan.term}".encode()).hexdigest()
    tell_newest(f"{known[:_LONGEST_ID]}-pln", plan, context)


def tell_of_view(view: View, context: AlertContext) -> None:
    """Tell the one whose turn it is of a view of a concern.

    That is the Safeguarder when they are asked for it, and when somebody else entered it. It is the support manager
    when the Safeguarder gave it.
    """
    tell_newest(f"{view.concern_id[:_LONGEST_ID]}-say", view, context)


def tell_of_approach(change: ApproachChange, context: AlertContext) -> None:
    """Tell the Safeguarder that the approach changes, or that a change ended; the support manager that it is read."""
    tell_newest(f"{change.change_id[:_LONGEST_ID]}-app", change, context)


def tell_of_review(review: ActionReview, context: AlertContext) -> None:
    """Tell the Safeguarder that a review of actions was recorded or corrected, and the manager what they say to it."""
    tell_newest(f"{review.review_id[:_LONGEST_ID]}-rev", review, context)


def tell_of_review_to_come(duty: Duty, context: AlertContext) -> None:
    """Tell the Safeguarder that a review of an action is to come. It is not told while nobody owes one (R81)."""
    if to_come := review_to_come(duty):
        tell_newest(f"{duty.duty_id[:_LONGEST_ID]}-tlk", to_come, context)


def tell_the_reader(duty: Duty, context: AlertContext) -> None:
    """Tell the reader of a sampled report at once that it is theirs, and no longer once it is not."""
    if duty.owed_by is OwedBy.READER:
        tell_newest(f"{duty.duty_id[:_LONGEST_ID]}-smp", ForTheReader(duty), context, duty.person)


def tell_of_request(request: ReviewRequest, context: AlertContext) -> None:
    """Tell both sides where a request stands, and those whose turn it is, or is no longer."""
    known = request.review_id[:_LONGEST_ID]
    tell_newest(f"{known}-rqp", ForTheSides(request, to_the_person=True), context)
    tell_newest(f"{known}-rqm", ForTheSides(request, to_the_person=False), context)
    tell_newest(f"{known}-rqr", ForTheReviewer(request), context, request.reviewer)
    tell_newest(f"{known}-rqa", ForTheAssigner(request), context, request.assigner)
    tell_newest(f"{known}-rqb", ForTheReviewerBefore(request), context, request.reviewer_before)
