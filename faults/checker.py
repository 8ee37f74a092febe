"""The checker compares databases and mailbox with the history of commands and answers.

The effect of each *ok* is exactly once in the owner's database, in each projection, in the mailbox and in the audit
log. The effect of each *unknown* is there once or not at all. There is no other effect. Every check has a name.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from faults.history import Kind, Outcome
from faults.stage import Stage

LISTENS = {
    "evidence": ("rules", "scheduling"),
    "rules": ("evidence", "scheduling"),
    "scheduling": ("evidence", "rules"),
    "notifications": ("rules", "scheduling"),
}
ITEMS = (Kind.ITEM, Kind.INCIDENT)
Check = Callable[[Stage], Iterator[str]]
K = TypeVar("K")


def owner(stage: Stage) -> Iterator[str]:
    """Check the owner's database: each `ok` once, each `unknown` at most once, no `fail`, and nothing else."""
    made = Counter(json.loads(body)["content"]["case_reference"] for (body,) in _items(stage, "body"))
    yield from _held_against(stage, made, ITEMS)
    entered = Counter(row[0] for row in stage.rows("evidence", "SELECT safeguarder_id FROM safeguarder"))
    marks = {one.person: one.mark for one in stage.history.all(Kind.ENTRY)}
    yield from _held_against(stage, Counter({marks.get(who, who): n for who, n in entered.items()}), (Kind.ENTRY,))


def answers(stage: Stage) -> Iterator[str]:
    """Check that the answer of each `ok` is kept once, and that a repeated command got the same answer."""
    query = "SELECT request_id FROM request WHERE substr(request_id, 1, 13) = 'request-case-'"
    kept = Counter(row[0].replace("request-", "", 1) for row in stage.rows("evidence", query))
    yield from _held_against(stage, kept, tuple(Kind))
    yield from (f"{one.mark} got two different answers" for one in stage.history.all() if len(one.answers) > 1)


def audit(stage: Stage) -> Iterator[str]:
    """Check that the audit log has one row for each command with an effect, by person and method."""
    query = "SELECT subject, method, COUNT(*) FROM audit GROUP BY subject, method"
    # The method has its name in the proto, `CreateEvidenceItem`. Reads are left out.
    rows = {(who, _snake(method)): n for who, method, n in stage.rows("evidence", query)}
    kept = {row[0] for row in stage.rows("evidence", "SELECT request_id FROM request")}
    done = Counter(
        # Entering a person in the register concerns nobody yet, so its row names no one.
        ("" if one.kind is Kind.ENTRY else one.person, Kind.ITEM.value if one.kind in ITEMS else one.kind.value)
        for one in stage.history.all()
        if one.request_id in kept
    )
    methods = {method for _, method in done}
    there = {key: n for key, n in rows.items() if key[1] in methods}
    yield from (f"{key} audited {there.get(key, 0)} times, done {done.get(key, 0)}" for key in _differing(there, done))


def outbox(stage: Stage) -> Iterator[str]:
    """Check that each outbox numbers the events of a key without gaps, in the order of commits."""
    for service in LISTENS:
        last: Counter[str] = Counter()
        for key, number in stage.rows(service, "SELECT key, key_sequence FROM outbox ORDER BY position"):
            if number != last[key] + 1:
                yield f"{service}: event {number} of {key} comes after {last[key]}"
            last[key] = number


def applied(stage: Stage) -> Iterator[str]:
    """Check that the inbox of every reader has exactly the events of the outbox."""
    for service, sources in LISTENS.items():
        for source in sources:
            published = {row[0] for row in stage.rows(source, "SELECT event_id FROM outbox")}
            query = f"SELECT event_id FROM inbox WHERE source = '{source}'"  # noqa: S608
            heard = [row[0] for row in stage.rows(service, query)]
            if missing := published - set(heard):
                yield f"{service} lacks {len(missing)} events of {source}"
            if len(heard) != len(set(heard)) or set(heard) - published:
                yield f"{service} has events that {source} did not publish"


def in_order(stage: Stage) -> Iterator[str]:
    """Check that each inbox applied the events of a key in order (SQLite shows the order in which rows came)."""
    if stage.parts.postgres:
        return
    for service, sources in LISTENS.items():
        for source in sources:
            where = {row[0]: row[1:] for row in stage.rows(source, "SELECT event_id, key, key_sequence FROM outbox")}
            last: Counter[str] = Counter()
            query = f"SELECT event_id FROM inbox WHERE source = '{source}' ORDER BY rowid"  # noqa: S608
            for (event,) in stage.rows(service, query):
                key, number = where.get(event, ("", 0))
                if number != last[key] + 1:
                    yield f"{service} applied event {number} of {source}'s {key} after {last[key]}"
                last[key] = number


