"""A screen of text that looks as if it names a child: names with dates of birth, addresses, schools, CHI numbers (P23).

It is the one screen of every free text that a person sends. It decides nothing. Evidence that it stops is held until a
person of the Team has looked. Any other text is refused, because its writer can put it another way. A pattern is here
because people write so when they name a child. docs/import.md has the figures on false alarms.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from services.refusals import invalid


class Sign(StrEnum):
    """What makes a text look as if it names a child."""

    NAME = "name"
    BIRTH = "birth"
    ADDRESS = "address"
    SCHOOL = "school"
    CHI_NUMBER = "chi_number"


_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_DATE = (
    rf"(?i:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\.?(?:,? \d{{2,4}})?"
    rf"|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{2,4}})?|(?:{_MONTH})\.? \d{{4}}"
    r"|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}|\d{4}-\d{2}-\d{2}|(?:19|20)\d{2})"
)
# Words with a capital that are no name of a child: days, months, roles and words that begin a sentence.
_NOT_A_NAME = (
    "(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    "November|December|Panel|Hearing|Hearings|Reporter|Sheriff|Court|Safeguarder|Safeguarders|Member|Members|Social|Scottish|Scotland|"
    "Team|Protection|Plan|Practice|Standard|Standards|Report|Children|Child|Person|Persons|Relevant|The|This|That|A|An|"
    "On|In|At|By|From|Since|Until|Both|Training|Council|Services?|Principal|Service|Local|Authority|He|She|They|It|I|"
    "Evidence|Feedback|Complaint|Concern|Item|Letter|Note|Record|"
    r"Was|Is|Who|And|But|When|Then|After|Before|Due|Dated|No|Not|We|Our|Her|His|Their)\b)"
)
_NAME = rf"{_NOT_A_NAME}[A-Z][^\W\d_]+(?:['-][A-Z]?[^\W\d_]+)*"
_OF_A_CHILD = "(?:child|boy|girl|baby|son|daughter|brother|sister|twin|sibling|toddler|pupil|grandson|granddaughter)s?"
_ADULT = "(?:mother|father|mum|mummy|dad|daddy|gran|granny|grandmother|grandfather|aunt|uncle|parents?|carers?)"
_WHOLE = rf"{_NAME}(?: {_NAME}| [A-Z]\b\.?)?"
_SAYS = "(?:was|is|said|says|told|who|has|had|lives|did|felt|wanted|asked)"
_STREET = (
    "street|st|road|rd|avenue|ave|crescent|cres|terrace|drive|lane|gardens|grove|wynd|brae|loan|quadrant|boulevard"
)
_STREET_OR_OTHER = "Court|Place|Way|Park|Close|View|Path|Row|Square|Rise|Hill|Green|Mews|Walk|Gate|Bank"
_KIND_OF_SCHOOL = "primary|nursery|secondary|high|infant|junior|grammar|academy|special"
_ANY_SCHOOL = (
    r"(?!(?:the|a|an|her|his|their|its|this|that|local|same|new|old|another|any|each|every|of|at|in|from|to|for|and|or|"
    r"with|by|on|is|was|attends|attended|starts|started|begins|left|leaves|child's|s)\b)"
)
_HOUSE = r"\b\d{1,4} ?[A-Za-z]?(?:/\d{1,2})?,? "
_WORDS = r"(?:[^\W\d_]+'?[^\W\d_]* ){1,3}"
_CAPITALS = r"(?:(?!Sheriff|Supreme|High|Justice)[A-Z][^\W\d_]+ ){1,3}"
_BORN = r"\b(?i:born|birthday|birth ?date|date of birth|d\.? ?o\.? ?b\b\.?)\W{0,3}"
_SMALL_WORDS = r"(?:(?i:is|was|on|in|the|of)\b\W{0,2}){0,3}"
_LIVES = r"\b(?i:lives?|living|lived|stays?|staying|home|address) (?i:is |was )?(?i:at|in|on|:) (?i:the )?"
_NUMBER = (
    r"(?:\d{1,2}|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen))"
)
_OLD = rf"\b{_NUMBER}(?:[ -](?i:years?|yrs?|months?)[ -](?i:old)| ?(?i:y/?o))\b"
_ORDINAL = (
    "(?i:(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|"
    r"twelfth|\w+teenth|twentieth|thirtieth)"
)
_SIGNS: dict[Sign, tuple[str, ...]] = {
    Sign.NAME: (
        rf"\b(?i:little|wee|baby|young) {_NAME}",
        rf"\b(?i:{_OF_A_CHILD}),?(?: (?i:is|was))?(?: (?i:called|named))? {_NAME}",
        rf"\b(?i:called|named) {_NAME}",
        rf"\b(?i:{_OF_A_CHILD}) ?\({_WHOLE}\)",
        rf"\b(?i:{_OF_A_CHILD}): {_NAME}(?: {_NAME}|[,;.)]| and\b|$)",
        rf"\b(?i:the|both|two|three|four|her|his|their|my|other) children,?(?: called| named)? {_NAME}",
        rf"\b(?i:{_ADULT}) of {_NAME}",
        rf"\b{_NAME}'s (?i:{_ADULT})\b",
        rf"\b{_WHOLE},?(?: (?i:is|was))? \(?(?i:aged? ?|who is ){_NUMBER}\b",
        rf"\b(?i:aged?) {_NUMBER},? {_NAME}",
        rf"\b{_WHOLE},?(?: (?i:is|was))?(?: (?i:an?|the|now|only|just))? {_OLD}",
        rf"\b{_WHOLE} ?\({_NUMBER}(?: ?(?i:yrs?|years?|months?|mths?))?\)",
        rf"\b{_NAME} {_NAME}, (?:1[0-8]|[1-9]),",
        rf"\b{_NAME}, (?:1[0-8]|[1-9]),? (?i:{_SAYS})\b",
        rf"\b(?i:child's|boy's|girl's|his|her|their) (?i:names?): {_NAME}",
        rf"(?<!\b[Mm]y )\b(?i:name)(?:s (?i:are)| (?i:is|was)):? {_NAME}",
        rf"{_OLD}(?: (?i:{_OF_A_CHILD}))?,?(?: (?i:called|named))? {_NAME}",
    ),
    Sign.BIRTH: (
        rf"{_BORN}{_SMALL_WORDS}{_DATE}",
        rf"{_BORN}{_SMALL_WORDS}{_ORDINAL}(?: (?i:of))? (?i:{_MONTH})\b",
        rf"\b{_NAME} ?\((?i:b\.?|born) ?(?i:in |on )?{_DATE}",
        rf"\b{_NAME},? \(?(?i:born) (?i:in |on )?(?i:last|this) (?i:year|spring|summer|autumn|winter|{_MONTH})\b",
        rf"\b{_NAME} {_NAME} \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b",
    ),
    Sign.ADDRESS: (
        rf"{_HOUSE}{_WORDS}(?i:{_STREET})\b",
        rf"{_HOUSE}{_CAPITALS}(?:{_STREET_OR_OTHER})\b",
        rf"{_LIVES}{_WORDS}(?i:{_STREET})\b",
        r"\b(?i:flat|apartment|house) (?:\d{1,3}[A-Za-z]?|\d{1,2}/\d{1,2}),? \d{0,4}",
        r"\b(?i:[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b",
    ),
    Sign.SCHOOL: (
        rf"\b{_ANY_SCHOOL}[^\W\d_]+(?:'s?)? (?i:(?:rc )?(?:{_KIND_OF_SCHOOL}) school)\b",
        rf"\b{_NOT_A_NAME}[A-Z][^\W\d_]+(?:'s?)? (?:RC )?(?:Primary|Nursery|Academy|Secondary|High)\b(?! Court)",
        rf"\b{_NOT_A_NAME}[A-Z][^\W\d_]+(?:'s?)? (?:[A-Z][^\W\d_]+ )?School\b",
        rf"\b(?i:pupils?|nursery|school|playgroup) (?i:at) {_NAME}",
        rf"\b(?i:in|at) (?:P[1-7]|S[1-6]|(?i:primary) [1-7]) (?i:at|of|in) {_NAME}",
    ),
    Sign.CHI_NUMBER: (
        r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[ -]?\d{4}(?!\d)",
        r"\b(?i:chi)(?: (?i:number|no\.?))?\W{0,3}\d{2}[ -]?\d{2}[ -]?\d{2}",
    ),
}
YEARS = range(2, 19)
"""How many years ago a child may have been born. A name with a later date is more likely to be a day of work."""
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@cache
def _name_with_date() -> re.Pattern[str]:
    # Not at import: compiling takes a tenth of a second with the patterns below, and a service starts without it.
    return re.compile(
        rf"\b{_NAME}(?: {_NAME})?(?: ?[,(;:-] ?| )"
        rf"(?i:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\.?,? |\d{{1,2}}[/.-]\d{{1,2}}[/.-])"
        r"(?P<year>(?:20)?\d{2})\b"
    )


@cache
def _patterns() -> dict[Sign, re.Pattern[str]]:
    return {sign: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for sign, patterns in _SIGNS.items()}


class Finding(NamedTuple):
    """A part of a text that looks as if it names a child, and why."""

    sign: Sign
    words: str


def findings_in(text: str, year: int) -> tuple[Finding, ...]:
    """Return for each sign the first part of a text that looks as if it names a child, in the order of `Sign`.

    `year`: the year in which it is read. The parts are of the text with its runs of spaces made one.
    """
    if not text:
        return ()
    plain = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_APOSTROPHES).split())
    found = {sign: match[0] for sign, pattern in _patterns().items() if (match := pattern.search(plain))}
    for match in _name_with_date().finditer(plain):
        if year - 2000 - int(match["year"][-2:]) in YEARS:
            found.setdefault(Sign.BIRTH, match[0])
    return tuple(Finding(sign, found[sign].strip()) for sign in Sign if sign in found)


def signs_of_a_child(text: str, year: int) -> tuple[Sign, ...]:
    """Return what makes a text look as if it names a child, in the order of `Sign`; empty if nothing does.

    `year`: the year in which it is read.
    """
    return tuple(finding.sign for finding in findings_in(text, year))


def refuse_a_child(text: str, path: str, year: int) -> str:
    """Return a text that is not evidence. `year`: the year in which it is read.

    Raises:
        Refusal: TEXT_MAY_NAME_A_CHILD, with the field's path.
    """
    if signs_of_a_child(text, year):
        message = f"{path} looks as if it names a child. Write it without names, ages, addresses and schools."
        raise invalid("TEXT_MAY_NAME_A_CHILD", message, path)
    return text
