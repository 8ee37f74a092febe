"""Which texts look as if they name a child (P23). Everybody in them is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.child_screen import YEARS, Sign, signs_of_a_child
from tests.architecture.source import ROOT

YEAR = 2026
NAMES_A_CHILD: dict[str, Sign] = {
    "Little Jamie, born 3 May 2014, of 12 High Street": Sign.ADDRESS,
    "little Jamie was upset": Sign.NAME,
    "wee Rory is shy": Sign.NAME,
    "Her son Callum did not speak": Sign.NAME,
    "the child, called Isla, cried": Sign.NAME,
    "Isla (7) said that she was heard": Sign.NAME,
    "Isla Campbell, aged 9, was told": Sign.NAME,
    "a 7-year-old boy called Finn": Sign.NAME,
    "Finn is aged 6.": Sign.NAME,
    "Finn, aged six, said": Sign.NAME,
    "six-year-old Finn said": Sign.NAME,
    "Finn, a 6 year old": Sign.NAME,
    "Finn is sixteen years old": Sign.NAME,
    "Finn (born last May)": Sign.BIRTH,
    "6 year old Ava": Sign.NAME,
    "Ni\u200bamh (6)": Sign.NAME,
    "baby Zo\u00eb": Sign.NAME,
    "his sister Mary-Kate": Sign.NAME,
    "the child's name is Finlay": Sign.NAME,
    "Their names are Ava and Finn": Sign.NAME,
    "spoke of my pal Rory McKay, 7, who moved away": Sign.NAME,
    "Jamie S. (aged seven and a half)": Sign.NAME,
    "Seren (nine)": Sign.NAME,
    "Isla, 15yo": Sign.NAME,
    "aged 8, Jamie": Sign.NAME,
    "Jamie aged8": Sign.NAME,
    "Jamie, 7, was heard": Sign.NAME,
    "the child (Isla) said": Sign.NAME,
    "the child's name: Isla": Sign.NAME,
    "Child: Isla Campbell": Sign.NAME,
    "Brother: Rory, who was heard": Sign.NAME,
    "siblings Isla, Rory and Ava": Sign.NAME,
    "the children Ava and Finn": Sign.NAME,
    "the mother of Isla": Sign.NAME,
    "Isla's mum rang": Sign.NAME,
    "Ava (b. 2015) said so": Sign.BIRTH,
    "Ava (b 12/05/2015)": Sign.BIRTH,
    "born 03/05/2014": Sign.BIRTH,
    "BORN 3 MAY 2014": Sign.BIRTH,
    "born in May 2014": Sign.BIRTH,
    "DOB: 3.5.14": Sign.BIRTH,
    "d.o.b. 2014-05-03": Sign.BIRTH,
    "date of birth is the 3rd of May 2014": Sign.BIRTH,
    "his date of birth: third of May 2014": Sign.BIRTH,
    "Born on the twenty-third of May": Sign.BIRTH,
    "Jamie Smith (03/05/2014)": Sign.BIRTH,
    "Jamie Smith 03/05/2014 was seen": Sign.BIRTH,
    "Jamie, 3 May 2014, was seen": Sign.BIRTH,
    "lives at 4 Castle Terrace": Sign.ADDRESS,
    "12b high street": Sign.ADDRESS,
    "Flat 2/1, 14 Mill Road": Sign.ADDRESS,
    "7 Abbey Court": Sign.ADDRESS,
    "the flat in EH6 7QT": Sign.ADDRESS,
    "g12 8qq": Sign.ADDRESS,
    "He attends Craigie Primary School": Sign.SCHOOL,
    "goes to leith high school": Sign.SCHOOL,
    "St Mary\u2019s RC Primary": Sign.SCHOOL,
    "in P3 at Craigie": Sign.SCHOOL,
    "the pupils of Leith Academy": Sign.SCHOOL,
    "a pupil at Craigie PS": Sign.SCHOOL,
    "nursery at Craigie": Sign.SCHOOL,
    "CHI 03 05 14 1234": Sign.CHI_NUMBER,
    "CHI 0305141234": Sign.CHI_NUMBER,
    "030514 1234": Sign.CHI_NUMBER,
}
NAMES_NOBODY = (
    "Demo data, invented: complaint.",
    "Demo data. Rang back the same day and explained the role.",
    "The Safeguarder saw the child at home and at school.",
    "The report was clear and on time.",
    "The child said that she felt heard.",
    "The child is aged 6, and a six-year-old child was heard.",
    "Evidence is two years old. The Safeguarder has been ten years in the role.",
    "The hearing on 3 May 2026 was told that the report was late.",
    "He spoke with the Reporter, the social worker and the sheriff.",
    "At Edinburgh Sheriff Court on 12 November 2026 the report was praised.",
    "Report received 12/11/2026, due 10/11/2026.",
    "Late by 3 days. Standard S4.1 and S2.3.",
    "The Panel asked for 2 more reports by 5 June.",
    "The child's school was asked for views.",
    "Training on 4 March, the Safeguarder attended.",
    "Called the Reporter twice.",
    "The child was named in no paper.",
    "Telephone 0131 496 0000 was given.",
    "Primary school staff gave views.",
    "Young people said that he listened.",
    "The baby was asleep during the visit.",
    "The Safeguarder called on Monday.",
    "The boy and his sister were seen apart.",
    "Panel Member, 3 May 2026, gave thanks.",
    "Children's Hearings Scotland, 12 May 2026.",
    "In Glasgow, 12 November 2026, the hearing was put off.",
    "Case case-0a1b2c3d: report due 16 November 2026.",
    "The sheriff at Glasgow High Court praised it.",
    "My name is Morag Example and I supported the hearing.",
    "The name of the form is given on page 3.",
    "Standard Four, indicator 2, was met.",
    "The Safeguarder drove 40 miles on a bad road.",
    "The mother of the child agreed, and the father of both siblings came late.",
    "The views of the child: The report gives them in full.",
    "For each child (Standard 4) a report was due.",
    "Reports, 3 and 5 days late, were read. The Reporter's parents were there.",
    "The children, Panel Members and relevant persons were heard.",
    "Children First and the Children (Scotland) Act 1995 were named.",
    "The nursery at the school and the third of May were spoken of.",
    "His parents of long standing in Fife agreed.",
    "",
)


@pytest.mark.parametrize("text", NAMES_A_CHILD)
def test_a_text_that_names_a_child_is_seen(text: str) -> None:
    """P23: names with ages or dates of birth, addresses, schools, CHI numbers."""
    assert NAMES_A_CHILD[text] in signs_of_a_child(text, YEAR)


@pytest.mark.parametrize("text", NAMES_NOBODY)
def test_an_ordinary_text_passes(text: str) -> None:
    """P23: what people write of practice is not held up."""
    assert signs_of_a_child(text, YEAR) == ()


@pytest.mark.parametrize("text", NAMES_A_CHILD)
def test_a_name_is_seen_wherever_it_stands(text: str) -> None:
    """P23: before, after and between ordinary sentences, over lines, with blanks."""
    assert NAMES_A_CHILD[text] in signs_of_a_child(text.replace(" ", "  "), YEAR)
    for around in NAMES_NOBODY:
        for put in (f"{around} {text}", f"{text}. {around}", f"{around}\n\t{text}\n{around}"):
            assert NAMES_A_CHILD[text] in signs_of_a_child(put, YEAR), put


@given(
    st.sampled_from(["Jamie", "Isla Campbell", "Mary-Kate"]),
    st.dates(),
    st.sampled_from(["{}/{}/{}", "{}.{}.{}", "{}-{}-{}"]),
    st.sampled_from(["{}, born {}", "{} ({})", "{}, {}", "{}; d.o.b. {}", "{} date of birth: {}"]),
)
def test_a_name_with_a_date_of_birth_is_seen_in_every_form(name: str, day: object, form: str, words: str) -> None:
    """P23: any day of the years in which a child may have been born."""
    for years in YEARS:
        text = words.format(name, form.format(day.day, day.month, YEAR - years))  # type: ignore[attr-defined]
        assert Sign.BIRTH in signs_of_a_child(text, YEAR), text


def test_the_page_for_importing_says_how_many_texts_were_tried() -> None:
    """P23: false alarms and what is found are stated, and stay true when a text is added."""
    page = " ".join((ROOT / "docs" / "import.md").read_text(encoding="utf-8").split())
    assert f"Of {len([text for text in NAMES_NOBODY if text])} ordinary sentences about practice" in page
    assert f"it finds each of {len(NAMES_A_CHILD)} texts that name a child" in page


@given(st.text(max_size=2000))
def test_any_text_is_read(text: str) -> None:
    """P23: the screen ends on whatever people write."""
    assert set(signs_of_a_child(text, YEAR)) <= set(Sign)
