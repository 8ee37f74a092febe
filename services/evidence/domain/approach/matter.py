"""A concern as evidence knows it, and whether support for it was answered (R76, R80)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.support import Support, SupportState


@dataclass(frozen=True, slots=True)
class Matter:
    """A concern with the supports that are for it, or for one that was merged into it."""

    concern: KnownConcern
    supports: tuple[Support, ...] = ()

    def support_answered(self, *, as_reported: bool) -> bool:
        """Return whether every offer has an answer, and at least one answer is the Safeguarder's own.

        That they gave none to two questions is one too. That the Team could not provide a support is none.
        `as_reported`: an answer that was reported is enough, because the change of approach is reported too.
        """
        waits = any(support.state is SupportState.OFFERED for support in self.supports)
        answered = (support for support in self.supports if support.answer is not None)
        return not waits and any(as_reported or not support.reported for support in answered)


def matter_of(concern_id: str, concerns: Mapping[str, KnownConcern], supports: Iterable[Support]) -> Matter:
    """Return a concern with the supports that are for it since it was raised or reopened."""
    concern = concerns[concern_id]
    since = concern.reopened_on or date.min
    named = (support for support in supports if support.offer.discussed_on >= since)
    return Matter(concern, tuple(each for each in named if concern_id in _goes_on_as(each, concerns)))


def _goes_on_as(support: Support, concerns: Mapping[str, KnownConcern]) -> set[str]:
    """Return the concerns that a support is for, each as the one that it was merged into."""
    return {_last(concern_id, concerns) for concern_id in support.offer.supported.concerns}


def _last(concern_id: str, concerns: Mapping[str, KnownConcern]) -> str:
    into = concerns[concern_id].merged_into if concern_id in concerns else ""
    return _last(into, concerns) if into else concern_id
