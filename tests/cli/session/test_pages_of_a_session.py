"""The pages that both sides read: the papers of a session and its record (R66, R76-R78).

Silence is never shown as agreement, and what is disputed stands in both sides' words.
"""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import session_records_pb2 as pb

from services.cli.failure import CommandError
from services.cli.session.answers import _by_section, _edition_read
from services.cli.session.files import agenda_of
from services.cli.session.shown import papers_text, record_text, stands
from services.client.lines import UNLIMITED
from services.platform.calls.wire import to_date
from tests.cli.session.papers import FILE, NAMES, NEW, OWN, PRAISE, TITLES, frozen, instant, record

CONFIRMED = pb.RecordAnswer(confirmed=True, answer_time=instant(12, 14))
DISPUTED = pb.RecordAnswer(
    answer_time=instant(12, 14),
    disputes=[
        pb.Dispute(section="S2", words="I had called the school.", response="The call is on file now."),
        pb.Dispute(section=OWN, words="We agreed on initials."),
    ],
)
CLOSED = {"state": pb.SessionRecord.STATE_CLOSED, "close_time": instant(12, 25)}
AGREES = re.compile(r"confirm|agreed to|accept", re.IGNORECASE)


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_papers_begin_with_praise_and_name_everything() -> None:
    """R66: praise first, then what the Safeguarder wants to speak of."""
    said = papers_text(frozen(), NAMES, UNLIMITED).splitlines()
    assert said == [
        "Session 2 · Demo Effie Lochend (sg-02218697) · 8 December 2026 10:00",
        "Papers         frozen on 1 December 2026, 6f1c20aa.",
        "Praise         commendation, 3 November 2026, S2 Relationships  b71e90c2",
        'Own items      "How reports should name other agencies", added 30 November 2026  77aa88bb',
        "New            feedback, 12 November 2026, S2 Relationships; reply open until 7 December 2026  49b6794c",
        "Concerns       Late reports (report-late S4). 2 reports came later than due; the line is 2.  c0ffee00",
        "Carried        S1 Values  S1",
        "No evidence    S5 Confidentiality. It counts against nobody.",
        "Left out       1 item not shared with Demo Effie Lochend. It cannot be used at this session.",
        "Demo Effie Lochend and the support manager see the same page.",
    ]


def test_a_reply_whose_time_stands_still_is_open_without_a_last_day() -> None:
    """R90: the person is away, and nobody knows until when."""
    papers = frozen()
    (entry,) = [entry for entry in papers.entries if entry.HasField("reply_due_date")]
    entry.ClearField("reply_due_date")
    entry.reply_stands_still = True
    assert "reply open, its time stands still while the Safeguarder is away or a review is open" in papers_text(
        papers, NAMES, UNLIMITED
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"state": pb.SessionPack.STATE_GROWING}, "still growing. They are frozen on 1 December 2026."),
        (
            {"state": pb.SessionPack.STATE_GROWING, "freeze_time": None},
            "They are frozen when the date of the session is confirmed.",
        ),
        ({"state": pb.SessionPack.STATE_USED}, "6f1c20aa. A record rests on them."),
        ({"state": pb.SessionPack.STATE_VOID}, "void. The session was moved, was cancelled or was not held."),
        # Midnight of a summer day in London is the evening before in UTC.
        ({"freeze_time": instant(6, 30, 23)}, "frozen on 1 July 2026"),
        ({"number": 0}, "One-to-one ·"),
        ({"items_not_shared": 2}, "2 items not shared with Demo Effie Lochend. They cannot be used"),
    ],
)
def test_the_papers_say_where_they_stand(changed: dict[str, Any], says: str) -> None:
    assert says in words(papers_text(frozen(**changed), NAMES, 80))