def none_set_aside(stage: Stage) -> Iterator[str]:
    """Check that there are no dead letters, and that no event waits for its turn."""
    for service in LISTENS:
        query = "SELECT state, reason, COUNT(*) FROM dead_letter WHERE state <> 'dropped' GROUP BY 1, 2"
        for state, reason, n in stage.rows(service, query):
            yield f"{service}: {n} events {state}: {reason}"


def projections(stage: Stage) -> Iterator[str]:
    """Check the other services' copies of evidence's items and people: each once, equal, and nothing else."""
    items = {row[0] for row in _items(stage, "evidence_id")}
    query = "SELECT evidence_id FROM fact WHERE origin = 'evidence'"
    facts = Counter(row[0] for row in stage.rows("rules", query))
    yield from (f"rules has item {key} {facts[key]} times" for key in _differing(facts, Counter(items)))
    appointed = {row[0] for row in stage.rows("evidence", "SELECT safeguarder_id FROM ministerial_decision")}
    for service, table in (
        ("rules", "person"),
        ("scheduling", "safeguarder"),
        ("scheduling", "allocation WHERE is_current"),
        ("rules", "relation"),
        ("notifications", "relation"),
        ("evidence", "relation"),
    ):
        rows = stage.rows(service, f"SELECT * FROM {table}")  # noqa: S608
        known = Counter(value for row in rows for value in row if value in appointed)
        yield from (f"{service}.{table} has {key} {known[key]} times" for key in _differing(known, Counter(appointed)))


def evaluated(stage: Stage) -> Iterator[str]:
    """Check that each fact was evaluated, and received as often as it was stored."""
    (waiting,) = stage.rows("rules", "SELECT COUNT(*) FROM fact WHERE NOT evaluated")
    (asked,) = stage.rows("rules", "SELECT COUNT(*) FROM evaluation_request")
    if waiting[0] or asked[0]:
        yield f"{waiting[0]} facts and {asked[0]} people wait for an evaluation"


def concerns(stage: Stage) -> Iterator[str]:
    """Check that each incident has one concern and one alert, and that nobody else has any."""
    there = {json.loads(body)["content"]["case_reference"] for (body,) in _items(stage, "body")}
    told = Counter(one.person for one in stage.history.all(Kind.INCIDENT) if one.mark in there)
    for service, table in (("rules", "concern"), ("notifications", "alert")):
        query = f"SELECT safeguarder_id, rule FROM {table} WHERE rule = 'confidentiality'"  # noqa: S608
        found = Counter(row[0] for row in stage.rows(service, query))
        yield from (f"{found[key]} {table}s for {key}, expected {told[key]}" for key in _differing(found, told))


def mailbox(stage: Stage) -> Iterator[str]:
    """Check that recorded and delivered e-mails agree. An e-mail may arrive twice only after a crash."""
    query = "SELECT state, reference FROM notification WHERE channel = 'email'"
    noted = stage.rows("notifications", query)
    yield from (f"a notification is {state}" for state, _ in noted if state not in ("sent", "cancelled"))
    came = {key.strip("<>").partition("@")[0]: n for key, n in stage.supervisor.mailbox.by_message_id.items()}
    references = {reference for state, reference in noted if state == "sent"}
    if missing := references - set(came):
        yield f"{len(missing)} e-mails recorded as sent did not arrive"
    if unasked := set(came) - references:
        yield f"{len(unasked)} e-mails arrived without a record"
    again = sum(came.values()) - len(came)
    if again > stage.killed["notifications"]:
        yield f"{again} e-mails arrived twice, more than the sender's crashes"


CHECKS: tuple[Check, ...] = (
    owner, answers, audit, outbox, applied, in_order, none_set_aside, projections, evaluated, concerns, mailbox,
)  # fmt: skip


def check(stage: Stage, without: Iterable[Check] = ()) -> list[str]:
    """Return every broken promise with the name of its check, or an empty list."""
    skipped = set(without)
    return [f"{one.__name__}: {found}" for one in CHECKS if one not in skipped for found in one(stage)]


def _items(stage: Stage, column: str) -> list[tuple[str]]:
    return [(row[0],) for row in stage.rows("evidence", f"SELECT {column} FROM evidence_item")]  # noqa: S608


def _held_against(stage: Stage, made: Counter[str], kinds: tuple[Kind, ...]) -> Iterator[str]:
    asked = {one.mark: one.outcome for one in stage.history.all(*kinds)}
    for mark in set(made) | set(asked):
        outcome, n = asked.get(mark), made[mark]
        most = 1 if outcome in (Outcome.OK, Outcome.UNKNOWN, Outcome.INVOKED) else 0
        if n > most or (outcome is Outcome.OK and n < 1):
            yield f"{mark} {outcome} is there {n} times"


def _differing(left: Mapping[K, int], right: Mapping[K, int]) -> Iterator[K]:
    yield from (key for key in {**left, **right} if left.get(key, 0) != right.get(key, 0))


def _snake(method: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method).lstrip("_")
