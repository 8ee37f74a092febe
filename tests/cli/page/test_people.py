"""Safeguarders by their name: exact first, the nearest offered, and never somebody else."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import safeguarder_pb2 as pb

from services.client.errors import ClientError
from services.client.people import SHOWN
from services.client.people import the_safeguarder as chosen
from services.evidence.domain.register_search import Known, search
from services.platform.calls.wire import from_word
from tests.suite import LoadedSuite

PEOPLE = {
    "sg-1a2b3c4d": "Demo Euan Larchfield",
    "sg-1a2b9999": "Demo Euan Larch",
    "sg-77aa88bb": "Demo Morag Whinfell",
    "sg-00000001": "Demo Iona Brae",
    "sg-00000002": "demo  iona brae",
}
TAKES_A_PERSON = (
    ("alert", "list", "--safeguarder"),
    ("concern", "list", "--safeguarder"),
    ("session", "list", "--safeguarder"),
    ("evidence", "list"),
    ("safeguarder", "show"),
    ("rules", "overrides"),
    ("rules", "explain"),
)
"""Commands that read about one person. Those that write find the person in the same way (`Terminal.safeguarder`)."""


def the_safeguarder(text: str, people: dict[str, str]) -> str:
    """Return whom the command takes for a text, of what the service finds for it."""
    found = search(text, [Known(*one) for one in people.items()])
    kinds = pb.FoundSafeguarder.Match
    return chosen(
        text,
        [
            pb.FoundSafeguarder(
                match=from_word(kinds, match),
                safeguarder=pb.Safeguarder(name=f"safeguarders/{one.safeguarder_id}", display_name=one.display_name),
            )
            for match, one in found
        ],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Demo Euan Larchfield", "sg-1a2b3c4d"),
        ("demo euan  LARCHFIELD ", "sg-1a2b3c4d"),
        ("Demo Euan Larch", "sg-1a2b9999"),  # although it begins another name
        ("sg-77aa88bb", "sg-77aa88bb"),
        ("sg-77", "sg-77aa88bb"),
        ("sg-1a2b3", "sg-1a2b3c4d"),
    ],
)
def test_one_person_is_meant(text: str, found: str) -> None:
    """doors D2"""
    assert the_safeguarder(text, PEOPLE) == found


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Euan", ["sg-1a2b3c4d", "sg-1a2b9999"]),
        ("larchfield", ["sg-1a2b3c4d"]),
        ("Demo Morag Winfell", ["sg-77aa88bb"]),
        ("Demo Euan Larchfeild", ["sg-1a2b3c4d"]),
        ("sg-1a2b3c4e", ["sg-1a2b3c4d"]),
    ],
)
def test_the_nearest_are_offered_and_none_is_taken(text: str, offered: list[str]) -> None:
    """doors D2: part of a name is not a name. Tomorrow it may fit somebody else."""
    with pytest.raises(ClientError) as refused:
        the_safeguarder(text, PEOPLE)
    assert refused.value.code == "NOT_FOUND"
    for known in offered:
        assert f"{PEOPLE[known]} ({known})" in str(refused.value)


@pytest.mark.parametrize("text", ["", "  ", "Nobody Such", "sg-ffff"])
def test_nobody_is_meant(text: str) -> None:
    """doors D2"""
    with pytest.raises(ClientError) as refused:
        the_safeguarder(text, PEOPLE)
    assert refused.value.code == "NOT_FOUND"
    assert "psmf safeguarder list" in str(refused.value)


@pytest.mark.parametrize(("text", "choices"), [("Demo Iona Brae", 2), ("sg-1a2b", 2), ("sg-", 5)])
def test_several_fit_and_are_named_with_their_ids(text: str, choices: int) -> None:
    """doors D2"""
    with pytest.raises(ClientError) as refused:
        the_safeguarder(text, PEOPLE)
    assert refused.value.code == "USAGE"
    assert str(refused.value).count("(sg-") == choices


ids = st.text("0123456789abcdef", min_size=8, max_size=8).map("sg-{}".format)
names = st.lists(st.sampled_from(["Demo", "Euan", "Morag", "Larch", "Larchfield", "Brae"]), min_size=2, max_size=3)


@given(st.dictionaries(ids, names.map(" ".join), min_size=1, max_size=12), st.data())
def test_whoever_is_found_was_named(people: dict[str, str], data: st.DataObject) -> None:
    """doors D2: whatever is typed, the person found has that name or an id that begins so, and nobody else does."""
    text = data.draw(
        st.one_of(
            st.sampled_from(sorted(people)),
            st.sampled_from(sorted(people.values())),
            st.sampled_from(sorted(people)).flatmap(lambda known: st.integers(1, 11).map(lambda n: known[:n])),
            names.map(" ".join),
            st.sampled_from(["Euan", "Larch", "sg"]),
        )
    )
    named = [known for known, name in people.items() if text in (known, name)]
    meant = named or [known for known in people if known.startswith(text)]
    if len(meant) == 1:
        assert the_safeguarder(text, people) == meant[0]
        return
    with pytest.raises(ClientError) as refused:
        the_safeguarder(text, people)
    assert refused.value.code == ("USAGE" if meant else "NOT_FOUND")
    assert str(refused.value).count("(sg-") <= SHOWN


def test_every_command_about_a_person_takes_the_name(suite: LoadedSuite) -> None:
    """doors D2: `psmf alert list --safeguarder "Demo …"` is about that person, and a stranger's name is not found."""
    person = next(chapter.safeguarder_id for chapter in suite.demo.story.chapters if chapter.raised)
    name = next(entry.display_name for entry in suite.demo.story.people if entry.safeguarder_id == person)
    for command in TAKES_A_PERSON:
        by_id, by_name = (suite.psmf(*command, text, "--json") for text in (person, name))
        assert (by_id.returncode, by_name.returncode) == (0, 0), (command, by_name)
        about = [set(re.findall(r"safeguarders/(sg-[0-9a-f]{8})", answer.stdout)) for answer in (by_id, by_name)]
        assert about[0] == about[1], command
        assert about[1] <= {person}, command
        for unknown in ("Demo Nobody Such", "sg-00000000"):
            answer = suite.psmf(*command, unknown)
            assert (answer.returncode, answer.stdout) == (3, ""), (command, unknown, answer)


def test_a_manager_finds_only_those_allocated_to_them(suite: LoadedSuite) -> None:
    """doors D2: a name tells nobody who else is on the register."""

    def seen_by(manager: str) -> set[str]:
        listed = suite.psmf("safeguarder", "list", "--page-size", "500", "--json", "--as", manager).stdout
        return {entry["name"].rpartition("/")[2] for entry in json.loads(listed)["items"]}

    manager = "support-manager-east-1"
    others = seen_by("panel-team") - seen_by(manager)
    hidden = next(entry for entry in suite.demo.story.people if entry.safeguarder_id in others)
    for text in (hidden.display_name, hidden.safeguarder_id[:7]):
        answer = suite.psmf("alert", "list", "--safeguarder", text, "--as", manager)
        assert answer.returncode == 3
        assert hidden.safeguarder_id not in answer.stderr
