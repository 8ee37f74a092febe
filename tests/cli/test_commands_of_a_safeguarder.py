"""Every command that a Safeguarder may use works for them, with short ids and without their own id (doors D1).

The kind that this closes: a command works for the Team, who see everybody, and is refused to the person it is about.
"""

import json
from datetime import timedelta

import pytest

from services.cli.doors.methods import CALLS
from services.platform.clock import SystemClock
from tests.access.table import methods, permits, served
from tests.cli.test_answers import person_of
from tests.suite import LoadedSuite

NOT_ALLOWED, NOT_FOUND, CONFLICT = 4, 3, 5
DAY = (SystemClock().today() - timedelta(days=3)).isoformat()
AHEAD = (SystemClock().today() + timedelta(days=60)).isoformat()
READS: dict[str, tuple[str, ...]] = {
    "safeguarder list": (),
    "safeguarder show": (),
    "safeguarder search": ("sg-",),
    "people me": (),
    "people show": ("panel-team",),
    "draft list": (),
    "evidence choices": (),
    "evidence similar": (
        "-", "kind=self_assessment", "source=self", "setting=panel", f"happened_date={DAY}", f"received_date={DAY}",
    ),
    "evidence list": (),
    "evidence show": ("{item}",),
    "alert list": ("--all",),
    "alert why": ("{alert}",),
    "concern list": ("--all",),
    "concern nobodys": (),
    "rules overrides": ("--all",),
    "concern show": ("{concern}",),
    "session list": ("--all",),
    "session show": ("{session}",),
    "session times": ("{session}",),
    "session pack": ("{session}",),
    "session records": (),
    "session calendar": ("{session}", "--output", "{folder}/session.ics"),
    "plan show": (),
    "plan history": (),
    "action reviews": (),
    "review list": (),
    "recommendation readiness": (),
    "sample list": (),
    "standing": (),
    "waiting": (),
    "timeline": (),
    "file readers": ("--own", "--all"),
    "file export": ("{folder}",),
    "duty list": (),
    "delegation list": (),
    "link list": (),
    "access list": (),
    "training list": (),
    "away list": (),
    "overlay list": (),
    "decision list": (),
    "obligation list": (),
    "notification list": (),
    "rules list": (),
    "rules explain": ("report-late",),
    "rules notes": (),
    "rules numbers": (),
    "rules standards": ("2015-07",),
    "rules state": (),
    "rules ahead": (),
    "rules fair": (),
}  # fmt: skip
"""What a Safeguarder reads. `{alert}` and the like are the first eight characters of an id from their own list."""
WRITES: dict[str, tuple[str, ...]] = {
    "evidence add": (
        "-", "kind=self_assessment", "source=self", "setting=panel", f"happened_date={DAY}", f"received_date={DAY}",
    ),
    "evidence reply": ("{item}", "--text", "I had asked for more time."),
    "session confirm": ("{session}",),
    "session move": ("{session}", "--to", f"{AHEAD}T10:00", "--asked-by", "safeguarder"),
    "session add-item": ("{session}", "What I want to speak of"),
    "strength add": ("-", "My reports are clear.", "--standard", "S4"),
    "need add": ("-", "I want to write shorter reports.", "--standard", "S4"),
    "action add": (
        "-", "--kind", "reflect", "--purpose", "improve", "--standard", "S4", "--owner", "safeguarder",
        "--due", AHEAD, "--aim", "Shorter reports.", "--measure", "Two reports.",
    ),
    "review ask": ("{item}", "It was another hearing.", "--ground", "fact-wrong"),
    "link declare": ("-", "--staff", "senior-manager-west", "--kind", "work"),
    "overlay ask": ("--kind", "caring", "--from", AHEAD),
    "concern acknowledge-notice": ("{concern}",),
    "concern view": ("{concern}", "I had no notice of the second hearing."),
    "concern answer-invitation": ("{concern}", "--answer", "declined"),
}  # fmt: skip
"""What a Safeguarder does, tried out without effect. The state of the matter may be in the way, access may not."""
ELSEWHERE = {
    "evidence receipt": "tried below, with a receipt that there is not",
    **dict.fromkeys(
        ("session record", "session answer", "session admit-item"),
        "tests/between/doors/test_sessions_page.py: a record, or an item that was offered, is needed",
    ),
    **dict.fromkeys(
        (
            *("plan confirm", "need close", "action show", "action answer", "action done", "action close"),
            *("action show-review", "action answer-review"),
            *("support show", "support answer", "support received"),
            *("approach show", "approach acknowledge"),
        ),
        "tests/between/doors/test_*_by_command.py and test_plans_page.py: a plan with something in it is needed",
    ),
    **dict.fromkeys(
        ("review show", "review reviewers", "review withdraw"),
        "tests/between/doors/test_reviews_page.py and tests/between/reviews: a request is needed",
    ),
    **dict.fromkeys(
        ("recommendation show", "recommendation answer"),
        "tests/between/doors/test_recommendations_by_command.py: one that was shared is needed",
    ),
    **dict.fromkeys(
        ("sample round", "sample show"),
        "tests/between/samples: a round that was begun is needed",
    ),
    **dict.fromkeys(("draft show", "draft delete"), "tests/evidence/directory/test_drafts.py: a draft is needed"),
    "alert watch": "a stream: tests/between/doors/test_across.py",
}


