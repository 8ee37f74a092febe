"""The file in which a support manager writes a record (R66-R71): it holds every part, is read back as it was written,
and a refusal names the line. Words that somebody wrote are never lost on the way.
"""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import session_records_pb2 as pb

from services.cli.failure import CommandError
from services.cli.session.files import Agenda, sending, short_ids, template, the_name
from services.cli.session.filled import in_short, placed, read_record, with_etag
from tests.cli.session.papers import (
    ACTION,
    CONCERN,
    ENDED,
    NAMES,
    NEW,
    OWN,
    PRAISE,
    SESSION,
    SUPPORT,
    TITLES,
    agenda,
    record,
)

ABOUT = "Record of the session of 8 December 2026 10:00 with Demo Effie Lochend."


def written(shown: pb.SessionRecord, on: Agenda | None = None) -> str:
    return template(shown, on or agenda(), NAMES, ABOUT, "record.yaml")


def read(text: str) -> Any:
    return read_record(text, "record.yaml", agenda())


def refused(text: str) -> str:
    with pytest.raises(CommandError) as problem:
        read(text)
    assert problem.value.code == "INVALID_ARGUMENT"
    return str(problem.value)


def test_a_new_file_has_every_standard_and_everything_on_the_agenda_and_is_blank() -> None:
    """R66: nothing is left out because nobody thought of it."""
    blank = pb.SessionRecord(name=f"{SESSION}/record")
    found = read(written(blank))
    assert (found.session, found.etag, found.content) == (SESSION, "", pb.RecordContent())
    assert found.blank == [
        "child_interest",
        *("view of S1", "view of S2", "view of S5"),
        *("outcome of b71e90c2", "outcome of 77aa88bb", "outcome of c0ffee00"),
    ]


def test_a_new_file_says_which_words_are_allowed() -> None:
    said = " ".join(re.sub(r"^ *# ", "", line) for line in written(pb.SessionRecord(name=SESSION)).splitlines())
    for words in (
        "met, developing, concern, not_enough_evidence, no_new_evidence",
        "settled (with words), action (name it)",
    ):
        assert words in said


def test_no_line_of_a_new_file_is_wider_than_a_terminal() -> None:
    assert max(map(len, written(pb.SessionRecord(name=f"{SESSION}/record")).splitlines())) <= 90


def test_a_new_file_names_the_actions_and_supports_that_are_in_hand() -> None:
    """What has ended is not proposed, and can be written all the same: it may have ended since the session."""
    said = " ".join(re.sub(r"^ *# ", "", line) for line in written(pb.SessionRecord(name=SESSION)).splitlines())
    assert "a40f12aa is change practice: Offer each child a meeting" in said
    assert "5a77d03b is mentoring" in said
    assert ENDED[-8:] not in said
    text = written(record()).replace("actions: []", "actions: [e0de]").replace("supports: []", "supports: [5a77]")
    found = read(text).content
    assert (list(found.actions), list(found.supports)) == ([ENDED], [SUPPORT])


# What a text may hold on the wire: no control characters but the end of a line.
texts = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"), max_size=200)


@given(
    interest=texts,
    views=st.lists(st.tuples(st.sampled_from(sorted(TITLES)), st.integers(1, 5), texts), unique_by=lambda v: v[0]),
    outcomes=st.lists(
        st.tuples(
            st.sampled_from([PRAISE, OWN, CONCERN]), st.integers(1, 5), texts, st.sampled_from(["", ACTION, ENDED])
        ),
        unique_by=lambda o: o[0],
    ),
    actions=st.lists(st.sampled_from([ACTION, ENDED]), unique=True),
    supports=st.lists(st.just(SUPPORT), max_size=1),
)
def test_what_is_written_is_read_back(
    interest: str, views: Any, outcomes: Any, actions: list[str], supports: list[str]
) -> None:
    """No words are lost, whatever somebody wrote: quotes, colons, number signs, dashes or blank lines."""
    content = pb.RecordContent(
        child_interest=interest,
        views=[pb.StandardView(standard=s, word=w, basis=[NEW], words=text) for s, w, text in sorted(views)],
        outcomes=[pb.AgendaOutcome(item=i, word=w, words=text, action=a) for i, w, text, a in outcomes],
        actions=actions,
        supports=supports,
    )
    found = read(written(record(content=content, etag="7"))).content
    assert as_lines(found.child_interest) == as_lines(interest)
    assert [(v.standard, v.word, list(v.basis), as_lines(v.words)) for v in found.views] == [
        (s, w, [NEW], as_lines(text)) for s, w, text in sorted(views)
    ]
    assert {(o.item, o.word, as_lines(o.words), o.action) for o in found.outcomes} == {
        (i, w, as_lines(text), a) for i, w, text, a in outcomes
    }
    assert (list(found.actions), list(found.supports)) == (actions, supports)


