"""Figures about supports as people read them."""

from datetime import date

from psmf.evidence.v1 import development_plans_pb2 as pb

from services.evidence.domain.evidence_item import Polarity
from services.evidence.domain.plans.support import OWED, SupportState
from services.evidence.domain.support_figures import Figures, Next
from services.platform.calls.wire import from_word, to_date


def figures_message(days: tuple[date, date], figures: Figures) -> pb.SupportFigures:
    """Return the message of the figures of supports that were spoken of from one day to another."""
    rows = [
        pb.SupportFigures.Row(
            standard=standard,
            kind=from_word(pb.Support.Kind, kind),
            offered=figure.offered,
            declined=figure.states[SupportState.DECLINED],
            given=figure.states[SupportState.DELIVERED],
            owed=sum(figure.states[state] for state in OWED),
            next_view_met=figure.views[Next.MET],
            next_view_developing=figure.views[Next.DEVELOPING],
            next_view_concern=figure.views[Next.CONCERN],
            no_view=figure.views[Next.NO_VIEW],
            next_item_praise=figure.items[Polarity.PRAISE],
            next_item_neutral=figure.items[Polarity.NEUTRAL],
            next_item_concern=figure.items[Polarity.CONCERN],
            no_item=figure.items[None],
        )
        for (standard, kind), figure in figures.items()
    ]
    return pb.SupportFigures(from_date=to_date(days[0]), to_date=to_date(days[1]), rows=rows)
