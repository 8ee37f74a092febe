"""Failures of commands as exit codes, as words and as JSON."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.cli.page.out import put_json, tell
from services.plain_text import shown_in_line

CHECK_FAILED, USAGE, NOT_FOUND, NOT_ALLOWED, CONFLICT, REFUSED, LATER, PART_DONE, OURS = 1, 2, 3, 4, 5, 6, 7, 8, 70
INTERRUPTED = 130
EXIT_CODES = {
    "NOT_FOUND": NOT_FOUND,
    "UNAUTHENTICATED": NOT_ALLOWED,
    "PERMISSION_DENIED": NOT_ALLOWED,
    "ABORTED": CONFLICT,
    "ALREADY_EXISTS": CONFLICT,
    "FAILED_PRECONDITION": CONFLICT,
    "INVALID_ARGUMENT": REFUSED,
    "OUT_OF_RANGE": REFUSED,
    "UNAVAILABLE": LATER,
    "DEADLINE_EXCEEDED": LATER,
    "RESOURCE_EXHAUSTED": LATER,
    "CANCELLED": INTERRUPTED,
    "USAGE": USAGE,
}
"""Exit codes by gRPC code. Every other code is a fault of the suite: OURS. Scripts rely on these numbers."""


class CommandError(Exception):
    """A command that cannot go on. `code` is the name of a gRPC code, or USAGE."""

    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    @property
    def exit_code(self) -> int:
        """Exit code of the process."""
        return EXIT_CODES.get(self.code, OURS)

    def report(self, as_json: bool) -> int:
        """Print the failure and return the exit code."""
        if as_json:
            put_json({"error": {"code": self.code, "message": self.message, **self.details}}, indent=2)
        else:
            where = f" [{self.details['field']}]" if self.details.get("field") else ""
            reason = f" ({self.details['reason']})" if self.details.get("reason") else ""
            tell(f"psmf: {self.message}{where}{reason}")
            for name, value in self.details.get("metadata", {}).items():
                tell(f"      {name}: {shown_in_line(value)}")
        return self.exit_code


def of_call(error: Any) -> CommandError:
    """Return the failure for a call that a service refused, or that did not reach it."""
    from services.platform.calls.client import refusal_of

    refusal = refusal_of(error)
    code = error.code().name
    if code == "UNAVAILABLE" and refusal.reason == code:
        # No service sent this reason: nobody answered at all.
        message = "The service does not answer. Is the suite running? See: psmf demo status"
        return CommandError(code, message, reason=code)
    return CommandError(
        code, as_typed(refusal.message), reason=refusal.reason, field=refusal.field, metadata=dict(refusal.metadata)
    )


_LISTED = re.compile(r"(?<=must be one of)[: ]+[a-z_, -]+\.")


def as_typed(message: str) -> str:
    """Return a service's sentence with the words that it lists as commands list and take them, with hyphens."""
    return _LISTED.sub(lambda listed: listed[0].replace("_", "-"), message)


@contextmanager
def file_failures(file: Path, verb: str) -> Iterator[None]:
    """Turn an operating system's error into USAGE, for example `feed.csv cannot be read: Permission denied`.

    Raises:
        CommandError: USAGE.
    """
    try:
        yield
    except OSError as problem:
        raise CommandError("USAGE", f"{file} cannot be {verb}: {problem.strerror}") from None
