"""The ways to show a standard are data with a basis, and each standard has some (R82)."""

from pathlib import Path

import pytest

from services.evidence.adapters.personal_file.ways import read_ways, ways_to_show
from services.evidence.domain.personal_file.ways import ways_for
from services.platform.data_file import DataFileError

WAY = (
    "own_item:\n  words: Bring an example.\n  standards: {standards}\n  basis: {basis}\n  source: none\n  owner: Team\n"
)


def read(tmp_path: Path, standards: str = "all", basis: str = "ours") -> list[str]:
    file = tmp_path / "ways.yaml"
    file.write_text(WAY.format(standards=standards, basis=basis))
    return [standard for standard in ("S1", "S4") if ways_for(standard, read_ways(file))]


def test_a_way_is_for_all_standards_or_for_those_that_it_names(tmp_path: Path) -> None:
    assert read(tmp_path) == ["S1", "S4"]
    assert read(tmp_path, "[S4]") == ["S4"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"standards": "some"}, "ways.yaml:3: own_item.standards: 'some' is not in the list."),
        ({"standards": "[]"}, "ways.yaml:3: own_item.standards: write `all`, or a list"),
        ({"standards": "[s4]"}, "ways.yaml:3: own_item.standards: write `all`, or a list"),
        ({"basis": "official"}, "ways.yaml:4: own_item.basis: 'official' is not in the list."),
    ],
)
def test_a_fault_in_the_file_names_its_line(tmp_path: Path, fields: dict[str, str], fault: str) -> None:
    with pytest.raises(DataFileError) as problem:
        read(tmp_path, **fields)
    assert str(problem.value).startswith(fault)


def test_every_standard_has_a_way_that_the_safeguarder_can_take_themselves() -> None:
    for standard in ("S1", "S2", "S7", "E"):
        assert {"own_item", "self_assessment", "feedback"} <= {way.way for way in ways_for(standard, ways_to_show())}
