"""The difference between two decision records, from which the second is made again byte for byte.

Releases before kept a whole record for each day. Most of it stands in the person's record before, too. A difference
holds the parts that do not, whatever their format: it knows JSON, and nothing of decisions. The chain of hashes stays,
because what is restored is the record as it was made.
"""

from typing import Any

import orjson

from services.rules.domain.evaluation.decision_record import dumped

VALUE, PARTS, DROPPED, PLACES, AFTER, BEFORE = "value", "parts", "dropped", "places", "after", "before"
"""The words of a difference: another value; the parts of a map or the places of a list that differ; names that are not
there any more; and a piece of a list that stands after so many entries and before so many."""


def difference(base: bytes, content: bytes) -> bytes | None:
    """Return what makes `content` out of `base`; None if it could not be made again byte for byte."""
    try:
        made = dumped(_difference(orjson.loads(base), orjson.loads(content)))
    except orjson.JSONDecodeError:
        return None
    return made if restored(base, made) == content else None


def restored(base: bytes, made: bytes) -> bytes:
    """Return the record that a difference was made for."""
    return dumped(_restored(orjson.loads(base), orjson.loads(made)))


def _difference(old: Any, new: Any) -> dict[str, Any]:
    if isinstance(old, dict) and isinstance(new, dict):
        parts = {name: _of_part(old, name, part) for name, part in new.items() if name not in old or old[name] != part}
        return {PARTS: parts, DROPPED: sorted(old.keys() - new.keys())}
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new):
            pairs = enumerate(zip(old, new, strict=True))
            return {PLACES: {str(place): _difference(was, now) for place, (was, now) in pairs if was != now}}
        return _of_piece(old, new)
    return {VALUE: new}


def _of_part(old: dict[str, Any], name: str, part: Any) -> dict[str, Any]:
    return _difference(old[name], part) if name in old else {VALUE: part}


def _of_piece(old: list[Any], new: list[Any]) -> dict[str, Any]:
    """Return the piece of a list that differs: entries were put in or taken out there."""
    most = min(len(old), len(new))
    after = next((place for place in range(most) if old[place] != new[place]), most)
    most -= after
    before = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return {AFTER: after, BEFORE: before, VALUE: new[after : len(new) - before]}


def _restored(old: Any, made: dict[str, Any]) -> Any:
    if PARTS in made:
        kept = {name: part for name, part in old.items() if name not in made[DROPPED]}
        return kept | {name: _restored(old.get(name), part) for name, part in made[PARTS].items()}
    if PLACES in made:
        places = made[PLACES]
        return [_restored(part, places[str(place)]) if str(place) in places else part for place, part in enumerate(old)]
    if AFTER in made:
        return [*old[: made[AFTER]], *made[VALUE], *old[len(old) - made[BEFORE] :]]
    return made[VALUE]
