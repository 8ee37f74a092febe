"""The end state of a suite as one object: what was raised and why, who was told, and the account of all facts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from psmf.evidence.v1 import (
    development_plans_pb2,
    overlays_pb2,
    recommendations_pb2,
    report_samples_pb2,
    review_requests_pb2,
    session_records_pb2,
    times_away_pb2,
)
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import duties_pb2, scheduling_pb2

from services.calendar_days import london_today
from services.client.client import Client
from services.client.concern_rows import Row, concern_row, iso_day
from services.client.ledger import engines, ledger
from services.client.words import EVERYBODY, safeguarder_of, word_of
from services.demo.story.values import Expected, Story
from services.demo.telling.wire import PANEL_TEAM
from services.demo.waiting import statuses
from services.platform.calls.wire import from_date, from_instant

_WITH_PAPERS = (scheduling_pb2.SupportSession.STATE_CONFIRMED, scheduling_pb2.SupportSession.STATE_HELD)
ENDED = ("closed", "dismissed", "merged")
"""States of a concern that is not open any more."""


def outcome(client: Client, story: Story) -> dict[str, Any]:
    """Return the whole state of a suite, without ids that are random in each run, so that two runs can be compared."""
    every = rules_pb2.ListConcernsRequest(parent=EVERYBODY, include_closed=True)
    messages = client.pages(PANEL_TEAM, client.concerns.ListConcerns, every, "concerns")
    concerns = {message.name: concern_row(message) for message in messages}
    matters = {name.rpartition("/")[2]: row for name, row in concerns.items()}
    found = statuses(client)
    return {
        "concerns": _in_order(concerns.values()),
        "alerts": _in_order(_alerts(client, concerns)),
        "sessions": _sessions(client, matters),
        "plans": _plans(client, story),
        "reviews": _reviews(client, story),
        "recommendations": _recommendations(client, story),
        "overlays": _overlays(client, story),
        "samples": _samples(client),
        "obligations": _obligations(client, story),
        "notifications": _notifications(client, concerns.values()),
        "ledger": ledger(found),
        "engines": engines(found["rules"]),
    }


def differences(story: Story, seen: Mapping[str, Any]) -> list[str]:
    """Return in words where the end state differs from the story; empty if the story went as told."""
    raised = {
        Expected(row["safeguarder"], row["rule"], row["subject"], row["lane"])
        for row in seen["concerns"]
        if row["state"] not in ENDED and not row["closing_proposed"]
    }
    missing = [f"not raised: {_said(expected)}" for expected in sorted(story.expected - raised)]
    more = [f"raised, but not in the story: {_said(found)}" for found in sorted(raised - story.expected)]
    return [*missing, *more, *_not_told(seen), *_not_accounted(seen)]


def _said(expected: Expected) -> str:
    about = f" on {expected.subject}" if expected.subject else ""
    return f"{expected.rule}{about} ({expected.lane}) for {expected.safeguarder_id}"


def _not_told(seen: Mapping[str, Any]) -> Iterator[str]:
    alerts = Counter((row["safeguarder"], row["rule"], row["subject"]) for row in seen["alerts"])
    for row in seen["concerns"]:
        matter = (row["safeguarder"], row["rule"], row["subject"])
        if alerts[matter] != 1:
            yield f"{alerts[matter]} alerts instead of one: {' '.join(matter)}"


def _not_accounted(seen: Mapping[str, Any]) -> Iterator[str]:
    counted = seen["ledger"]
    if counted["accepted"] != counted["evaluated"] or counted["waiting"] or counted["dead"]:
        yield f"the ledger is not balanced: {counted}"
    if seen["engines"]["disagreements"]:
        yield f"the rules engines disagreed {seen['engines']['disagreements']} times"


def _pages(client: Client, method: Any, request: Any, field: str, parent: str = EVERYBODY) -> Iterator[Any]:
    return client.pages(PANEL_TEAM, method, request(parent=parent), field)


def _in_order(rows: Any) -> list[Row]:
    return sorted(rows, key=lambda row: (row["safeguarder"], row["rule"], row["subject"]))


def _alerts(client: Client, concerns: Mapping[str, Row]) -> Iterator[Row]:
    request = notifications_pb2.ListAlertsRequest(parent=EVERYBODY, include_ended=True)
    for alert in client.pages(PANEL_TEAM, client.alerts.ListAlerts, request, "alerts"):
        matter = concerns.get(alert.concern, {})
        yield {
            "safeguarder": safeguarder_of(alert.name),
            "rule": alert.rule,
            "subject": alert.subject,
            "lane": alert.lane,
            "state": word_of(alert, "state"),
            "recipient": alert.recipient,
            "respond_by_date": iso_day(alert, "respond_by_date"),
            "silenced": bool(alert.silenced_by),
            "concern_known": bool(matter),
        }


def _sessions(client: Client, matters: Mapping[str, Row]) -> dict[str, Any]:
    method, request = client.sessions.ListSupportSessions, scheduling_pb2.ListSupportSessionsRequest
    by_state: Counter[str] = Counter()
    extra = 0
    records: Counter[str] = Counter()
    packs: Counter[str] = Counter()
    agenda: list[Row] = []
    for session in _pages(client, method, request, "support_sessions"):
        by_state[word_of(session, "state")] += 1
        extra += session.number == 0
        if session.state in _WITH_PAPERS:
            packs[_pack_of(client, session.name)] += 1
        if session.state == scheduling_pb2.SupportSession.STATE_HELD:
            records[_record_of(client, session.name)] += 1
        for item in session.agenda:
            if item.outcome == scheduling_pb2.AgendaItem.OUTCOME_CARRIED_FORWARD:
                continue  # it stands on the agenda of the next session
            about = matters.get(item.concern_id, {})
            agenda.append(
                {
                    "safeguarder": safeguarder_of(session.name),
                    "rule": about.get("rule", ""),
                    "subject": about.get("subject", ""),
                    "lane": item.lane,
                }
            )
    return {
        "count": by_state.total(),
        "extra": extra,
        "by_state": dict(sorted(by_state.items())),
        "packs": dict(sorted(packs.items())),
        "records": dict(sorted(records.items())),
        "agenda": _in_order(agenda),
    }


def _pack_of(client: Client, session: str) -> str:
    """Return how the papers of a session stand."""
    request = session_records_pb2.GetSessionPackRequest(name=f"{session}/pack")
    return word_of(client.call(PANEL_TEAM, client.session_records.GetSessionPack, request), "state")


def _record_of(client: Client, session: str) -> str:
    """Return how the record of a session that was held stands: how it ended, its state, or that none is shared."""
    request = session_records_pb2.ListSessionRecordsRequest(parent=f"safeguarders/{safeguarder_of(session)}")
    listed = client.call(PANEL_TEAM, client.session_records.ListSessionRecords, request)
    for record in listed.session_records:
        if record.name == f"{session}/record":
            return word_of(record, "ending") or word_of(record, "state")
    return "not_shared"


def _plans(client: Client, story: Story) -> dict[str, Any]:
    """Return how many plans are in force, and how actions, supports and duties stand.

    `actions` counts the state of each, which is its outcome once it has ended; `basis` on what each rests.
    """
    counts: dict[str, Counter[str]] = {part: Counter() for part in ("actions", "basis", "supports", "duties")}
    in_force = late = 0
    for duty in _pages(client, client.duties.ListDuties, duties_pb2.ListDutiesRequest, "duties"):
        counts["duties"][word_of(duty, "kind")] += 1
    for person in story.people:
        name = f"safeguarders/{person.safeguarder_id}/developmentPlan"
        request = development_plans_pb2.GetDevelopmentPlanRequest(name=name)
        plan = client.call(PANEL_TEAM, client.plans.GetDevelopmentPlan, request)
        in_force += plan.is_in_force
        counts["actions"].update(word_of(action, "state") for action in plan.actions)
        counts["basis"].update(word_of(action, "basis") or "none" for action in plan.actions)
        counts["supports"].update(word_of(support, "state") for support in plan.supports)
        late += sum(support.late for support in plan.supports)
    by_part = {part: dict(sorted(of_part.items())) for part, of_part in counts.items()}
    return {"in_force": in_force, "supports_late": late, **by_part}


def _recommendations(client: Client, story: Story) -> dict[str, dict[str, int]]:
    """Return how many recommendations were shared and decided, and as what."""
    counts: dict[str, Counter[str]] = {part: Counter() for part in ("states", "outcomes", "decided_as")}
    for person in story.people:
        request = recommendations_pb2.GetReadinessRequest(parent=f"safeguarders/{person.safeguarder_id}")
        for known in client.call(PANEL_TEAM, client.recommendations.GetReadiness, request).recommendations:
            counts["states"][word_of(known, "state")] += 1
            counts["outcomes"][word_of(known.text, "outcome")] += 1
            if known.decided_as:
                counts["decided_as"][word_of(known, "decided_as")] += 1
    return {part: dict(sorted(of_part.items())) for part, of_part in counts.items()}


def _reviews(client: Client, story: Story) -> dict[str, int]:
    """Return how many review requests are open, how the others ended, and how many days they gave back."""
    counts = dict.fromkeys(("open", "upheld", "not_upheld", "days_given_back"), 0)
    for person in story.people:
        request = review_requests_pb2.ListReviewRequestsRequest(parent=f"safeguarders/{person.safeguarder_id}")
        for asked in client.call(PANEL_TEAM, client.reviews.ListReviewRequests, request).review_requests:
            ended = word_of(asked, "decision") or word_of(asked, "state")
            stands = ended if asked.HasField("end_time") else "open"
            counts[stands] = counts.get(stands, 0) + 1
            made_on = from_date(asked, "made_date")
            if made_on and asked.HasField("end_time"):
                counts["days_given_back"] += (london_today(from_instant(asked.end_time)) - made_on).days
    return counts


def _overlays(client: Client, story: Story) -> dict[str, dict[str, int]]:
    """Return how suspensions stand, and how many times away there are of each kind."""
    counts: dict[str, Counter[str]] = {"suspensions": Counter(), "times_away": Counter()}
    for person in story.people:
        parent = f"safeguarders/{person.safeguarder_id}"
        overlays = overlays_pb2.ListOverlaysRequest(parent=parent)
        for overlay in client.call(PANEL_TEAM, client.overlays.ListOverlays, overlays).overlays:
            counts["suspensions"][word_of(overlay, "state")] += word_of(overlay, "kind") == "suspension"
        away = times_away_pb2.ListTimesAwayRequest(parent=parent)
        for time_away in client.call(PANEL_TEAM, client.times_away.ListTimesAway, away).times_away:
            counts["times_away"][word_of(time_away, "kind")] += not time_away.cancelled
    return {part: dict(sorted(of_part.items())) for part, of_part in counts.items()}


def _samples(client: Client) -> dict[str, int]:
    """Return how the sampled reports of all rounds stand, and how many were read twice."""
    counts: Counter[str] = Counter(read_twice=0)
    method, request = client.report_samples.ListReportSamples, report_samples_pb2.ListReportSamplesRequest
    for sample in _pages(client, method, request, "report_samples"):
        counts[word_of(sample, "state")] += 1
        counts["read_twice"] += len(sample.readings) > 1
    return dict(sorted(counts.items()))


def _obligations(client: Client, story: Story) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for person in story.people:
        request = scheduling_pb2.ListObligationsRequest(parent=f"safeguarders/{person.safeguarder_id}")
        for owed in client.call(PANEL_TEAM, client.obligations.ListObligations, request).obligations:
            kind = word_of(owed, "kind")
            counts[kind] += 1
            counts[f"{kind}_attended"] += owed.attended
    return dict(sorted(counts.items()))


def _notifications(client: Client, concerns: Any) -> list[Row]:
    method, request = client.notifications.ListNotifications, notifications_pb2.ListNotificationsRequest
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for safeguarder in sorted({row["safeguarder"] for row in concerns}):
        for sent in _pages(client, method, request, "notifications", f"safeguarders/{safeguarder}"):
            if sent.subject:
                continue  # of a plan or a session: of two versions that come together, one is told, so numbers differ
            state = word_of(sent, "state")
            counts[(safeguarder, sent.recipient, sent.channel, state)] += 1
    names = ("safeguarder", "recipient", "channel", "state")
    return [dict(zip(names, key, strict=True)) | {"count": count} for key, count in sorted(counts.items())]
