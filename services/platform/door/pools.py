"""Pools of threads that do the work of calls. In each pool callers take turns."""

import queue
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from services.platform.door.limits import PoolSize
from services.platform.threads import vital_thread


@dataclass(slots=True)
class _Job:
    whose: str
    work: Callable[[], Any]
    outcome: "Future[Any]"


class Pool:
    """Some threads, for many callers. One who asks much waits behind their own calls, and others do not."""

    def __init__(self, name: str, size: PoolSize) -> None:
        self._name = name
        self._of_one = size.of_one
        self._lock = threading.Lock()
        self._most = self._free = size.threads
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[_Job]] = OrderedDict()
        """Callers with jobs that wait, in the order in which it is their turn."""
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        """Those that were needed so far. Most services never need all."""

    def stop(self) -> None:
        """End the threads once they have nothing to do."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    @property
    def is_free(self) -> bool:
        """Return whether a thread has nothing to do."""
        return self._free > 0

    def add(self, whose: str, work: Callable[[], Any]) -> "Future[Any]":
        """Have `work` done when it is the caller's turn."""
        job = _Job(whose, work, Future())
        with self._lock:
            if self._free and self._running[whose] < self._of_one:
                self._begin(job)
            else:
                self._waiting.setdefault(whose, deque()).append(job)
        return job.outcome

    def _begin(self, job: _Job) -> None:
        self._free -= 1
        self._running[job.whose] += 1
        if self._most - self._free > len(self._threads):
            thread = vital_thread(f"{self._name}-{len(self._threads)}", self._work)
            self._threads.append(thread)
            thread.start()
        self._jobs.put(job)

    def _work(self) -> None:
        while self._do_next():
            pass

    def _do_next(self) -> bool:
        """Do one job. Nothing of it is kept while the thread waits for the next: it would hold its call's stream."""
        job = self._jobs.get()
        if job is None:
            return False
        if job.outcome.set_running_or_notify_cancel():
            try:
                result = job.work()
            except BaseException as problem:  # gRPC looks at the outcome, and the thread must live on
                job.outcome.set_exception(problem)
            else:
                job.outcome.set_result(result)
        self._ended(job.whose)
        return True

    def _ended(self, whose: str) -> None:
        with self._lock:
            self._free += 1
            self._running[whose] -= 1
            if not self._running[whose]:
                del self._running[whose]
            turn = next((each for each in self._waiting if self._running[each] < self._of_one), None)
            if turn is None:
                return
            theirs = self._waiting[turn]
            self._begin(theirs.popleft())
            self._waiting.move_to_end(turn)
            if not theirs:
                del self._waiting[turn]


class Seat(ThreadPoolExecutor):
    """One caller's way into a pool, in the form in which gRPC lets a method choose its threads."""

    def __init__(self, pool: Pool, whose: str) -> None:  # without the threads of the class it extends
        self._pool = pool
        self._whose = whose

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        """Have `work` done when it is the caller's turn."""
        return self._pool.add(self._whose, lambda: work(*arguments, **named))
