"""A trial at the command line: in sentences, as data, and to pass on."""

import json

import pytest
from psmf.rules.v1 import trials_pb2 as pb

from services.cli.rules.trial import tell_trials
from services.cli.terminal import Terminal
from services.platform.calls.wire import to_date
from tests.rules.builders import TODAY
from tests.suite import LoadedSuite

TRIAL = pb.RuleTrial(
    rule="report-late",
    title="Reports filed late",
    start_date=to_date(TODAY),
    people=150,
    people_raised=12,
    first_raise_date=to_date(TODAY),
    last_raise_date=to_date(TODAY),
    still_raised=11,
    raised=pb.TrialDecisions(matters=12, taken_on=7, dismissed=5),
    not_raised=pb.TrialDecisions(matters=138, taken_on=3, no_concern=135),
)


def told(
    capsys: pytest.CaptureFixture[str], trial: pb.RuleTrial, *, as_json: bool = False, shared: bool = False
) -> str:
    tell_trials(Terminal(as_json=as_json, person="", quiet=False, no_color=True), [trial], shared=shared)
    return capsys.readouterr().out


def test_a_trial_reads_as_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, TRIAL).splitlines() == [
        "report-late · Reports filed late",
        "  On trial since 2 November 2026, evaluated for 150 people.",
        "  It would have been raised about 12 of them, on 2 November 2026.",
        "  Where it would have been raised: 12 matters",
        "         7  people took on a concern about the same person and standard",
        "         5  people dismissed one",
        "        11  of them still apply",
        "  Where it would not have been raised: 138 matters",
        "         3  people took on a concern about the same person and standard",
        "       135  no live rule raised anything",
    ]


def test_what_is_passed_on_holds_no_number_under_five_nor_one_to_work_it_out_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = told(capsys, TRIAL, shared=True)
    assert "7  people took" in said  # 7 and 5: none is small
    assert "withheld: a number of these is under five" in said
    assert "135" not in said
    shared = json.loads(told(capsys, TRIAL, as_json=True, shared=True))["rule_trials"][0]
    assert shared["not_raised"] == {"matters": "138"}
    assert shared["raised"] == {
        "matters": "12",
        "taken_on": 7,
        "set_aside": 0,
        "dismissed": 5,
        "undecided": 0,
        "no_concern": 0,
    }


def test_data_holds_everything(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = json.loads(told(capsys, TRIAL, as_json=True))["rule_trials"]
    assert (found["rule"], found["raised"]["dismissed"]) == ("report-late", 5)


def test_a_trial_that_has_asked_nobody_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nobody has been evaluated with it yet." in told(capsys, pb.RuleTrial(rule="one", title="One"))


def test_the_shipped_rulebook_has_no_rule_on_trial(suite: LoadedSuite) -> None:
    answered = suite.psmf("rules", "trial", "report")
    assert (answered.returncode, answered.stdout) == (0, "There is no trial rule.\n")
    answered = suite.psmf("rules", "trial", "report", "report-late")
    assert answered.returncode == 3
    assert "RULE_NOT_ON_TRIAL" in answered.stderr
