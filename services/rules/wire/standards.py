"""Editions of the standards and Practice Notes as protobuf."""

from datetime import date

from psmf.rules.v1 import events_pb2, rules_pb2

from services.platform.calls.wire import from_word, to_date
from services.rules.domain.rulebook.practice_notes import NoteStage, PracticeNote
from services.rules.domain.rulebook.standards import StandardsEdition
from services.rules.wire.names import note_name


def edition_message(edition: StandardsEdition) -> rules_pb2.StandardsEdition:
    """Return an edition of the standards, open to everyone."""
    walk = edition.crosswalk
    return rules_pb2.StandardsEdition(
        name=f"standardsEditions/{edition.edition_id}",
        title=edition.title,
        effective_date=to_date(edition.effective_from),
        legal_basis=edition.legal_basis,
        edition_before=f"standardsEditions/{walk.edition_before}" if walk else "",
        crosswalk=[
            rules_pb2.Correspondence(before=old, became=new) for old, new in (walk.became.items() if walk else ())
        ],
        standards=[
            rules_pb2.Standard(
                standard=standard.standard_id,
                title=standard.title,
                text=standard.text,
                indicators=[
                    rules_pb2.Indicator(indicator=part.indicator_id, title=part.title, basis=part.basis)
                    for part in standard.indicators
                ],
            )
            for standard in edition.standards
        ],
    )


def note_message(note: PracticeNote, on: date) -> rules_pb2.PracticeNote:
    """Return a Practice Note as it stands on a day, open to everyone."""
    stage = note.stage_on(on)
    return rules_pb2.PracticeNote(
        name=note_name(note.note_id),
        title=note.title,
        means=note.means,
        about=note.about,
        stage=from_word(rules_pb2.PracticeNote.Stage, stage),
        stage_date=to_date(note.first_day(stage) if stage else None),
        effective_date=to_date(note.first_day(NoteStage.EFFECTIVE)),
        acknowledge_date=to_date(note.acknowledged_by),
        unclear=note.is_unclear_on(on),
        why=note.why,
        source=note.source,
    )


def edition_withdrawn_event(edition_id: str) -> events_pb2.StandardsEditionWithdrawn:
    """Return the event that an edition is no longer part of the rulebook in force."""
    return events_pb2.StandardsEditionWithdrawn(edition=edition_id)


def edition_event(edition: StandardsEdition) -> events_pb2.StandardsEditionPublished:
    """Return the event that an edition is loaded: its ids and dates, without text."""
    return events_pb2.StandardsEditionPublished(
        edition=edition.edition_id,
        effective_date=to_date(edition.effective_from),
        standards=[
            events_pb2.StandardIndicators(
                standard=standard.standard_id, indicators=[part.indicator_id for part in standard.indicators]
            )
            for standard in edition.standards
        ],
        crosswalk=[
            events_pb2.StandardBecame(before=old, became=new)
            for old, new in (edition.crosswalk.became.items() if edition.crosswalk else ())
        ],
    )
