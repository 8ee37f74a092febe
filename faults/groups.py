"""Q6: members of a group join, leave, die, and resume after the group has given them up."""

import signal
import threading
from collections import Counter

from faults.checker import check
from faults.figure import Figure, Size, lost_or_doubled
from faults.kinds.crashes import exit_code_within
from faults.stage import Stage
from services.platform.kafka.clients import SESSION_MS

COPIES = {"rules": 2, "notifications": 2}
PAST_THE_SESSION_SECONDS = SESSION_MS / 1000 + 2
LAG_SECONDS, STOP_SECONDS = 60.0, 20.0


def memberships(stage: Stage, size: Size) -> Figure:
    """Q6: kill copies, stop them normally, or pause them past their session and resume them as zombies."""
    chance, done = stage.chance("Q6"), Counter[str]()
    copies = [name for name in stage.supervisor.names if name.partition("-")[0] in COPIES]
    with stage.load("Q6"):
        for number in range(size.changes):
            threading.Event().wait(chance.uniform(0.5, 2.0))
            name = chance.choice(copies)
            how = ("zombie", "killed", "stopped")[number % 3]
            done[how] += 1
            _change(stage, name, how)
    lag = stage.settle(LAG_SECONDS)
    problems = check(stage)
    what = "members of a group: " + ", ".join(f"{times} {how}" for how, times in sorted(done.items()))
    return Figure("Q6", what, lost_or_doubled(problems), size.changes, problems, f"lag 0 in {lag:.1f} s")


def _change(stage: Stage, name: str, how: str) -> None:
    if how == "zombie":
        stage.supervisor.signal(name, signal.SIGSTOP)
        threading.Event().wait(PAST_THE_SESSION_SECONDS)
        stage.supervisor.signal(name, signal.SIGCONT)
        # Another copy may have sent again what this copy was sending when it was paused.
        stage.killed[name.partition("-")[0]] += 1
    elif how == "killed":
        stage.kill(name)
    else:
        stage.supervisor.signal(name, signal.SIGTERM)
        if exit_code_within(stage, name, STOP_SECONDS) != 0:
            raise RuntimeError(f"{name} did not stop normally")
        stage.start(name)
