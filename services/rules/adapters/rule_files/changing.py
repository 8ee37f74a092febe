"""A change of one number written into the text of rule files, with the examples that guard it.

Only lines are added: comments, order and layout stay as their authors wrote them. The caller loads what is written and
compares it with what was wanted, so a file of an unusual layout is refused and never written wrongly.
"""

from collections.abc import Mapping, Sequence

from services.refusals import precondition
from services.rules.adapters.rule_files.strict_yaml import Document, Place, parse, plain_text
from services.rules.adapters.rule_files.writing import example_yaml, quoted
from services.rules.domain.rulebook.model import Example
from services.rules.domain.rulebook.parameter_change import ParameterChange

PARAMETERS = "parameters.yaml"


def with_value(files: Mapping[str, str], change: ParameterChange) -> dict[str, str]:
    """Return the files with one more dated value of a parameter, in order of date.

    Raises:
        Refusal: PRECONDITION where the values do not stand on lines of their own.
    """
    value = change.value
    said = f"cites: {quoted(value.cites)}, why: {quoted(value.why)}"
    entry = f"{{from: {value.from_on}, value: {value.value}, origin: {value.origin}, {said}}}"
    text, document = _read(files, PARAMETERS)
    days = [str(one["from"]) for one in document.data[change.parameter]["values"]]
    later = next((number for number, day in enumerate(days) if day > value.from_on.isoformat()), None)
    return {**files, PARAMETERS: _inserted(text, document, (change.parameter, "values"), later, [f"- {entry}"])}


def with_example(files: Mapping[str, str], rule_id: str, example: Example) -> dict[str, str]:
    """Return the files with one more example of a rule, after its others. Raises Refusal as `with_value`."""
    for name in files:
        if not name.startswith("rules/"):
            continue
        text, document = _read(files, name)
        for number, rule in enumerate(document.data):
            if rule["rule"] == rule_id:
                lines = [line.removeprefix("    ") for line in example_yaml(example).split("\n")]
                return {**files, name: _inserted(text, document, (number, "examples"), None, lines)}
    raise _unusual()


def _read(files: Mapping[str, str], name: str) -> tuple[str, Document]:
    text = plain_text(files[name].encode())
    return text, parse(text.encode(), name)[0]


def _inserted(text: str, document: Document, place: Place, before: int | None, added: Sequence[str]) -> str:
    """Return the text with an entry more in a list: before the entry of a number, or after the last one."""
    lines = text.split("\n")
    line, column = document.values[(*place, 0 if before is None else before)]
    start = lines[line - 1][: column - 1]
    if start.strip() != "-":
        raise _unusual()
    indent = start[: start.index("-")]
    at = line - 1 if before is not None else _end_of(document, place, lines)
    return "\n".join([*lines[:at], *(f"{indent}{one}" for one in added), *lines[at:]])


def _end_of(document: Document, place: Place, lines: Sequence[str]) -> int:
    """Return the number of lines up to the end of what stands at a place, without blank lines and comments after it."""
    within = [line for other, (line, _) in document.values.items() if other[: len(place)] == place]
    others = [*document.values.items(), *document.keys.items()]
    after = [line for other, (line, _) in others if other[: len(place)] != place and line > max(within)]
    end = min(after, default=len(lines) + 1) - 1
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#") or lines[end - 1].strip() == "-":
        end -= 1
    return end


def _unusual() -> Exception:
    message = "The rule files are laid out in a way that this cannot add to. Use: psmf rules copy, psmf rules submit."
    return precondition("FILES_NOT_CHANGEABLE", message, "change.parameter")
