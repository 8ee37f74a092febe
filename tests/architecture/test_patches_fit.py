"""Faults are written into copies of the source: each patch has to fit the source as it stands today.

The runs that use the patches take many minutes (`make long`, `make faults`). Here a patch that no longer fits is found
in a second.
"""

import pytest

from faults.kinds.poison import PATCHES
from faults.kinds.sabotage import CONTROL, SABOTAGES
from faults.sources import Patch
from tests.architecture.source import ROOT


@pytest.mark.parametrize(
    "patch", [*PATCHES, *(patch for one in (*SABOTAGES, CONTROL) for patch in one.patches)], ids=lambda patch: patch[0]
)
def test_a_patch_fits_the_source_in_one_place(patch: Patch) -> None:
    file, old, _ = patch
    assert (ROOT / "services" / file).read_text().count(old) == 1
