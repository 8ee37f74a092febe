"""What goes to a role goes to somebody of the person's own region, where there is one."""

import json
from pathlib import Path

import pytest

from services.notifications.adapters.people import DirectoryPeople
from services.platform.calls.identity import Directory


@pytest.fixture
def people(tmp_path: Path) -> DirectoryPeople:
    file = tmp_path / "people.json"
    entries = {
        "manager-west": {"role": "support_manager", "region": "west"},
        "senior-east": {"role": "senior_manager", "region": "east"},
        "senior-west": {"role": "senior_manager", "region": "west"},
        "team": {"role": "panel_team"},
    }
    file.write_text(json.dumps(entries))
    return DirectoryPeople(Directory(file))


def test_a_senior_manager_of_the_support_managers_region_comes_first(people: DirectoryPeople) -> None:
    assert people.first_with_role("senior_manager", near="manager-west") == "senior-west"


def test_without_an_allocation_it_is_the_first_in_the_role(people: DirectoryPeople) -> None:
    assert people.first_with_role("senior_manager") == "senior-east"


def test_a_role_without_regions_has_one_place_to_go(people: DirectoryPeople) -> None:
    assert people.first_with_role("panel_team", near="manager-west") == "team"


def test_a_role_that_nobody_has_goes_nowhere(people: DirectoryPeople) -> None:
    assert people.first_with_role("data_lead", near="manager-west") == ""
