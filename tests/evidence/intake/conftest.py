"""The people and the cases of these tests."""

import pytest

from tests.evidence.conftest import Evidence
from tests.evidence.intake.doors import CASES
from tests.evidence.steps import appoint


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")
    appoint(evidence, "sg-two")


@pytest.fixture
def case() -> str:
    """Return the reference of a case that no other test uses."""
    return next(CASES)
