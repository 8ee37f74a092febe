"""Overrides as protobuf."""

from datetime import date

from psmf.rules.v1 import overrides_pb2 as pb

from services.platform.calls.wire import to_date, to_instant
from services.rules.domain.concerns.overrides import Override


def override_message(override: Override, today: date) -> pb.RuleOverride:
    """An override as it stands on a day."""
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