def as_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text. Spaces at their ends, and which character ends them, make no difference."""
    return tuple(line.rstrip() for line in re.split("[\n\x85\u2028\u2029]", text.strip()))


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("view: developing", "view: develping", "view: develping", 'Did you mean "developing"?'),
        ("outcome: acknowledged", "outcome: praised", "outcome: praised", "'praised' is not in the list"),
        ('basis: ["49b6794c"]', "basis: [49b6]\n    bases: x", "bases: x", "This is unknown here"),
        ('basis: ["49b6794c"]', "basis: [deadbeef]", "basis: [deadbeef]", "'deadbeef' is not in the papers"),
        ("standard: S2", "standard: S9", "standard: S9", "'S9' is not in the list"),
        ("standard: S2", "standard: S5", "standard: S5", "This stands in the file twice"),
        ('item: "b71e90c2"', 'item: "49b6794c"', 'item: "49b6794c"', "'49b6794c' is not on the agenda"),
        ("    action:\n", "    action: dead\n", "action: dead", "'dead' is not in the development plan"),
        ("outcome: settled\n    action:", "outcome:\n    action: a40f", "item: \"77aa88bb\"", "but no outcome"),
        ("supports: []", "supports: [a40f]", "supports: [a40f]", "'a40f' is not in the development plan"),
        ("view: developing", "view:", "standard: S2", "There are words or a basis, but no view"),
        ("outcome: settled", "outcome:", 'item: "77aa88bb"', "There are words, but no outcome"),
        ("words: |\n      By their", "words: By # their", "words: By # their", "is a comment and would be lost"),
        ("words: |\n      By their", "words: Agreed: by their", "words: Agreed: by their", "Write words on new lines"),
        ("child_interest: |", "child_interests: |", "child_interests: |", "This is unknown here"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line(before: str, after: str, line: str, says: str) -> None:
    """A refusal names the place in the file."""
    text = written(record())
    assert before in text
    changed = text.replace(before, after, 1)
    said = refused(changed)
    numbers = [place for place, each in enumerate(changed.splitlines(), 1) if line in each]
    assert any(f"record.yaml:{number}:" in said for number in numbers), (said, numbers)
    assert says in said
    assert "Nothing was sent." in said


def test_all_faults_are_named_at_once() -> None:
    text = written(record()).replace("view: developing", "view: good").replace("outcome: settled", "outcome: done")
    assert len(re.findall(r"record\.yaml:\d+:", refused(text))) == 2


@pytest.mark.parametrize(
    "text", ["", "just words", "- a list", "views: {a: b}", "views: [1]", "session: [x]", "a: [", "\t"]
)
def test_a_file_that_is_none_of_ours_is_refused_with_a_line(text: str) -> None:
    assert re.search(r"record\.yaml:\d+:", refused(text))


def test_the_services_refusal_is_placed_in_the_file() -> None:
    text = written(record())
    found = read(text)
    about = CommandError("INVALID_ARGUMENT", "This may name a child.", field="content.views[0].words", reason="WHY")
    here = placed(about, "record.yaml", found)
    (line,) = [place for place, each in enumerate(text.splitlines(), 1) if "standard: S2" in each]
    assert here.message == f"record.yaml:{line}: This may name a child."
    assert here.details == about.details
    elsewhere = CommandError("ABORTED", "The record has changed.", field="etag")
    assert placed(elsewhere, "record.yaml", found).message == "The record has changed."


@pytest.mark.parametrize(
    ("field", "line"), [("content.outcomes[1].action", 'item: "77aa88bb"'), ("content.supports", "supports: []")]
)
def test_a_refusal_of_a_name_in_the_plan_is_placed_in_the_file(field: str, line: str) -> None:
    text = written(record())
    (number,) = [place for place, each in enumerate(text.splitlines(), 1) if line in each]
    about = CommandError("FAILED_PRECONDITION", "Name an action of the plan.", field=field, reason="NOT_IN_PLAN")
    assert placed(about, "record.yaml", read(text)).message.startswith(f"record.yaml:{number}:")


def test_an_outcome_of_action_without_its_name_is_blank_still() -> None:
    text = written(record()).replace("outcome: settled", "outcome: action")
    assert "action of 77aa88bb" in read(text).blank


def test_a_refusal_names_what_it_is_about_as_people_type_it() -> None:
    problem = CommandError("FAILED_PRECONDITION", f"Acknowledge the praise first: {PRAISE}, {OWN}. Words on {CONCERN}.")
    assert in_short(problem).message == "Acknowledge the praise first: b71e90c2, 77aa88bb. Words on c0ffee00."


def test_a_file_can_be_sent_again_with_the_etag_of_the_record_as_it_stands() -> None:
    """The words stay as they were, to the last character."""
    text = written(record(content=pb.RecordContent(child_interest='etag: "old"\n  etag: x')))
    changed = with_etag(text, "8")
    assert read(changed).etag == "8"
    assert read(changed).content == read(text).content
    assert changed.replace('etag: "8"', 'etag: ""', 1) == text


@pytest.mark.parametrize("state", [pb.SessionRecord.STATE_UNSPECIFIED, pb.SessionRecord.STATE_DRAFTED])
def test_a_draft_is_changed(state: pb.SessionRecord.State) -> None:
    assert sending(record(state=state), "record.yaml") == "psmf session record 1a2b3c4d --file record.yaml"


def test_what_was_shared_is_corrected_with_a_reason() -> None:
    assert sending(record(), "record.yaml").startswith("psmf session correct 1a2b3c4d --file record.yaml --reason ")


ids = st.text("0123456789abcdef", min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["concerns", "evidenceItems"]), ids), unique=True, max_size=8))
def test_each_short_id_means_its_own_name(known_as: list[tuple[str, str]]) -> None:
    """However alike the ids are, an outcome never lands on another item."""
    names = [f"safeguarders/s/{kind}/{known}" for kind, known in known_as]
    for name, known in short_ids(names).items():
        assert the_name(known, names, "in the papers") == name


def test_what_begins_several_ids_is_refused() -> None:
    with pytest.raises(ValueError, match="may be any of"):
        the_name("a", ["safeguarders/s/concerns/ab", "safeguarders/s/concerns/ac"], "in the papers")