def of_a_safeguarder() -> set[str]:
    """Return the commands with nothing in them that the policies refuse to a Safeguarder about themselves."""
    may = {
        f"{service}/{method.name}"
        for method in methods()
        for service in (served() if method.service == "platform" else [method.service])
        if permits(method, "safeguarder", "own", service) or permits(method, "safeguarder", "none", service)
    }
    return {command for command, calls in CALLS.items() if calls.needs and may.issuperset(calls.needs)}


@pytest.fixture(scope="module")
def of_person(suite: LoadedSuite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a Safeguarder of the demo finds in their own lists, as they would type it."""
    safeguarder = person_of(suite, "A late reporter who improves")
    found = {"person": f"person-{safeguarder}", "folder": str(tmp_path_factory.mktemp("own"))}
    for kind, ask in (
        ("alert", ("alert", "list", "--all")), ("concern", ("concern", "list", "--all")),
        ("session", ("session", "list")), ("item", ("evidence", "list", "-")),
    ):  # fmt: skip
        answered = suite.psmf(*ask, "--as", found["person"], "--json")
        assert answered.returncode == 0, answered.stderr
        names = [record["name"] for record in json.loads(answered.stdout)["items"]]
        assert names
        assert {name.split("/")[1] for name in names} == {safeguarder}
        found[kind] = names[0] if kind == "item" else names[0].rpartition("/")[2][:8]
    return found


def typed(command: str, arguments: tuple[str, ...], of_person: dict[str, str]) -> list[str]:
    given = [argument.format(**of_person) if "{" in argument else argument for argument in arguments]
    return [*command.split(), *given, "--as", of_person["person"]]


def test_every_command_of_a_safeguarder_is_tried_here() -> None:
    """doors D1: a command that the policies open to a Safeguarder has a row on this page."""
    assert {*READS, *WRITES, *ELSEWHERE} == of_a_safeguarder()


@pytest.mark.parametrize("command", READS)
def test_a_safeguarder_reads_what_is_theirs(suite: LoadedSuite, of_person: dict[str, str], command: str) -> None:
    """doors D1: lists and short ids were looked up over everybody, and refused."""
    answered = suite.psmf(*typed(command, READS[command], of_person))
    assert answered.returncode == 0, answered.stderr
    assert "sg-" not in answered.stdout.replace(of_person["person"].removeprefix("person-"), "")


@pytest.mark.parametrize("command", WRITES)
def test_a_safeguarder_does_what_is_theirs_to_do(suite: LoadedSuite, of_person: dict[str, str], command: str) -> None:
    """doors D1: an answer to a support by its short id came back NOT_ALLOWED."""
    answered = suite.psmf(*typed(command, WRITES[command], of_person), "--dry-run")
    assert answered.returncode in (0, CONFLICT), answered.stderr
    assert "Next: " not in answered.stderr or f"--as {of_person['person']}" in answered.stderr


def test_a_receipt_that_is_not_there_is_not_found(suite: LoadedSuite, of_person: dict[str, str]) -> None:
    answered = suite.psmf(*typed("evidence receipt", ("none",), of_person))
    assert answered.returncode == NOT_FOUND


def test_what_is_the_teams_stays_the_teams(suite: LoadedSuite, of_person: dict[str, str]) -> None:
    for command in ("alert acknowledge {alert} --next-date 2099-01-01", "concern close {concern} --reason improved"):
        words = command.format(**of_person).split()
        answered = suite.psmf(*words, "--as", of_person["person"], "--dry-run")
        assert answered.returncode == NOT_ALLOWED
