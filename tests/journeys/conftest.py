"""The story told on each pair of database and transport: once for a run, and only read by tests."""

import pytest

from services.demo.stack import Profile
from tests.sharing import until_its_group_ends
from tests.suite import LoadedSuite, loaded_suite


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> LoadedSuite:
    """The suite on PostgreSQL and Kafka."""
    return until_its_group_ends(loaded_suite(tmp_path_factory.mktemp("production"), Profile.PRODUCTION))


@pytest.fixture(scope="module", params=[Profile.EMBEDDED, Profile.PRODUCTION])
def told(request: pytest.FixtureRequest) -> LoadedSuite:
    """The suite with its story told, as the demo runs it and as production does."""
    loaded: LoadedSuite = request.getfixturevalue("suite" if request.param == Profile.EMBEDDED else "production")
    return loaded