def test_the_papers_name_open_actions_what_the_team_owes_and_what_waits_for_an_answer() -> None:
    """R59: all are shown, and the file of a record asks for no outcome of them."""
    action, support = f"{FILE}/actions/a40f1200-0000-4000", f"{FILE}/supports/5a77d030-0000-4000"
    offer = f"{FILE}/supports/0ffe4ed0-0000-4000"
    entries = [
        pb.PackEntry(section=pb.PackEntry.SECTION_OPEN_ACTION, name=action),
        pb.PackEntry(section=pb.PackEntry.SECTION_SUPPORT_OWED, name=support),
        pb.PackEntry(section=pb.PackEntry.SECTION_SUPPORT_OFFERED, name=offer),
    ]
    papers = frozen(entries=[*frozen().entries, *entries])
    items = {
        action: "change practice, due 29 January 2027",
        support: "mentoring, promised by 16 November 2026",
        offer: "module, answer by 16 November 2026",
    }
    said = papers_text(papers, NAMES._replace(items={**NAMES.items, **items}), UNLIMITED).splitlines()
    assert said[6:9] == [
        "Actions        change practice, due 29 January 2027  a40f1200",
        "Team owes      mentoring, promised by 16 November 2026  5a77d030",
        "To answer      module, answer by 16 November 2026  0ffe4ed0",
    ]
    assert agenda_of(papers, TITLES) == agenda_of(frozen(), TITLES)


def test_a_safeguarder_reads_nothing_about_what_was_left_out() -> None:
    """The service tells the count to staff alone."""
    assert "Left out" not in papers_text(frozen(items_not_shared=0), NAMES, 80)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"state": pb.SessionRecord.STATE_DRAFTED}, "Draft. Only those who write it see it."),
        ({}, "Shared. Demo Effie Lochend can answer until 24 December 2026."),
        (
            {
                "state": pb.SessionRecord.STATE_DISPUTED,
                "answer": DISPUTED,
                "response_due_date": to_date(instant(12, 29).ToDatetime().date()),
            },
            "Demo Effie Lochend disputes parts of it. An answer to them is due by 29 December 2026.",
        ),
        (
            CLOSED | {"ending": pb.SessionRecord.ENDING_CONFIRMED, "answer": CONFIRMED},
            "Closed on 25 December 2026. Demo Effie Lochend confirmed this text on 14 December 2026.",
        ),
        (
            CLOSED | {"ending": pb.SessionRecord.ENDING_DISPUTED, "answer": DISPUTED},
            "Closed on 25 December 2026. Demo Effie Lochend disputes parts of it. Both sides' words stand.",
        ),
        (
            CLOSED | {"ending": pb.SessionRecord.ENDING_NO_ANSWER},
            "Closed on 25 December 2026. Demo Effie Lochend gave no answer. Nothing is taken as agreed.",
        ),
        ({"state": pb.SessionRecord.STATE_WITHDRAWN}, "Withdrawn, because the session was not held."),
    ],
)  # fmt: skip
def test_a_record_says_where_it_stands(changed: dict[str, Any], says: str) -> None:
    assert stands(record(**changed), NAMES.person) == says


@pytest.mark.parametrize("ending", list(pb.SessionRecord.Ending.values()))
@pytest.mark.parametrize("state", [number for number in pb.SessionRecord.State.values() if number])
def test_silence_is_never_shown_as_agreement(state: Any, ending: Any) -> None:
    """R77: whatever the service sends, no record without an answer reads as confirmed."""
    if ending == pb.SessionRecord.ENDING_CONFIRMED:
        return
    shown = record(state=state, ending=ending, close_time=instant(12, 25))
    assert not AGREES.search(stands(shown, NAMES.person))
    assert not AGREES.search(record_text(shown, NAMES, 80))


def test_a_record_that_a_delegate_wrote_names_the_support_manager_too() -> None:
    text = record_text(record(author="sm-2", for_whom="sm-1"), NAMES, 80)
    assert "sm-2, for sm-1" in text
    assert ", for" not in record_text(record(), NAMES, 80).partition("Written by")[2].partition("\n")[0]


def test_what_is_disputed_stands_in_both_sides_words() -> None:
    """R76: section by section, with the answer to it where there is one."""
    shown = record(**CLOSED, ending=pb.SessionRecord.ENDING_DISPUTED, answer=DISPUTED)
    said = record_text(shown, NAMES, 80)
    assert (
        """
S2 Relationships
  View         developing, rests on 49b6794c
  Manager      Contact came late twice.
  Safeguarder  Disputed: I had called the school.
  Manager      Answer: The call is on file now.
"""
        in said
    )
    assert (
        """
"How reports should name other agencies"  77aa88bb
  Outcome      settled
  Manager      By their full names.
  Safeguarder  Disputed: We agreed on initials.
  Manager      Answer: none yet."""
        in said
    )


