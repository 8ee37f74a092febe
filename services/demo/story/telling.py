"""The whole story: people, two years of evidence, what happens live, and what is expected to be raised."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from services.demo.story.cast import with_their_names
from services.demo.story.chapters import OUTLINES, Outline
from services.demo.story.people import invent_people, term_starts
from services.demo.story.record import Writer, normal_record
from services.demo.story.values import Attendance, Chapter, Expected, Item, LiveItem, Person, Story, years_later

SEED = 2016
FIRST_TRAINING_AFTER = timedelta(days=60)
"""In the first weeks of a year there has been no training event yet."""


def story(today: date, seed: int = SEED) -> Story:
    """Return the demo's story as at a day. The same day and seed always give the same story."""
    rng = random.Random(f"psmf-demo-{seed}")
    invented = invent_people(today, seed, rng)
    outlines = dict(zip(_places(len(invented), rng), OUTLINES, strict=True))
    people: list[Person] = []
    history: list[Item] = []
    attendances: list[Attendance] = []
    live: list[LiveItem] = []
    chapters: list[Chapter] = []
    for place, anyone in enumerate(invented):
        outline = outlines.get(place)
        person = _cast(anyone, outline, today) if outline else anyone
        people.append(person)
        # Each person has an own source of randomness, so that a changed chapter leaves all other files unchanged.
        writer = Writer(person, today, random.Random(f"{seed}-{person.safeguarder_id}"))
        history += outline.history(writer) if outline else normal_record(writer, calm=False)
        attendances += _attendances(writer, outline)
        if outline:
            chapters.append(_chapter(person, outline))
            live += [outline.live(writer)] if outline.live else []
    titles = [outline.title for outline in OUTLINES]
    chapters.sort(key=lambda chapter: titles.index(chapter.title))
    named = with_their_names(people, chapters, today)
    return Story(today, seed, tuple(named), tuple(history), tuple(attendances), tuple(live), tuple(chapters))


def _places(how_many: int, rng: random.Random) -> list[int]:
    """Return the place of each chapter among the people, drawn one by one: a new chapter moves no other."""
    places: dict[int, None] = {}
    while len(places) < len(OUTLINES):
        places[rng.randrange(how_many)] = None
    return list(places)


def _cast(person: Person, outline: Outline, today: date) -> Person:
    return replace(person, term_starts=term_starts(outline.appointed(today), today))


def _attendances(writer: Writer, outline: Outline | None) -> list[Attendance]:
    """Return one mandatory training event of the current year, attended unless the chapter says otherwise."""
    if outline and outline.attendance:
        return outline.attendance(writer)
    year_starts_on = _year_of_term(writer.person, writer.today)
    if writer.today - year_starts_on < FIRST_TRAINING_AFTER:
        return []
    halfway = year_starts_on + (writer.today - year_starts_on) / 2
    return [Attendance(writer.person.safeguarder_id, 1, halfway, "attended")]


def _year_of_term(person: Person, today: date) -> date:
    """Return the first day of the current twelve months of the current term."""
    starts = (years_later(person.term_starts[-1], years) for years in (2, 1, 0))
    return next(start for start in starts if start <= today)


def _chapter(person: Person, outline: Outline) -> Chapter:
    def expect(triples: Iterable[tuple[str, str, str]]) -> tuple[Expected, ...]:
        return tuple(Expected(person.safeguarder_id, *triple) for triple in triples)

    return Chapter(person.safeguarder_id, outline.title, expect(outline.raised), expect(outline.silent))
