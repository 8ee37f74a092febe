"""A training that a reason counts is no item of evidence, so each page prints it as its own commands take it."""

import json
import re

from services.cli.demo.report import report
from services.cli.rules.explain import Answered, Known, lines_of
from services.client.words import short
from tests.cli.test_answers import data
from tests.suite import LoadedSuite

OWED = r"\b(sg-[0-9a-z]+/[0-9a-f]{8})\b"


def test_what_counted_and_what_clears_are_named_alike() -> None:
    """doors D5: an item by its short id, and what is no item as its own commands take it."""
    training, item = "0123456789abcdef", "fedcba9876543210"
    answer = Answered(
        "training-missed", "", "support_need", "raised", "", (), (("absence", training), ("feedback", item)),
        "Clears if 2 items no longer count.", (training, item), (),
    )  # fmt: skip
    told = list(lines_of(answer, Known({}, {}, {}, {training: "sg-10847b95/01234567"})))
    assert told[1:4] == [
        "  Counted  absence  sg-10847b95/01234567",
        "           feedback  fedcba98",
        "  Clears if 2 items no longer count. (sg-10847b95/01234567, fedcba98)",
    ]


def test_each_page_names_a_training_as_its_commands_take_it(suite: LoadedSuite) -> None:
    """doors D5: `rules explain` about a person and a stored evaluation, and the demo's report, as `alert why` does."""
    (missed, *_) = [row for row in suite.seen["concerns"] if row["rule"] == "training-missed"]
    person, trainings = missed["safeguarder"], [item["evidence"] for item in missed["counted"]]
    pages = {
        "rules explain": suite.psmf("rules", "explain", person).stdout,
        "demo report": report(suite.demo.client, suite.demo.story, suite.seen),
    }
    listed = suite.psmf("obligation", "list", person).stdout.split()
    for page, told in pages.items():
        named = set(re.findall(OWED, told))
        for training in trainings:
            assert f"{person}/{short(training)}" in named, page
            assert not re.search(rf"(?<!/){short(training)}\b", told), page
        mine = [owed for owed in named if owed.startswith(person)]
        assert mine, page
        assert set(mine) <= set(listed), page


def test_a_training_in_a_stored_evaluation_is_named_alike(suite: LoadedSuite) -> None:
    """doors D5: its record holds ids alone."""
    (missed, *_) = [row for row in suite.seen["concerns"] if row["rule"] == "training-missed"]
    parent = json.dumps({"parent": f"safeguarders/{missed['safeguarder']}"})
    concerns = data(suite, "call", "ConcernService/ListConcerns", "-d", parent)["concerns"]
    (evaluation,) = {one["evaluation"] for one in concerns if one["rule"] == "training-missed"}
    told = suite.psmf("rules", "explain", evaluation).stdout
    assert f"{missed['safeguarder']}/{short(missed['counted'][0]['evidence'])}" in told
