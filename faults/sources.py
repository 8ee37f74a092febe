"""A copy of the services' source with a fault written into it: what runs in production has no switch for faults."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
Patch = tuple[str, str, str]
"""File under `services`, what stands there once, and what stands there instead."""


@contextmanager
def patched(patches: Sequence[Patch]) -> Iterator[Path]:
    """A folder with the services as the patches make them, to be first on PYTHONPATH.

    Raises:
        ValueError: a patch does not fit any more; the copy would be sound, and what is tried meaningless.
    """
    with tempfile.TemporaryDirectory(prefix="psmf-patched-") as name:
        copy = Path(name)
        shutil.copytree(ROOT / "services", copy / "services", ignore=shutil.ignore_patterns("__pycache__"))
        for file, old, new in patches:
            place = copy / "services" / file
            text = place.read_text()
            if text.count(old) != 1:
                raise ValueError(f"the patch of {file} does not fit: {old!r} stands there {text.count(old)} times")
            place.write_text(text.replace(old, new))
        yield copy
