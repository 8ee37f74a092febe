"""Settings that the user sets reach the services of the demo, without breaking what holds it together (doors D8)."""

import importlib

import pytest

from services.client.addresses import SERVICES
from services.demo.supervisor import CHOSEN, CONSOLE, OWN, not_passed_on, passed_on, service_environment

NEEDED = {"listen": "127.0.0.1:7001", "database": "sqlite:///demo.db", "transport": "feed"}


@pytest.mark.parametrize("name", sorted({"reply_working_days", "rulebook", "most_tries", *CHOSEN}))
def test_a_setting_of_the_user_is_passed_on_and_wins_over_what_the_demo_only_chooses(name: str) -> None:
    """doors D8: settings were dropped."""
    variable = f"PSMF_{name.upper()}"
    user = {variable: "7", "PATH": "/bin"}
    assert service_environment(user, NEEDED)[variable] == "7"
    assert (passed_on(user), not_passed_on(user)) == ([variable], [])


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_setting_that_holds_the_demo_together_stays_and_the_user_is_told(name: str) -> None:
    variable = f"PSMF_{name.upper()}"
    found = service_environment({variable: "somewhere-else"}, NEEDED)
    assert found.get(variable) == NEEDED.get(name)
    assert (passed_on({variable: "x"}), not_passed_on({variable: "x"})) == ([], [variable])


def test_each_setting_of_a_service_is_either_passed_on_or_the_demo_s_own() -> None:
    """Every address and file is the demo's own, so that a new one is not taken from a user's shell by chance."""
    fields = {name for program in (*SERVICES, CONSOLE) for name in _fields(program)}
    assert fields >= OWN
    wiring = {name for name in fields if name.endswith(("_address", "_file", "_listen", "_servers"))}
    assert wiring <= OWN
    assert set(CHOSEN) <= fields - OWN


def _fields(program: str) -> set[str]:
    return set(importlib.import_module(f"services.{program}.settings").Settings.model_fields)


def test_variables_of_the_command_line_are_no_settings() -> None:
    assert passed_on({"PSMF_DEMO_FOLDER": ".demo", "PSMF_TOKEN_FILE": "token", "HOME": "x"}) == []
