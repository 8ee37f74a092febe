"""What the commands about reviews of actions read: one person's reviews, and the one that somebody names."""

from typing import Any

from services.cli.plan.reading import Found, parted, plan_named_by
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, short


def every_review(terminal: Terminal, plan: Any) -> Any:
    """Return the reviews of a person's actions, the one held last first."""
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.ListActionReviewsRequest(parent=f"safeguarders/{safeguarder_of(plan.name)}")
    return terminal.call(terminal.client.plans.ListActionReviews, request).action_reviews


def find_review(terminal: Terminal, text: str) -> Found:
    """Return the review that a text names, with the plan of the same person. It is looked up in one person's reviews.

    Raises:
        CommandError: USAGE without a person, unless it is the caller's own.
        ClientError: NOT_FOUND; USAGE when several begin with it; and for a person who is not found.
    """
    from services.client.find import the_one

    person, begins = parted(text, "actionReviews")
    plan = plan_named_by(terminal, text, person)
    by_id = {each.name.rpartition("/")[2]: each for each in every_review(terminal, plan)}
    known = safeguarder_of(plan.name)
    record = by_id[the_one("review", begins, by_id, f"psmf action reviews {known}")]
    return Found(plan, record, f"{known}/{short(record.name)}" if person else short(record.name))
