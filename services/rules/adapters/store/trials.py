"""The answers of rules on trial, and how often rules spoke, in the database and the current transaction."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import Connection, func, select

from services.calendar_days import london_instant
from services.platform.storage.database import execute, execute_many, insert_sql, to_micros
from services.rules.adapters.store import tables
from services.rules.domain.closed_lists import Answer
from services.rules.domain.concerns.concern import URGENCY, EvaluationId
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.facts import ConcernKey
from services.rules.domain.forecasts.trials import Standing, Tried, stand

_COLUMNS = "safeguarder_id, rule, subject, answer, answered_on, raised_on, asked_on, evaluation_id"
_OF_PERSON = f"SELECT {_COLUMNS}, terms FROM trial_answer WHERE safeguarder_id = ?"  # noqa: S608
_OF_RULE = f"SELECT {_COLUMNS} FROM trial_answer WHERE rule = ? AND terms = ? ORDER BY safeguarder_id, subject"  # noqa: S608
_KEEP = insert_sql(tables.trial_answer) + (
    " ON CONFLICT (safeguarder_id, rule, terms, subject) DO UPDATE SET answer = excluded.answer, "
    "answered_on = excluded.answered_on, raised_on = excluded.raised_on, evaluation_id = excluded.evaluation_id"
)


class SqlTrials:
    """The last answers of rules on trial, and since when each stands."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, evaluation: Evaluation, evaluation_id: EvaluationId, tried: Tried) -> None:
        """Store the answers that an evaluation changes."""
        person = evaluation.case_file.person.safeguarder_id
        rows = execute(self._connection, _OF_PERSON, (person,)).fetchall()
        # Answers by an earlier wording of a rule are left out: the trial of a changed rule starts again.
        before = [_standing(row) for row in rows if tried.terms.get(row[1]) == row[-1]]
        known = {ConcernKey(one.rule_id, one.subject): one for one in before}
        changed = stand(person, known, tried, evaluation.as_of, evaluation_id)
        if changed:
            execute_many(self._connection, _KEEP, [_row(one, tried.terms[one.rule_id]) for one in changed])

    def of_rule(self, rule_id: str, terms: str) -> Sequence[Standing]:
        """Return the last answers of one rule on trial about everybody."""
        return [_standing(row) for row in execute(self._connection, _OF_RULE, (rule_id, terms))]


def _standing(row: Sequence[str]) -> Standing:
    person, rule_id, subject, answer, answered_on, raised_on, asked_on, evaluation_id = row[:8]
    return Standing(
        person,
        rule_id,
        subject,
        Answer(answer),
        date.fromisoformat(answered_on),
        date.fromisoformat(raised_on) if raised_on else None,
        date.fromisoformat(asked_on),
        EvaluationId(evaluation_id),
    )


def _row(one: Standing, terms: str) -> tuple[str | None, ...]:
    return (
        one.safeguarder_id,
        one.rule_id,
        terms,
        one.subject,
        one.answer.value,
        one.answered_on.isoformat(),
        one.raised_on.isoformat() if one.raised_on else None,
        one.asked_on.isoformat(),
        one.evaluation_id,
    )


def raised_between(connection: Connection, first: date, last: date) -> dict[str, int]:
    """Return how many concerns each rule raised from one day in London to another, both included."""
    concern = tables.concern.c
    begins, until = (to_micros(london_instant(day, time(0))) for day in (first, last + timedelta(days=1)))
    # The index is ordered by lane, then by day: each of the six lanes is read from its first day on.
    query = select(concern.rule, func.count()).where(concern.urgency.in_(range(len(URGENCY)))).group_by(concern.rule)
    found = connection.execute(query.where(concern.raised_at >= begins, concern.raised_at < until))
    return {row[0]: row[1] for row in found}
