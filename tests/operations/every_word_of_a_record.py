"""Every word of the record of a session, in one text."""

from psmf.evidence.v1 import session_records_pb2 as sessions


def every_word_of_a_record(pack: sessions.SessionPack, news: str, action: str) -> sessions.RecordContent:
    """Return a complete record with every word for a view and an outcome. `news`: what rests on evidence."""
    view, outcome, section = sessions.StandardView, sessions.AgendaOutcome, sessions.PackEntry
    standards = sorted({standard for entry in pack.entries for standard in entry.standards})
    other_words = (view.WORD_MET, view.WORD_DEVELOPING, view.WORD_CONCERN, view.WORD_NOT_ENOUGH_EVIDENCE)
    words = dict.fromkeys(standards, view.WORD_NO_NEW_EVIDENCE) | dict(zip(standards, other_words, strict=False))
    ends = {section.SECTION_PRAISE: outcome.WORD_ACKNOWLEDGED, section.SECTION_CONCERN: outcome.WORD_NO_ACTION}
    outcomes = [
        outcome(item=entry.name, word=ends[entry.section], words="Spoken of.")
        for entry in pack.entries
        if entry.section in ends
    ]
    outcomes += [outcome(item=own.name, word=outcome.WORD_SETTLED, words="Spoken of.") for own in pack.own_items]
    late = [one.entry.name for one in pack.late_items if one.state == sessions.LateItem.STATE_ADMITTED]
    outcomes += [outcome(item=name, word=outcome.WORD_ACKNOWLEDGED) for name in late]
    outcomes.append(outcome(item=news, word=outcome.WORD_CARRIED_FORWARD, words="No time."))
    other = next(e.name for e in pack.entries if e.section == section.SECTION_NEW_EVIDENCE and e.name != news)
    outcomes.append(outcome(item=other, word=outcome.WORD_ACTION, action=action))
    views = [view(standard=standard, word=word, basis=[news], words="As seen.") for standard, word in words.items()]
    return sessions.RecordContent(views=views, outcomes=outcomes, child_interest="Each child was met.")
