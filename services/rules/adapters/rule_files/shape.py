"""Checks the shape of rule files against their published JSON Schema, with the place of every fault."""

import difflib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from services.rules.adapters.rule_files.strict_yaml import Document, Fault

SCHEMAS = Path(__file__).parents[2] / "rulebook" / "schema"
MAX_FAULTS_IN_A_FILE = 20


def shape_faults(document: Document, schema: str) -> list[Fault]:
    """What in the document does not fit the schema of that name, at most twenty faults."""
    errors = islice(_validator(schema).iter_errors(document.data), MAX_FAULTS_IN_A_FILE)
    return sorted(fault for error in errors for fault in _as_faults(document, _most_telling(error)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, with a space before it; empty if none is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f' Did you mean "{near[0]}"?' if near else ""


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")))


def _most_telling(error: ValidationError) -> ValidationError:
    best = best_match([error])
    return best if isinstance(best, ValidationError) else error


def _as_faults(document: Document, error: ValidationError) -> Iterator[Fault]:
    place = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for key in [key for key in error.instance if key not in known]:
            hint = did_you_mean(key, known)
            yield document.fault((*place, key), "UNKNOWN-KEY", f'"{key}" is not a key here.{hint}', at_key=True)
    elif error.validator == "required":
        missing = next(key for key in _names(error) if key not in _mapping(error))
        yield document.fault(place, "MISSING", f'"{missing}" is missing; every entry here has one.')
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


def _mapping(error: ValidationError) -> Any:
    return error.instance


def _short(word: str) -> str:
    return word if len(word) <= 60 else f"{word[:57]}..."


def _in_words(error: ValidationError) -> str:
    wanted = error.validator_value
    words = {
        "type": f"must be of type {wanted}",
        "pattern": f"must be written like {wanted}",
        "minItems": f"needs at least {wanted} entries",
        "minLength": "must not be empty",
        "minProperties": f"needs at least {wanted} entry",
        "maxProperties": "must have exactly one of all and any",
        "const": f"must be {wanted}",
        "uniqueItems": "names something twice",
        "anyOf": "has none of the shapes allowed here",
    }
    return words.get(str(error.validator), f"does not fit the schema ({error.validator})")
