"""Records by the first characters of their id, and the words offered for a misspelt one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2

from services.client.errors import ClientError
from services.client.find import FINDABLE, SHOWN, find, find_name, one_name, the_one
from services.refusals import did_you_mean
from tests.suite import LoadedSuite

IDS = ["1a2b3c4d", "1a2b9999", "77aa88bb"]
LIST = "psmf alert list --all"
CLI = Path(__file__).parents[2] / "services" / "cli"
TYPED_WHOLE = {
    "safeguarders": "found by a name, a number or an id",
    "views": "named after its concern, which was found",
    "supportSessions": "in the words of a docstring alone",
    "evaluations": "printed whole, as a concern names it",
    "kpiReports": "a period",
    "receipts": "only its sender may ask for it, and no list has it",
    "feedback": "the address of a page, with the secret of a link, printed once",
    "sampleRounds": "a half year",
    "standardsEditions": "an edition has a short name",
    "trainingEvents": "the person gives it its short id",
    "measures": "a KPI has a short name",
}
"""What a command names as it was typed, with the reason. Everything else is found by the start of its id."""
PRINTED_WHOLE = {"training.py": "a short id that a person gave"}
"""The rows that show a whole id, with the reason."""


@pytest.mark.parametrize(("text", "found"), [("77", "77aa88bb"), ("1a2b3", "1a2b3c4d"), ("1a2b9999", "1a2b9999")])
def test_the_only_id_that_begins_so_is_meant(text: str, found: str) -> None:
    assert the_one("alert", text, IDS, LIST) == found


@pytest.mark.parametrize("text", ["zz", "", "a2b3c4d"])
def test_an_id_that_nothing_begins_with_is_not_found(text: str) -> None:
    with pytest.raises(ClientError) as refused:
        the_one("alert", text, IDS[:1], LIST, " Not answering: rules.")
    assert refused.value.code == "NOT_FOUND"
    assert str(refused.value) == f"There is no alert {text!r} that you can see. Not answering: rules. See: {LIST}"


def test_a_name_is_found_by_its_id_or_the_start_of_it() -> None:
    names = [f"safeguarders/sg-one/personLinks/{each}" for each in IDS]
    for text in ("77aa", "77aa88bb", names[2]):
        assert one_name("link", text, names, LIST) == names[2]


def test_each_command_takes_the_ids_that_another_one_prints() -> None:
    """doors D5: a command looks an id up, so that the short one does. No row prints one that is longer."""
    named = re.compile(r"([a-z][A-Za-z]+)/\{[a-z_]")
    built, printed = set(), set()
    for file in sorted(CLI.rglob("*.py")):
        if file.parent.name in ("doors", "demo"):
            continue
        text = file.read_text()
        built |= set(named.findall(text))
        rows = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef))
        whole = [each for each in rows if each.name in ("_row", "_id") and "rpartition('/')[2]" in ast.unparse(each)]
        printed |= {file.name} if whole else set()
    assert built == set(TYPED_WHOLE)
    assert printed == set(PRINTED_WHOLE)


def test_several_ids_that_begin_so_are_named() -> None:
    with pytest.raises(ClientError) as refused:
        the_one("alert", "1a2b", IDS, LIST)
    assert refused.value.code == "USAGE"
    assert str(refused.value) == "Several alerts begin with '1a2b': 1a2b3c4d, 1a2b9999. Type more characters."
    with pytest.raises(ClientError) as refused:
        the_one("alert", "1", [f"1{number:03}" for number in range(100)], LIST)
    assert str(refused.value).count(",") == SHOWN - 1


def test_one_id_in_several_services_is_one_record() -> None:
    assert the_one("dead letter", "77", ["77aa88bb", "77aa88bb"], LIST) == "77aa88bb"


@pytest.mark.parametrize("kind", sorted(FINDABLE.keys() - {"item", "override"}))
def test_every_kind_is_found_by_the_start_of_its_id(suite: LoadedSuite, kind: str) -> None:
    """doors D5"""
    how = FINDABLE[kind]
    request = getattr(how.messages, f"List{how.noun}sRequest")(**how.options)
    _is_found(suite, kind, next(_listed(suite, kind, request)).name)


def test_an_item_is_found_by_the_start_of_its_id(suite: LoadedSuite) -> None:
    """doors D5: although nobody may list all items."""
    parent = f"safeguarders/{suite.demo.story.people[0].safeguarder_id}"
    request = evidence_pb2.ListEvidenceItemsRequest(parent=parent)
    _is_found(suite, "item", next(_listed(suite, "item", request)).name)
    with pytest.raises(ClientError) as refused:
        find(suite.demo.client, "panel-team", "item", "1a2")
    assert refused.value.code == "USAGE"


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("{person}/{item}", "", ""),
        ("{other}/{item}", "NOT_FOUND", "There is no item '{item}' that you can see."),
        ("{person}/1a2", "USAGE", "'1a2' is too short for the id of an item"),
        ("{name}/{item}", "USAGE", "is not the start of an id of an item. Write it as a list prints it"),
        ("ITEM!", "USAGE", "'ITEM!' is not the start of an id of an item"),
        ("0123456789" * 4, "USAGE", "is not the start of an id of an item"),
    ],
)
def test_an_item_is_taken_after_its_person_and_a_slip_is_answered_in_words(
    suite: LoadedSuite, typed: str, code: str, said: str
) -> None:
    """doors D5: `evidence show PERSON/ID` answered `id_prefix is 4 to 36 of a-z` (ID_PREFIX_NOT_VALID)."""
    person, other = suite.demo.story.people[:2]
    request = evidence_pb2.ListEvidenceItemsRequest(parent=f"safeguarders/{person.safeguarder_id}")
    name = next(_listed(suite, "item", request)).name
    words = {"person": person.safeguarder_id, "other": other.safeguarder_id, "name": "Demo Somebody"}
    words["item"] = name.rpartition("/")[2][:8]
    if not code:
        assert find_name(suite.demo.client, "panel-team", "item", typed.format(**words)) == name
        return
    with pytest.raises(ClientError) as refused:
        find(suite.demo.client, "panel-team", "item", typed.format(**words))
    assert refused.value.code == code
    assert said.format(**words) in str(refused.value)


def _listed(suite: LoadedSuite, kind: str, request: Any) -> Iterator[Any]:
    client, how = suite.demo.client, FINDABLE[kind]
    return client.pages("panel-team", getattr(getattr(client, how.stub), f"List{how.noun}s"), request, how.field)


@pytest.mark.parametrize("arguments", [("alert", "why", "zzzz"), ("safeguarder", "show", "Nobody Example")])
def test_the_list_to_look_at_is_read_by_the_same_caller(suite: LoadedSuite, arguments: tuple[str, ...]) -> None:
    """doors D2: without the caller, the next step would be somebody else's."""
    refused = suite.psmf(*arguments, "--as", "senior-manager-west")
    assert refused.returncode == 3
    assert " list" in refused.stderr.partition("See: psmf")[2]
    assert refused.stderr.rstrip().endswith("--as senior-manager-west")
    assert not suite.psmf(*arguments).stderr.rstrip().endswith("panel-team")


def _is_found(suite: LoadedSuite, kind: str, name: str) -> None:
    record_id, collection = name.rpartition("/")[2], name.split("/")[-2]
    for text in (record_id[:12], record_id, name, f"{collection}/{record_id}"):
        assert find(suite.demo.client, "panel-team", kind, text).name == name
        assert find_name(suite.demo.client, "panel-team", kind, text) == name


def test_the_nearest_words_are_offered() -> None:
    known = ["report-late", "report-quality", "conduct"]
    assert did_you_mean("report-lat", known) == ' Did you mean "report-late"?'
    assert did_you_mean("report-l", known, most=2, cutoff=0.4) == ' Did you mean "report-late", "report-quality"?'
    assert did_you_mean("zzz", known) == ""
