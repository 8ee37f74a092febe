"""The shape of rule files: they must fit their published JSON Schema. Each fault has its place in the file."""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from services.refusals import did_you_mean
from services.rules.adapters.rule_files.strict_yaml import FILES_KEPT, Document, Fault
from services.rules.domain.closed_lists import Comparator

SCHEMAS = Path(__file__).parents[2] / "rulebook" / "schema"
# A file of the wrong kind has thousands of faults. Twenty are enough to see that.
MAX_FAULTS_IN_A_FILE = 20
NUMBER_AS_LINE = re.compile(rf"([a-z][a-z0-9_]* (?:{'|'.join(Comparator)})) ([0-9]+)")
_TYPES = {
    "integer": "a whole number",
    "string": "text",
    "array": "a list",
    "object": "an entry with keys",
    "boolean": "true or false",
}
_FORMS = (
    ("a date as year-month-day, such as 2026-10-30", "2026-10-30"),
    ("a year and month, such as 2026-10", "2026-10"),
    ("the id of a standard, such as S4", "S4"),
    ("the id of an indicator, such as S4.1", "S4.1"),
    ("a name in small letters with underscores, such as late_reports", "late_reports"),
    ("a name in small letters with hyphens, such as report-late", "report-late"),
)
"""Forms of texts in rule files, each with an example. A pattern of a schema asks for those whose examples it fits."""


@lru_cache(maxsize=FILES_KEPT)
def shape_faults(document: Document, schema: str) -> tuple[Fault, ...]:
    """Return what in a document does not fit the schema of that name, at most MAX_FAULTS_IN_A_FILE faults."""
    errors = islice(_validator(schema).iter_errors(document.data), MAX_FAULTS_IN_A_FILE)
    return tuple(sorted(fault for error in errors for fault in _as_faults(document, _most_telling(error))))


# Once for each schema: building a validator costs more than checking a file, and schemas change only with a release.
@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")))


def _most_telling(error: ValidationError) -> ValidationError:
    """Return the error inside an error: a value that fits none of several shapes is reported by the nearest shape."""
    best = best_match([error])
    return best if isinstance(best, ValidationError) else error


def _as_faults(document: Document, error: ValidationError) -> Iterator[Fault]:
    place = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for key in [key for key in error.instance if key not in known]:
            hint = did_you_mean(key, known)
            yield document.fault((*place, key), "UNKNOWN-KEY", f'"{key}" is not a key here.{hint}', at_key=True)
    elif error.validator == "required" and isinstance(error.instance, dict):
        missing = next(key for key in _names(error) if key not in error.instance)
        yield document.fault(place, "MISSING", f'"{missing}" is missing. Every entry here needs it.')
    elif error.validator == "enum":
        word = str(error.instance)
        hint = did_you_mean(word, map(str, _names(error)))
        yield document.fault(
            place, "WORD", f'"{_short(word)}" is not one of: {", ".join(map(str, _names(error)))}.{hint}'
        )
    else:
        yield document.fault(place, "SHAPE", f"{_in_words(error)}.")


def _names(error: ValidationError) -> list[Any]:
    value = error.validator_value
    return list(value) if isinstance(value, list) else []


def _short(word: str) -> str:
    return word if len(word) <= 60 else f"{word[:57]}..."


def _form_in_words(pattern: str) -> str:
    """Return the form that a pattern asks for, in words and with an example of it."""
    fitting = [words for words, example in _FORMS if re.match(pattern, example)]
    return f"Write {' or '.join(fitting)}" if fitting else "The text here does not have the form that it needs"


def _shape_in_words(shape: Any) -> str:
    """Return what one of several shapes allows, in words."""
    if "const" in shape or "enum" in shape:
        return " or ".join(f'"{word}"' for word in shape.get("enum", [shape.get("const")]))
    return _TYPES.get(shape.get("type", "object"), "an entry with keys")


def _in_words(error: ValidationError) -> str:
    wanted = error.validator_value
    words = {
        "type": f"The value here must be {_TYPES.get(str(wanted), wanted)}",
        "pattern": _form_in_words(str(wanted)),
        "minItems": f"At least {wanted} entries are needed here",
        "minLength": "The text here must not be empty",
        "minProperties": f"At least {wanted} entry is needed here",
        "maxProperties": 'Give either "all" or "any", not both',
        "const": f"The value here must be {wanted}",
        "uniqueItems": "The same entry is given twice",
        "anyOf": f"Write {' or '.join(dict.fromkeys(map(_shape_in_words, _names(error))))}",
        "oneOf": f"Write {' or '.join(dict.fromkeys(map(_shape_in_words, _names(error))))}",
    }
    return words.get(str(error.validator), f"The value here does not fit the schema ({error.validator})")


def what_to_compare(text: str) -> str:
    """Return what to write instead of a text that is no comparison."""
    if found := NUMBER_AS_LINE.fullmatch(text):
        before, number = found.groups()
        return (
            f"{number} has no date, no reason and no owner here. Give it a name in parameters.yaml, then write "
            f'"{before} <that name>".'
        )
    return f'Write "<measure> {Comparator.AT_LEAST} <parameter>", or with is at most, is above or is below.'
