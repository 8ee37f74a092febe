"""What is wrong with a line of JSON, in words. A parser says what it looked for there, and not what to write."""

import json

NOT_AN_OBJECT = 'is not an object. Write one object a line, such as {"safeguarder": "sg-1a2b3c4d"}.'
TOO_DEEP = "is nested too deeply. Write each value as text."
_SPACE = " \t\r"
"""Characters that JSON accepts as space within a line. It refuses others, such as a space that never breaks."""
_QUOTES = "'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
"""Quotation marks that people and word processors write, and JSON does not have."""
_ANSWERS = ("True", "False", "None", "TRUE", "FALSE", "NULL", "Null")
_IN_A_TEXT = {
    "Unterminated string": 'has a text that never ends. Write " at its end.',
    "Invalid control": r"has a tab or another control character in a text. Write a tab as \t and a line end as \n.",
    "Invalid \\": r"has a \ that begins nothing known. Write a backslash as \\.",
}
"""Messages by how the parser's own words begin, for faults within a text."""


def in_words(raw: str, problem: json.JSONDecodeError) -> tuple[int, str]:
    """Return the column of the fault, from 1, and a message that continues a sentence about the line."""
    begins = len(raw) - len(raw.lstrip(_SPACE))
    if not raw.startswith("{", begins):
        return begins + 1, NOT_AN_OBJECT
    return problem.pos + 1, _why(problem.msg, raw[problem.pos :].lstrip(_SPACE))


def _why(said: str, rest: str) -> str:
    """Return the message for what the parser said and what follows there: its words alone do not tell faults apart."""
    for words, message in _IN_A_TEXT.items():
        if said.startswith(words):
            return message
    if said.startswith("Extra data") and rest.startswith(","):
        return "has a comma after its object. Leave the comma out."
    if said.startswith("Extra data"):
        return "goes on after its object. Write one object a line."
    if not rest:
        return "ends before its object does. Write the whole object on one line, up to its }."
    if rest[0] in _QUOTES:
        return f'has {rest[0]} for a quotation mark. Write names and texts between " and ".'
    return _between(said, rest)


def _between(said: str, rest: str) -> str:
    """Return the message for a fault between the texts of an object, where more follows."""
    if said.startswith("Expecting ':'"):
        return "has a name without a value. Write a colon between the two."
    if said.startswith("Expecting ','"):
        if rest.startswith('"'):
            return "has no comma between two fields. Write one."
        return 'has more after a value. Write each text between " and ", and a comma before the next name.'
    if said.startswith("Expecting value"):
        return _for_a_value(rest)
    if rest[0] in "},":
        return "has a comma that nothing follows. Leave the comma out."
    return 'has a name without quotation marks. Write it between " and ".'


def _for_a_value(rest: str) -> str:
    if rest[0] in "},":
        return 'has a name without a value. Write null or "" for no value.'
    if rest.startswith(_ANSWERS):
        return "has an answer in capitals. Write true, false or null."
    return 'has a value without quotation marks. Write it between " and ".'
