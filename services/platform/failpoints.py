"""Exact instants at which the tests of faults have a process end: off, unless its environment names one.

`PSMF_FAILPOINT=after_claim` ends the process as a power cut would the first time it gets there, `after_claim:3` the
third time. It is no setting of a service: nothing that is deployed gives it (`make faults`, reliability Q2).
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
_NAMED, _, _TIMES = os.environ.get("PSMF_FAILPOINT", "").partition(":")
if _NAMED and _NAMED not in PLACES:
    raise SystemExit(f"PSMF_FAILPOINT: no place is named {_NAMED}")
_turn = int(_TIMES or 1)
_reached = itertools.count(1)


def reach(place: str) -> None:
    """The process ends here when this is the place that was named, and its turn."""
    if place == _NAMED and next(_reached) == _turn:
        os.kill(os.getpid(), signal.SIGKILL)
