"""What tests of every part may use."""

from collections.abc import Iterator

import pytest

from tests.suite import LoadedSuite, loaded_suite


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedSuite]:
    """The whole suite with its story told. Read only: others read it too."""
    with loaded_suite(tmp_path_factory.mktemp("suite")) as loaded:
        yield loaded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the whole suite is a journey."""
    for item in items:
        if "suite" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
