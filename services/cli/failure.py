"""What went wrong, as an exit code, as words, and as JSON."""

import json
import sys
from typing import Any

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
"""By gRPC code; whatever else a service answers is our fault."""


class CommandError(Exception):
    """A command that cannot go on. `code` is a gRPC code's name, or USAGE."""

    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    @property
    def exit_code(self) -> int:
        """The process's exit code."""
        return EXIT_CODES.get(self.code, OURS)

    def report(self, as_json: bool) -> int:
        """Tell the caller; the exit code."""
        if as_json:
            print(json.dumps({"error": {"code": self.code, "message": self.message, **self.details}}, indent=2))
        else:
            where = f" [{self.details['field']}]" if self.details.get("field") else ""
            reason = f" ({self.details['reason']})" if self.details.get("reason") else ""
            print(f"psmf: {self.message}{where}{reason}", file=sys.stderr)
            for name, value in self.details.get("metadata", {}).items():
                print(f"      {name}: {value}", file=sys.stderr)
        return self.exit_code


def of_call(error: Any) -> CommandError:
    """A call that a service refused, or that did not reach it."""
    from services.platform.calls.client import refusal_of

    refusal = refusal_of(error)
    code = error.code().name
    if code == "UNAVAILABLE" and refusal.reason == code:
        message = "The service does not answer. Is the suite running? See: psmf demo status"
        return CommandError(code, message, reason=code)
    return CommandError(
        code, refusal.message, reason=refusal.reason, field=refusal.field, metadata=dict(refusal.metadata)
    )
