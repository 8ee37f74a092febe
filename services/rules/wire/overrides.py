"""Overrides as protobuf, and back."""

from datetime import date

from psmf.rules.v1 import events_pb2
from psmf.rules.v1 import overrides_pb2 as pb

from services.child_screen import refuse_a_child
from services.platform.calls.wire import from_date, to_date, to_instant, to_needed_text
from services.refusals import invalid
from services.rules.domain.concerns.overrides import Override

MOST_REASON = 500


def reason(message: pb.CreateRuleOverrideRequest, year: int) -> str:
    """Return why a rule is overridden, in a person's words.

    `year`: the year in which it is read. Raises Refusal INVALID for none, for too long a text, and for one that looks
    as if it names a child.
    """
    return refuse_a_child(to_needed_text(message.reason, "reason", MOST_REASON), "reason", year)


def end_date(message: pb.CreateRuleOverrideRequest) -> date:
    """Return the last day of an override. Raises Refusal INVALID when it is missing: no override is without an end."""
    ends_on = from_date(message, "end_date")
    if ends_on is None:
        raise invalid("END_DATE_OUT_OF_RANGE", "end_date is needed: the last day of the override.", "end_date")
    return ends_on


def override_event(override: Override) -> events_pb2.RuleOverrideChanged:
    """Return the event of an override: ids and days, without its words."""
    aside = override.aside
    return events_pb2.RuleOverrideChanged(
        safeguarder_id=override.safeguarder_id,
        override_id=aside.override_id,
        version=2 if aside.ended_at else 1,
        author=override.author,
        start_date=to_date(aside.starts_on),
        end_date=to_date(aside.ends_on),
        ended=aside.ended_at is not None,
    )


def override_message(override: Override, today: date) -> pb.RuleOverride:
    """Return an override as it stands on a day."""
    aside = override.aside
    return pb.RuleOverride(
        name=f"safeguarders/{override.safeguarder_id}/ruleOverrides/{aside.override_id}",
        rule=aside.key.rule_id,
        subject=aside.key.subject,
        reason=override.reason,
        author=override.author,
        start_date=to_date(aside.starts_on),
        end_date=to_date(aside.ends_on),
        create_time=to_instant(aside.made_at),
        end_time=to_instant(aside.ended_at) if aside.ended_at else None,
        ended_by=override.ended_by,
        ends_soon=override.ends_soon(today),
    )
