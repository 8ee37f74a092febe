"""Exact instants at which the fault runs let a process end. Off unless the environment names one.

`PSMF_FAILPOINT=after_claim` kills the process as a power cut would, the first time it reaches that place.
`after_claim:3` kills it the third time. This is no setting of a service: nothing that is deployed sets it, and a test
checks that. docs/decisions/0026 says why production code has failpoints at all.
"""

import itertools
import os
import signal

PLACES = frozenset(
    {
        "after_flush_before_commit",
        "after_commit_before_reply",
        "after_claim",
        "after_mail_before_mark",
        "after_send_before_ack",
        "after_ack_before_mark",
        "after_inbox_insert",
        "after_effect_before_commit",
        "after_commit_before_offset_commit",
        "mid_migration",
    }
)
# Read once, at the start of the process: nothing can arm a failpoint later, and `reach` costs one comparison.
NAMED, _, _TIMES = os.environ.get("PSMF_FAILPOINT", "").partition(":")
if NAMED and NAMED not in PLACES:
    raise SystemExit(f"PSMF_FAILPOINT: no place is named {NAMED}")
_turn = int(_TIMES or 1)
_reached = itertools.count(1)
"""A C iterator, so two threads that reach the place at once never get the same number."""


def reach(place: str) -> None:
    """End the process here if this place was named and its turn has come."""
    if place == NAMED and next(_reached) == _turn:
        # SIGKILL: no handler, no `finally` and no flush runs, as in a power cut.
        os.kill(os.getpid(), signal.SIGKILL)
