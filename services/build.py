"""The version of this code, with the commit it was made from (F3).

The version alone stays the same from one commit to the next. A suite of which one part is another build would then look
like one release to `psmf ops doctor` and to the alert about versions.
"""

import functools
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
BUILT_FROM = "COMMIT"
"""A file beside this one in an image: the id of the commit. A build without git has none."""
LETTERS = 12
"""Letters of a commit's id that are shown: enough to tell two apart."""


@functools.cache
def build_version() -> str:
    """Return the version, and after a plus sign the commit where it is known: `0.1.0+58b6094a1c2d`."""
    return with_commit(version("psmf"), HERE)


def with_commit(number: str, folder: Path) -> str:
    """Return a version with the commit of the code in a folder."""
    commit = _built_from(folder) or _checked_out(folder.parent)
    return f"{number}+{commit[:LETTERS]}" if commit else number


def _built_from(folder: Path) -> str:
    file = folder / BUILT_FROM
    return file.read_text().strip() if file.is_file() else ""


def _checked_out(root: Path) -> str:
    """Return the commit that is checked out; empty without git. The files are read, because git may not be there."""
    git = root / ".git"
    if git.is_file():  # a worktree: the file names its folder
        git = root / git.read_text().removeprefix("gitdir:").strip()
    try:
        head = (git / "HEAD").read_text().strip()
        return _commit_of(git, head.removeprefix("ref:").strip()) if head.startswith("ref:") else head
    except OSError:
        return ""


def _commit_of(git: Path, name: str) -> str:
    shared = git / (git / "commondir").read_text().strip() if (git / "commondir").is_file() else git
    for folder in (git, shared):
        if (folder / name).is_file():
            return (folder / name).read_text().strip()
    packed = (shared / "packed-refs").read_text().splitlines() if (shared / "packed-refs").is_file() else []
    return next((line.split()[0] for line in packed if line.endswith(f" {name}")), "")
