"""Suppression: an open escalation suppresses the support alerts on the same standard (X17).

It is worked out again from all live alerts of a person whenever one of them changes. The order in which alerts arrive
therefore makes no difference.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.notifications.domain.alert import Alert, Lane


def settle(live: Iterable[Alert], changed: Alert) -> list[Alert]:
    """Return a person's alerts with their suppression after one of them changed, the changed one first."""
    others = [alert for alert in live if alert.alert_id != changed.alert_id]
    all_live = [alert for alert in [changed, *others] if alert.live]
    return [replace(alert, silenced_by=_suppressing(alert, all_live)) for alert in [changed, *others]]


def _suppressing(alert: Alert, live: list[Alert]) -> str:
    concern = alert.concern
    if not alert.live or concern.lane is not Lane.SUPPORT_NEED or not concern.quiet_if_escalated:
        return ""
    standards = set(concern.standards)
    escalations = [
        other
        for other in live
        if other.concern.lane is Lane.ESCALATION and not other.quiet and standards & set(other.concern.standards)
    ]
    # Any of several escalations would do. The lowest id gives the same answer in whatever order they arrive.
    return min(escalations, key=lambda other: other.concern.concern_id).alert_id if escalations else ""
