"""A service's gauges tell an operator how long work has waited and how the service is."""

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.platform.events.outbox import add_events
from services.platform.process.gauges import Glance, Watched, readings
from services.platform.process.settings import ServiceSettings
from services.platform.storage.database import Database
from services.platform.telemetry import metrics
from services.refusals import Kind, Refusal
from tests.platform.events import a_message, a_story, an_inbox
from tests.platform.small_service import new_database
from tests.telemetry.declared import OWN

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = new_database(tmp_path / "small.db")
    yield made
    made.close()


@dataclass
class Consumer:
    source: str
    waiting_since: datetime | None
    connected: bool = True


def seen(database: Database, *sources: Consumer, sent: dict[str, int] | None = None) -> dict[str, Any]:
    figures = {"people_waiting": 3, "not_measured": 1}, {"rulebook": "abcdef0123456789"}
    return readings(Watched(database, lambda: NOW, lambda: figures, sources, lambda: sent or {}, OWN["rules"]))


def test_the_age_of_what_is_not_sent_is_told_for_each_reader(database: Database) -> None:
    for seconds in (90, 30):
        at = NOW - timedelta(seconds=seconds)
        database.write(lambda tx, at=at: add_events(tx, [("sg-1", a_message("sg-1"))], at))  # type: ignore[misc]
    ages = seen(database, sent={"rules": 0, "scheduling": 1, "notifications": 2})[metrics.OUTBOX_AGE.name]
    assert {labels["reader"]: age for age, labels in ages} == {"rules": 90, "scheduling": 30, "notifications": 0}


def test_the_age_of_what_came_and_is_not_applied_is_told_for_each_source(database: Database) -> None:
    told = seen(database, Consumer("evidence", NOW - timedelta(seconds=75)), Consumer("rules", None, connected=False))
    assert told[metrics.INBOX_AGE.name] == [(75.0, {"source": "evidence"}), (0.0, {"source": "rules"})]
    assert told[metrics.INBOX_CONNECTED.name] == [(1.0, {"source": "evidence"}), (0.0, {"source": "rules"})]


def test_an_event_waits_until_it_is_applied(database: Database) -> None:
    story = a_story("a")

    def full(connection: Any, event: Any) -> None:
        raise Refusal(Kind.EXHAUSTED, "STORAGE_FULL", "The service has no space left to record this. Try later.")

    inbox = an_inbox(database, full)
    assert inbox.waiting_since is None
    with contextlib.suppress(Refusal):
        inbox.apply(story)
    assert inbox.waiting_since == story[0].recorded_at
    good = an_inbox(database, lambda connection, event: None)
    good.apply(story)
    assert good.waiting_since is None


def test_figures_are_measured_by_their_declared_names_only(database: Database) -> None:
    told = seen(database)
    assert told["psmf.evaluations.waiting"] == [(3.0, {})]
    assert told["psmf.rulebook.info"] == [(1.0, {"rulebook": "abcdef012345"})]
    assert told.keys() <= {gauge.name for gauge in OWN["rules"].all()}


def test_many_gauges_take_one_look_at_the_database() -> None:
    looks = itertools.count()
    glance = Glance(lambda: {"looks": [(float(next(looks)), {})]})
    assert glance.now() is glance.now()
    assert next(looks) == 1


@pytest.mark.parametrize("service", OWN)
def test_names_are_told_once_and_say_what_they_are(service: str) -> None:
    gauges = OWN[service].all()
    names = [gauge.name for gauge in gauges]
    assert len(names) == len(set(names))
    assert all(gauge.meaning.endswith(".") and gauge.unit for gauge in gauges)


@pytest.mark.parametrize("listen", ["9101", "127.0.0.1", "127.0.0.1:http", "a b:1"])
def test_an_address_for_measures_that_is_none_is_refused(listen: str) -> None:
    files: dict[str, Any] = dict.fromkeys(("database", "keys_file", "people_file", "service_key_file"), Path("x"))
    with pytest.raises(ValidationError, match="metrics_listen"):
        ServiceSettings(listen="127.0.0.1:0", metrics_listen=listen, **files)
