"""The people whose sessions, plans and reviews the demo tells, by invented names that are always theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.demo.story.chapters import EXCELLENT, GOES_ON, IMPROVES, NOTHING_YET, REVIEWED
from services.demo.story.values import Chapter, Person

AILSA, STRUAN, EFFIE = "Demo Ailsa Corrie", "Demo Struan Craigmillar", "Demo Effie Lochend"
LACHLAN, MURDO, IAIN = "Demo Lachlan Achray", "Demo Murdo Balfron", "Demo Iain Strathkinness"
CATRIONA, MORAG = "Demo Catriona Inverarity", "Demo Morag Dunlichity"
_BY_CHAPTER = {EXCELLENT: AILSA, IMPROVES: STRUAN, GOES_ON: EFFIE, NOTHING_YET: LACHLAN, REVIEWED: CATRIONA}
_SUPPORTED_FOR = timedelta(days=120)
"""Ours: longer than anything that is reported of Murdo, which is of his present term."""
_AWAY_SINCE = timedelta(days=200)
"""Ours: Morag was on leave from then on, within her present term."""
_TERM_ENDS_IN = timedelta(days=160)
"""Ours: the Team has to share a recommendation about now."""


def with_their_names(people: Sequence[Person], chapters: Iterable[Chapter], today: date) -> list[Person]:
    """Return the people with the names of the demo's year. A person whose name is taken gets the other one's.

    Murdo, Iain and Morag have no chapter: nothing is raised about them. Everybody else plays a chapter. Iain's term
    ends in some months.
    """
    titles = {chapter.safeguarder_id: chapter.title for chapter in chapters}
    plain = [person for person in people if person.safeguarder_id not in titles]
    murdo = next(person for person in plain if person.term_starts[-1] + _SUPPORTED_FOR <= today)
    ending = today + _TERM_ENDS_IN
    iain = min((one for one in plain if one is not murdo), key=lambda one: abs(one.term_ends_before - ending))
    others = (one for one in plain if one not in (murdo, iain))
    morag = next(person for person in others if person.term_starts[-1] + _AWAY_SINCE <= today)
    cast = {person_id: _BY_CHAPTER[title] for person_id, title in titles.items() if title in _BY_CHAPTER}
    plainly = {murdo.safeguarder_id: MURDO, iain.safeguarder_id: IAIN, morag.safeguarder_id: MORAG}
    names = {person.safeguarder_id: person.display_name for person in people}
    for person_id, name in (cast | plainly).items():
        before = next((other for other, known in names.items() if known == name), person_id)
        names[before], names[person_id] = names[person_id], name
    return [replace(person, display_name=names[person.safeguarder_id]) for person in people]
