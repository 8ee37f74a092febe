"""The checker can fail. If one line of correct code is broken, the matching check reports it (reliability H-1)."""

import pytest

from faults.__main__ import SEED
from faults.kinds.sabotage import CONTROL, SABOTAGES, Sabotage, sabotage
from faults.sources import patched

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("one", SABOTAGES, ids=lambda one: one.name.replace(" ", "-"))
def test_a_sabotaged_build_is_reported(one: Sabotage) -> None:
    reported = {found.partition(":")[0] for found in sabotage(one, SEED)}
    assert reported & set(one.caught_by), reported


def test_sound_code_is_not_reported_under_the_same_provocations() -> None:
    assert sabotage(CONTROL, SEED) == []


def test_a_patch_that_no_longer_fits_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not fit"), patched([("platform/events/inbox.py", "not there", "")]):
        pass
