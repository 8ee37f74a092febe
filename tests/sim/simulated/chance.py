"""Every choice of a run comes from its seed. Each kind of choice has its own stream, so that none shifts another."""

import random
from collections import Counter
from collections.abc import Collection

RATES = (0.0, 0.02, 0.08)
"""Rates of a kind of fault. Each seed draws one: a run without crashes finds faults that crashes would hide."""
OWN_RATES = {
    "poison": (0.0, 0.0, 0.02),
    "engine": (0.0, 0.01, 0.05),
    "jump": (0.0, 0.01, 0.03),
    "crash": (0.0, 0.01, 0.03),
    "die": (0.0, 0.1, 0.4),
    "pause": (0.0, 0.05, 0.2),
}


class Violation(BaseException):
    """An invariant does not hold. This is no `Exception`, because the tested code must not be able to catch it."""

    def __init__(self, invariant: str, what: str) -> None:
        super().__init__(f"{invariant}: {what}")
        self.invariant = invariant


class Chance:
    """The choices of a run: what happens next, and which faults occur."""

    def __init__(self, seed: int, only: Collection[str] | None = None) -> None:
        """Prepare the choices of a seed. `only` names the faults to apply; the seed's other faults are left out."""
        self.seed = seed
        self.fired: list[str] = []
        """Names of the faults that came, in order."""
        self.quiet = False
        """Whether faults have stopped."""
        self._only = only
        self._streams: dict[str, random.Random] = {}
        self._asked: Counter[str] = Counter()
        self._rates: dict[str, float] = {}

    def stream(self, name: str) -> random.Random:
        """Return the stream of choices of one kind."""
        found = self._streams.get(name)
        if found is None:
            found = self._streams[name] = random.Random(f"{self.seed}/{name}")
        return found

    def fault(self, kind: str, place: str = "") -> bool:
        """Return whether a fault of a kind occurs at a place now."""
        if self.quiet:
            return False
        name = f"{kind}:{place}"
        self._asked[name] += 1
        comes = self.stream(name).random() < self._rate(kind)
        named = f"{name}#{self._asked[name]}"
        if not comes or (self._only is not None and named not in self._only):
            return False
        self.fired.append(named)
        return True

    def _rate(self, kind: str) -> float:
        found = self._rates.get(kind)
        if found is None:
            found = self._rates[kind] = self.stream(f"rate of {kind}").choice(OWN_RATES.get(kind, RATES))
        return found
