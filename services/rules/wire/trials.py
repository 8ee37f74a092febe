"""Reports on rules on trial as protobuf."""

from collections import Counter

from psmf.rules.v1 import trials_pb2 as pb

from services.platform.calls.wire import to_date
from services.rules.domain.forecasts.trials import Decided, TrialReport


def trial_message(found: TrialReport) -> pb.RuleTrial:
    """Return how one rule did on trial, as counts of matters: no person can be told from it."""
    return pb.RuleTrial(
        rule=found.rule.rule_id,
        title=found.rule.title,
        start_date=to_date(found.since),
        people=found.people,
        people_raised=found.people_raised,
        first_raise_date=to_date(found.first_raised_on),
        last_raise_date=to_date(found.last_raised_on),
        raised=_decisions(found.raised),
        not_raised=_decisions(found.silent),
        still_raised=found.still_raised,
    )


def _decisions(counts: Counter[Decided]) -> pb.TrialDecisions:
    return pb.TrialDecisions(
        matters=counts.total(),
        taken_on=counts[Decided.TAKEN_ON],
        set_aside=counts[Decided.SET_ASIDE],
        dismissed=counts[Decided.DISMISSED],
        undecided=counts[Decided.UNDECIDED],
        no_concern=counts[Decided.NOT_RAISED],
    )
