"""A copy of the services' source with a fault written into it, because production code has no switch for faults."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
Patch = tuple[str, str, str]
"""A file under `services`, text that it contains exactly once, and the replacement."""


@contextmanager
def patched(patches: Sequence[Patch]) -> Iterator[Path]:
    """Yield a folder with the patched services, to be first on PYTHONPATH.

    Raises:
        ValueError: a patch no longer fits. The copy would then be correct and the trial meaningless.
    """
    with tempfile.TemporaryDirectory(prefix="psmf-patched-") as name:
        copy = Path(name)
        shutil.copytree(ROOT / "services", copy / "services", ignore=shutil.ignore_patterns("__pycache__"))
        for file, old, new in patches:
            place = copy / "services" / file
            text = place.read_text()
            if text.count(old) != 1:
                raise ValueError(f"the patch of {file} does not fit: it contains {old!r} {text.count(old)} times")
            place.write_text(text.replace(old, new))
        yield copy
