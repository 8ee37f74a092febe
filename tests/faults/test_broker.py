"""The broker may stop, pause or lose its data. Commands are still accepted and nothing is lost (Q2, Q4, Q5)."""

import pytest

from faults.figure import COMMIT
from faults.kinds import broker, crashes
from faults.stage import Stage

pytestmark = pytest.mark.journey


def test_a_crash_between_sending_and_noting_loses_and_doubles_nothing(with_kafka: Stage) -> None:
    assert crashes.failpoints(with_kafka, COMMIT).problems == []


def test_while_the_broker_is_away_every_command_is_accepted(with_kafka: Stage) -> None:
    assert broker.away(with_kafka, COMMIT).problems == []


def test_a_broker_that_forgot_everything_is_told_again_and_nothing_changes(with_kafka: Stage) -> None:
    assert broker.forgotten(with_kafka, COMMIT).problems == []
