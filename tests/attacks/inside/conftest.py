"""Fixture: the whole suite in this process, for attacks that need no process of their own."""

import pytest

from tests.attacks.inside.whole_suite import Whole, whole
from tests.sharing import until_its_group_ends


@pytest.fixture(scope="session")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The services and the console, shared by all attacks that leave them as good as before."""
    return until_its_group_ends(whole(tmp_path_factory.mktemp("doors")))
