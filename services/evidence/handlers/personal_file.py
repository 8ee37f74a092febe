"""A Safeguarder's own view of their file. It only reads, and everybody who may read it gets the same."""

from collections.abc import Sequence

from services.calendar_days import london_today
from services.evidence.adapters.personal_file.files import PersonalFile
from services.evidence.domain.approach.change import ApproachChange
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.personal_file.dues import InHand, dues_of, waiting_for_the_person
from services.evidence.domain.personal_file.handover import Handover, carried_over
from services.evidence.domain.personal_file.own_standing import Practice, on_each_standard, seen_since
from services.evidence.domain.personal_file.page import OwnList, OwnStanding
from services.evidence.domain.personal_file.sources import Source, SourceState
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.term_plan import WholePlan
from services.evidence.domain.recommendations.recommendation import Recommendation
from services.evidence.domain.sessions.pack import Pack, PackState
from services.evidence.domain.sessions.record import SessionRecord
from services.evidence.domain.sessions.slot import SlotState
from services.evidence.domain.standards import KnownEdition, edition_in_force
from services.evidence.domain.standing import Standing
from services.evidence.handlers import session_packs, session_records
from services.evidence.handlers.plans import versions
from services.refusals import Refusal

_OTHERS = ("rules", "scheduling")
"""Services whose events the view rests on."""


def read_standing(safeguarder_id: str, file: PersonalFile) -> OwnStanding:
    """Return where a person's practice stands, and what is due from whom. Refuse SAFEGUARDER_NOT_FOUND."""
    whole = versions.read(safeguarder_id, file.plan)
    items, records = _items(safeguarder_id, file), _records(safeguarder_id, file)
    concerns = file.plan.facts.open_concerns(safeguarder_id)
    edition, today = _edition(file), file.plan.actor.today
    practice = Practice(
        file.plan.actor.now,
        edition,
        items,
        file.plan.parts.of(Need, safeguarder_id),
        file.plan.parts.of(Action, safeguarder_id),
        concerns,
        records,
        file.numbers,
    )
    return OwnStanding(
        safeguarder_id,
        today,
        seen_since(today),
        edition.edition,
        on_each_standard(practice),
        [timed for timed in whole.plan.actions if timed.action.is_live],
        dues_of(_in_hand(whole, items, records, file), file.plan.standings.said),
        file.support_manager,
        file.ways,
        _sources(safeguarder_id, file),
        any(concern.is_obscure for concern in concerns),
    )


def read_handover(safeguarder_id: str, file: PersonalFile) -> Handover:
    """Return what somebody who takes over as support manager needs. Refuse SAFEGUARDER_NOT_FOUND."""
    return Handover(read_standing(safeguarder_id, file), carried_over(_records(safeguarder_id, file)))


def read_waiting(safeguarder_id: str, file: PersonalFile) -> OwnList:
    """Return what waits for a person, the earliest first. Refuse SAFEGUARDER_NOT_FOUND."""
    whole = versions.read(safeguarder_id, file.plan)
    hand = _in_hand(whole, _items(safeguarder_id, file), _records(safeguarder_id, file), file)
    waiting = waiting_for_the_person(dues_of(hand, file.plan.standings.said))
    return OwnList(file.plan.actor.today, waiting, _sources(safeguarder_id, file))


def _items(safeguarder_id: str, file: PersonalFile) -> list[EvidenceItem]:
    return file.sessions.packs.items_at(safeguarder_id, file.plan.actor.now)


def _records(safeguarder_id: str, file: PersonalFile) -> list[SessionRecord]:
    return [record for record in file.sessions.records.of(safeguarder_id) if record.was_shared]


def _edition(file: PersonalFile) -> KnownEdition:
    """Return the edition of the standards in force today; one without standards while none is known."""
    today = file.plan.actor.today
    try:
        return edition_in_force(file.plan.file.editions(), today)
    except Refusal:
        return KnownEdition("", today, {})


def _in_hand(
    whole: WholePlan, items: Sequence[EvidenceItem], records: Sequence[SessionRecord], file: PersonalFile
) -> InHand:
    safeguarder_id, today = whole.plan.safeguarder_id, file.plan.actor.today
    entry = file.plan.people.find(safeguarder_id)
    is_over = entry is not None and entry.term_begun_by(today) is not None and not entry.serves_on(today)
    packs = file.sessions.packs.of(safeguarder_id)
    recorded = {record.session_id for record in records}
    return InHand(
        safeguarder_id,
        today,
        items,
        is_over,
        whole,
        [session_records.timed(record, file.sessions) for record in records],
        [pack.session_id for pack in packs if pack.session_id not in recorded and _was_held(pack, file)],
        _approaches(safeguarder_id, file),
        _recommendations(safeguarder_id, file),
        [(pack.session_id, london_today(pack.starts_at)) for pack in packs if _has_late_items(pack, file)],
    )


def _approaches(safeguarder_id: str, file: PersonalFile) -> list[tuple[ApproachChange, Standing]]:
    """Return the changes of approach that a person is asked to acknowledge, each with how the time stands."""
    awaited = [change for change in file.plan.changes.of(safeguarder_id) if change.is_awaited]
    times = [(change, change.time) for change in awaited]
    return [(change, file.plan.standings.of(time, file.plan.actor.today)) for change, time in times if time]


def _recommendations(safeguarder_id: str, file: PersonalFile) -> list[tuple[Recommendation, Standing]]:
    """Return the recommendations on which a person's words are awaited, each with how the time stands."""
    awaited = [each for each in file.recommendations.of(safeguarder_id, shown=True) if each.is_awaited]
    times = [(each, each.time) for each in awaited]
    return [(each, file.plan.standings.of(time, file.plan.actor.today)) for each, time in times if time]


def _was_held(pack: Pack, file: PersonalFile) -> bool:
    return session_packs.slot_of(pack, file.sessions).state is SlotState.HELD


def _has_late_items(pack: Pack, file: PersonalFile) -> bool:
    """Return whether items wait beside papers for the Safeguarder's word. They do until the record is shared."""
    if pack.state is not PackState.FROZEN:
        return False
    return any(one.late.admitted is None for one in session_packs.late_items_of(pack, file.sessions))


def _sources(safeguarder_id: str, file: PersonalFile) -> list[Source]:
    own = Source("evidence", SourceState.KNOWN, file.plan.actor.now)
    return [own, *(file.told.source(name, safeguarder_id) for name in _OTHERS)]
