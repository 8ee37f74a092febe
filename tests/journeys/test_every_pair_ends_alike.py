"""One story, four pairs of database and transport: raised, told, arranged and accounted for alike.

The demo's pair and production's are compared in `make test`, the mixed ones in `make long`.
"""

from pathlib import Path

import pytest

from services.demo.outcome import differences
from services.demo.stack import Profile
from tests.suite import LoadedSuite, assert_same_end, loaded_suite

pytestmark = pytest.mark.journey


def test_production_ends_as_the_demo_does(suite: LoadedSuite, production: LoadedSuite) -> None:
    assert differences(production.demo.story, production.seen) == []
    assert_same_end(production.seen, suite.seen)


@pytest.mark.long
@pytest.mark.parametrize("profile", [Profile.SQLITE_KAFKA, Profile.POSTGRESQL_FEED])
def test_a_mixed_pair_ends_as_the_demo_does(suite: LoadedSuite, tmp_path: Path, profile: Profile) -> None:
    with loaded_suite(tmp_path, profile) as loaded:
        assert differences(loaded.demo.story, loaded.seen) == []
        assert_same_end(loaded.seen, suite.seen)
