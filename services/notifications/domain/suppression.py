"""An open escalation silences the support need on the same standard (X17).

Silence is worked out anew from all live alerts of a person whenever one of them changes, so the order in which they
came makes no difference.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.notifications.domain.alert import Alert, Lane


def settle(live: Iterable[Alert], changed: Alert) -> list[Alert]:
    """A person's alerts after one of them changed, that one first: which of them are silenced, and by what."""
    others = [alert for alert in live if alert.alert_id != changed.alert_id]
    all_live = [alert for alert in [changed, *others] if alert.live]
    return [replace(alert, silenced_by=_silencing(alert, all_live)) for alert in [changed, *others]]


def _silencing(alert: Alert, live: list[Alert]) -> str:
    concern = alert.concern
    if not alert.live or concern.lane is not Lane.SUPPORT_NEED or not concern.quiet_if_escalated:
        return ""
    standards = set(concern.standards)
    escalations = [
        other
        for other in live
        if other.concern.lane is Lane.ESCALATION and not other.quiet and standards & set(other.concern.standards)
    ]
    return min(escalations, key=lambda other: other.concern.concern_id).alert_id if escalations else ""