def test_a_dispute_of_a_section_that_the_text_lacks_is_shown_all_the_same() -> None:
    shown = record(answer=pb.RecordAnswer(disputes=[pb.Dispute(section="S1", words="It was left out.")]))
    assert "Disputed: It was left out." in record_text(shown, NAMES, 80)


def test_a_later_text_says_why_it_takes_the_place_of_the_one_before() -> None:
    shown = record(edition=2, correction_reason="The date was wrong.")
    assert "2, shared on 10 December 2026, in place of edition 1: The date was wrong." in words(
        record_text(shown, NAMES, 80)
    )


def test_an_earlier_text_says_that_another_took_its_place() -> None:
    """Else its days would read as if they were awaited still."""
    shown = record(state=pb.SessionRecord.STATE_DISPUTED, answer=DISPUTED)
    said = words(record_text(shown, NAMES, 80, 2))
    assert "An earlier text. Demo Effie Lochend disputed parts of it. Edition 2 took its place." in said
    assert "is due by" not in said
    assert "An earlier text." not in record_text(shown, NAMES, 80, 1)


def test_a_withdrawal_waits_for_a_second_person() -> None:
    asked = record(withdrawal_asked_by="team-1", withdrawal_reason="She was ill.")
    assert "asked for by team-1: She was ill. A second person has to confirm it." in words(
        record_text(asked, NAMES, 80)
    )


sentences = st.lists(
    st.text(st.characters(categories=("Ll", "Lu", "Nd")), min_size=1, max_size=20), min_size=1, max_size=40
).map(" ".join)


@given(said=sentences, disputed=sentences, answered=sentences, width=st.integers(60, 120))
def test_no_page_is_wider_than_the_terminal_or_loses_a_word(
    said: str, disputed: str, answered: str, width: int
) -> None:
    """At any width, both sides' words are whole."""
    view = pb.StandardView(standard="S2", word=pb.StandardView.WORD_DEVELOPING, words=said)
    content = pb.RecordContent(child_interest=said, views=[view])
    disputes = [pb.Dispute(section="S2", words=disputed, response=answered)]
    shown = record(content=content, answer=pb.RecordAnswer(disputes=disputes), correction_reason=said, edition=2)
    papers = frozen(own_items=[pb.OwnItem(name=OWN, words=said, add_time=instant(11, 30))])
    for text, whole in (
        (record_text(shown, NAMES, width), record_text(shown, NAMES, UNLIMITED)),
        (papers_text(papers, NAMES, width), papers_text(papers, NAMES, UNLIMITED)),
    ):
        assert max(map(len, text.splitlines())) <= width
        assert text.split() == whole.split()


def test_a_section_is_named_by_its_standard_or_the_start_of_an_id(tmp_path: Any) -> None:
    """And its words may stand in a file."""
    (tmp_path / "words.txt").write_text("It was = another day.\n")
    typed = ["S2=I had called.", "77aa=Initials: yes = no.", f"child-interest=@{tmp_path}/words.txt"]
    assert _by_section(typed, ["S2", OWN, PRAISE, "child_interest"]) == [
        ("S2", "I had called."),
        (OWN, "Initials: yes = no."),
        ("child_interest", "It was = another day.\n"),
    ]


@pytest.mark.parametrize("typed", [["S2"], ["S2="], ["S2= "], ["S9=x"], ["=x"], ["S2=x", "S2=y"]])
def test_a_section_that_is_unclear_is_refused(typed: list[str]) -> None:
    with pytest.raises(CommandError) as problem:
        _by_section(typed, ["S2", NEW])
    assert problem.value.code == "USAGE"


def test_a_text_is_answered_as_it_was_read() -> None:
    """B5: while there is one edition nothing else can have been read. Later the reader says which it was."""
    assert _edition_read(record(), 0) == 1
    assert _edition_read(record(edition=2), 2) == 2
    assert _edition_read(record(edition=3), 2) == 2  # the service refuses it
    with pytest.raises(CommandError, match="--edition 2"):
        _edition_read(record(edition=2), 0)
