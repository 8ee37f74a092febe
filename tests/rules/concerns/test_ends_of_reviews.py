"""A review of which rules hears nothing but the end: its days are those of the record all the same (B5, D15.5)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.review_requests import SqlReviewRequests
from services.rules.compose import HERE
from services.rules.domain.concerns.review_requests.followed import ReviewRequestFact
from services.rules.handlers.review_requests.follow import ReviewContext, follow
from tests import databases
from tests.rules.builders import NOW, TODAY, shipped
from tests.rules.domain.concerns.test_review_requests_are_followed import CONCERN

BEGAN = TODAY - timedelta(days=5)
OPEN = ReviewRequestFact("r1", CONCERN.safeguarder_id, 1, BEGAN, (CONCERN.concern_id,), (), NOW - timedelta(days=5))
ENDED = replace(OPEN, version=2, ended_at=NOW)


def heard(file: Path, *facts: ReviewRequestFact) -> tuple[Any, list[str]]:
    """Return a concern after rules heard of a review, with the moves that were made."""
    database = Database(databases.address(file))
    bring_up_to_date(database.engine, HERE / "migrations")

    def work(tx: Connection) -> tuple[Any, list[str]]:
        SqlEvaluations(tx, NOW).add(CONCERN)
        concerns = SqlConcerns(tx)
        for fact in facts:
            follow(fact, ReviewContext(SqlReviewRequests(tx), concerns, SqlFacts(tx), lambda _: shipped(), NOW))
        after = concerns.find(CONCERN.concern_id)
        assert after is not None
        return after.progress, [made.move for made in concerns.moves(after)]

    try:
        return database.write(work)
    finally:
        database.close()


@pytest.mark.parametrize("facts", [(ENDED,), (ENDED, OPEN)])
def test_a_review_heard_of_at_its_end_alone_leaves_what_one_heard_of_in_time_leaves(
    tmp_path: Path, facts: tuple[ReviewRequestFact, ...]
) -> None:
    in_time, late = heard(tmp_path / "one.db", OPEN, ENDED), heard(tmp_path / "two.db", *facts)
    assert late == in_time
    assert [(pause.since, pause.until, pause.by_the_record) for pause in late[0].pauses] == [(BEGAN, TODAY, True)]
