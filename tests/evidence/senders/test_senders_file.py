"""Which body may speak for whom is a file, checked when it is read (P19, R28)."""

from pathlib import Path

import pytest

from services.evidence.adapters.senders import known_bodies, read_bodies
from services.evidence.domain.evidence_item import Kind
from services.platform.data_file import DataFileError

GOOD = "courts:\n  means: Courts.\n  sources: [sheriff]\n  kinds: [feedback]\n"


def test_a_council_speaks_for_itself_only() -> None:
    """P19: a council's system sends nothing as a child, a sheriff or SCRA, and no report review."""
    council = known_bodies()["local-authority"]
    assert council.sources == {"local_authority"}
    assert not council.kinds & {Kind.REPORT_SAMPLE_REVIEW, Kind.SCRA_TIMELINESS}


def test_no_body_speaks_for_the_team_or_the_safeguarder() -> None:
    """P19: what the Team reads and what a Safeguarder files comes from themselves."""
    for body in known_bodies().values():
        assert body.sources, body.name
        assert not body.sources & {"panel_team", "self"}
        assert not body.kinds & {Kind.REPORT_SAMPLE_REVIEW, Kind.SELF_ASSESSMENT}


FAULTS = {
    "not YAML": ("courts: [", 1, "YAML"),
    "no entries": ("- courts\n", 1, "entry"),
    "a word for an entry": ("courts: sheriff\n", 1, "needs"),
    "a misspelt source": (GOOD.replace("[sheriff]", "[sherif]"), 3, "sheriff"),
    "the Team's source": (GOOD.replace("[sheriff]", "[panel_team]"), 3, "not in the list"),
    "the Safeguarder's own source": (GOOD.replace("[sheriff]", "[self]"), 3, "not in the list"),
    "the Team's kind": (GOOD.replace("[feedback]", "[report_sample_review]"), 4, "not in the list"),
    "what the service makes": (GOOD.replace("[feedback]", "[action_outcome]"), 4, "not in the list"),
    "a list without words": (GOOD.replace("[feedback]", "[]"), 4, "list"),
    "no list": (GOOD.replace("[feedback]", "feedback"), 4, "list"),
    "a misspelt field": (GOOD.replace("kinds:", "kind:"), 4, "kinds"),
    "a missing field": (GOOD.replace("  means: Courts.\n", ""), 1, "means"),
    "a body entered twice": (GOOD + GOOD, 5, "twice"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_named_with_its_line(tmp_path: Path, what: str) -> None:
    """P19: a file with a fault stops the start and says where the fault is."""
    text, line, said = FAULTS[what]
    file = tmp_path / "senders.yaml"
    file.write_text(text)
    with pytest.raises(DataFileError) as caught:
        read_bodies(file)
    assert str(caught.value).startswith(f"senders.yaml:{line}: ")
    assert said in str(caught.value)


def test_a_file_without_fault_is_read(tmp_path: Path) -> None:
    file = tmp_path / "senders.yaml"
    file.write_text(GOOD)
    assert read_bodies(file)["courts"].sources == {"sheriff"}
