"""Setting a rule aside at the command line: made, listed, explained, ended, and refused."""

from datetime import timedelta

from services.client.words import short
from services.platform.clock import SystemClock
from tests.cli.test_answers import data, person_of
from tests.suite import LoadedSuite

WHY = "SCRA's dates were wrong"


def a_day(ahead: int) -> str:
    return (SystemClock().today() + timedelta(days=ahead)).isoformat()


def test_a_rule_is_set_aside_for_a_person_listed_and_speaks_again(suite: LoadedSuite) -> None:
    person = person_of(suite, "One report seen in two years")
    asked = ("rules", "override", person, "report-late", "--until", a_day(10), "--reason", WHY)
    tried = suite.psmf(*asked, "--dry-run")
    assert tried.stdout.startswith("Nothing was changed. It would be: report-late is overridden for ") or tried.stderr
    assert suite.psmf("rules", "overrides", person).stdout == "No rule is overridden.\n"
    made = data(suite, *asked)
    listed = suite.psmf("rules", "overrides", person)
    assert all(word in listed.stdout for word in ("report-late", "ends soon", "panel-team", WHY, short(made["name"])))
    (found,) = data(suite, "rules", "overrides", person)["items"]
    assert found == made
    ended = suite.psmf("rules", "end-override", short(made["name"]))
    assert ended.returncode == 0
    assert f"report-late applies to {person.removeprefix('safeguarders/')} again." in ended.stdout + ended.stderr
    assert suite.psmf("rules", "end-override", made["name"]).returncode == 5
    assert "ended early" in suite.psmf("rules", "overrides", person, "--all").stdout


def test_safety_and_more_than_ninety_days_are_refused(suite: LoadedSuite) -> None:
    person = person_of(suite, "One report seen in two years")
    safety = suite.psmf("rules", "override", person, "confidentiality", "--until", a_day(10), "--reason", WHY)
    assert (safety.returncode, "SAFETY_NOT_SET_ASIDE" in safety.stderr) == (5, True)
    long = suite.psmf("rules", "override", person, "report-late", "--until", a_day(91), "--reason", WHY)
    assert (long.returncode, "END_DATE_OUT_OF_RANGE" in long.stderr) == (6, True)
