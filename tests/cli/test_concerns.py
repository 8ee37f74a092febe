"""`psmf concern` on a running suite: the state of a concern, what may come next, and a command for each move."""

import json
from datetime import UTC, datetime
from typing import Any

from tests.builders import days_ago
from tests.suite import LoadedSuite
from tests.waiting import until

TODAY = days_ago(0).isoformat()


def data(suite: LoadedSuite, *arguments: str) -> Any:
    answered = suite.psmf(*arguments, "--json")
    assert answered.returncode == 0, answered.stderr
    return json.loads(answered.stdout)


def concern_of(suite: LoadedSuite, rule: str) -> str:
    listed = data(suite, "concern", "list")["items"]
    name: str = next(c["name"] for c in listed if c["rule"] == rule)
    return name.rpartition("/")[2]


def supports_of(suite: LoadedSuite, concern: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(suite, "concern", "show", concern)["course"]["supports"]
    return found


def test_a_concern_is_moved_command_by_command_and_shows_its_history(suite: LoadedSuite) -> None:
    concern = concern_of(suite, "report-quality")
    before = datetime.now(UTC).isoformat()
    data(suite, "concern", "acknowledge", concern, "--next-date", TODAY)
    person = data(suite, "concern", "show", concern)["name"].split("/")[1]
    offered = data(
        suite, "support", "offer", person, "A module.", "--kind", "module", "--for", concern, "--discussed", TODAY
    )
    until(lambda: data(suite, "concern", "show", concern)["state"] == "STATE_IN_SUPPORT")
    support = offered["name"].rpartition("/")[2]
    data(suite, "support", "answer", f"{person}/{support}", "--answer", "accepted")
    until(lambda: supports_of(suite, concern)[0].get("answer") == "SUPPORT_ANSWER_ACCEPTED")
    data(suite, "concern", "hold", concern, "--reason", "practice-unclear")
    shown = suite.psmf("concern", "show", concern).stdout
    assert "held (practice unclear), with panel-team" in shown
    assert "answer support (module accepted) by calendar: in support" in shown
    assert "Next     hold, release\n" in shown
    released = suite.psmf("concern", "release", concern, "--reason", "practice-unclear")
    assert "in support, with panel-team." in released.stdout
    stood = suite.psmf("concern", "show", concern, "--known-at", before).stdout
    assert "Stands   raised" in stood
    assert "Next" not in stood
    assert "Stands   in support" in suite.psmf("concern", "show", concern, "--as-of", TODAY).stdout
    listed = data(suite, "concern", "list", "--known-at", before)["items"]
    assert [c["state"] for c in listed if c["name"].endswith(concern)] == ["STATE_RAISED"]


def test_the_safeguarder_is_asked_for_a_view_and_gives_it_in_their_own_words(suite: LoadedSuite) -> None:
    concern = concern_of(suite, "report-late")
    person = data(suite, "concern", "show", concern)["name"].split("/")[1]
    assert data(suite, "concern", "ask-view", concern)["state"] == "STATE_ASKED"
    own = ("--as", f"person-{person}")
    given = suite.psmf("concern", "view", concern, "I asked for a further date.", *own)
    assert "The view is kept. Both sides read it." in given.stdout
    until(lambda: data(suite, "concern", "show", concern)["course"].get("view") == "SAFEGUARDER_VIEW_GIVEN")
    page = suite.psmf("plan", "show", person).stdout
    assert "I asked for a further date." in page
    both = suite.psmf("concern", "view", concern, "Words.", "--none-given")
    assert both.returncode == 2
    assert "Leave out the words" in both.stderr


def test_a_move_that_a_guard_forbids_says_which_and_what_is_allowed(suite: LoadedSuite) -> None:
    concern = concern_of(suite, "confidentiality")
    refused = suite.psmf("concern", "escalate", concern, "--as", "senior-manager-east")
    assert refused.returncode == 5
    assert "This step is not available in the concern's current state." in refused.stderr
    assert "Allowed now: acknowledge" in refused.stderr


def test_a_dry_run_changes_nothing(suite: LoadedSuite) -> None:
    concern = concern_of(suite, "confidentiality")
    tried = suite.psmf("concern", "hold", concern, "--reason", "practice-unclear", "--dry-run")
    assert tried.stdout.startswith("Nothing was changed. It would be: ")
    assert data(suite, "concern", "show", concern)["state"] == "STATE_RAISED"


def test_concerns_of_a_day_to_come_are_refused(suite: LoadedSuite) -> None:
    refused = suite.psmf("concern", "list", "--as-of", days_ago(-1).isoformat())
    assert refused.returncode == 6
    assert "as_of_date is in the future" in refused.stderr
