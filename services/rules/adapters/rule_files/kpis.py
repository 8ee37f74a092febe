"""Turns the KPI files into KPIs, naming every word that their population does not have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.refusals import did_you_mean
from services.rules.adapters.rule_files.rules import Reader
from services.rules.adapters.rule_files.strict_yaml import Document, Place
from services.rules.domain.closed_lists import Comparator
from services.rules.domain.rulebook.kpi import (
    WORDS,
    Asked,
    Kpi,
    KpiExample,
    Part,
    PeriodKind,
    Population,
    Result,
    Word,
    usual_words,
)

_COMPARISON = re.compile(rf"([a-z][a-z0-9_]*) ({'|'.join(Comparator)}) ([a-z][a-z0-9_]*)")
_WORDS = re.compile(r"([a-z][a-z0-9_]*) is ([a-z0-9_]+(?: or [a-z0-9_]+)*)")


@dataclass(slots=True)
class KpiReader:
    """Reads KPI files after parameters. Faults go to the reader of all other files."""

    reader: Reader
    kpis: dict[str, Kpi] = field(default_factory=dict)

    def read(self, document: Document) -> None:
        """Every KPI of one file."""
        for number, entry in enumerate(document.data):
            kpi_id = entry["kpi"]
            if kpi_id in self.reader.places:
                other, at = self.reader.places[kpi_id]
                message = f'"{kpi_id}" stands in {other.file}:{other.values[at][0]} already; choose another id.'
                self._fault(document, (number, "kpi"), "TWICE", message)
                continue
            self.reader.places[kpi_id] = (document, (number,))
            before = len(self.reader.faults)
            kpi = self._kpi(document, (number,), entry)
            if len(self.reader.faults) == before:
                self.kpis[kpi_id] = kpi

    def _kpi(self, document: Document, place: Place, entry: Mapping[str, Any]) -> Kpi:
        each = Population(entry["each"])
        for key, unit in (("target", "per cent"), ("withhold_below", "people"), ("owes", "")):
            if key in entry:
                self._parameter(document, (*place, key), entry[key], unit)
        if ("owes" in entry) and "owed" not in WORDS[each]:
            self._fault(document, (*place, "owes"), "UNKNOWN-KEY", f"has no meaning for each {each}.", at_key=True)
        if each is Population.ITEM_OWED and "owes" not in entry:
            self._fault(document, place, "MISSING", f'"owes" is missing; each {each} has one.')
        parts = {
            key: tuple(self._part(document, (*place, key, n), part, each) for n, part in enumerate(entry.get(key, [])))
            for key in ("left_out", "beside")
        }
        for key, found in parts.items():
            self._no_title_twice(document, (*place, key), found)
        kpi = Kpi(
            kpi_id=entry["kpi"],
            title=entry["title"],
            whose=entry["whose"],
            source=entry["source"],
            each=each,
            register=entry["register"],
            counts=self._part(document, (*place, "counts"), entry["counts"], each),
            left_out=parts["left_out"],
            beside=parts["beside"],
            period=PeriodKind(entry["period"]),
            withhold_below=entry["withhold_below"],
            examples=tuple(self._examples(document, place, entry, each)),
            target=entry.get("target"),
            owes=entry.get("owes"),
            note=entry.get("note", ""),
        )
        if not {Result.COUNTED, Result.SHORT} <= {example.result for example in kpi.examples}:
            message = "show only one side; add one that is counted and one that is short."
            self._fault(document, (*place, "examples"), "EXAMPLES", message)
        return kpi

    def _part(self, document: Document, place: Place, part: Mapping[str, Any], each: Population) -> Part:
        asked = (self._asked(document, (*place, "if", n), text, each) for n, text in enumerate(part["if"]))
        return Part(part["title"], tuple(asked))

    def _asked(self, document: Document, place: Place, text: str, each: Population) -> Asked:
        if found := _COMPARISON.fullmatch(text):
            word, comparator, against = found.groups()
            if self._word(document, place, word, each) and WORDS[each][word] is not int:
                self._fault(document, place, "WHERE", f'"{word}" is not a number; say which word it is.')
            if WORDS[each].get(against) is not int:
                self._parameter(document, place, against)
            return Asked(word, comparator=Comparator(comparator), against=against)
        if found := _WORDS.fullmatch(text):
            word, values = found.groups()
            return Asked(word, tuple(self._values(document, place, word, values.split(" or "), each)))
        message = f'must read "<word> is <value>" or "<word> {Comparator.AT_LEAST} <parameter>".'
        self._fault(document, place, "SENTENCE", message)
        return Asked(text)

    def _values(
        self, document: Document, place: Place, word: str, values: list[str], each: Population
    ) -> Iterator[Word]:
        if not self._word(document, place, word, each):
            return
        form = WORDS[each][word]
        known = ("true", "false") if form is bool else form if isinstance(form, tuple) else ()
        for value in values:
            if value not in known:
                hint = did_you_mean(value, known)
                self._fault(document, place, "WORD", f'"{value}" is not a value of "{word}".{hint}')
            yield value == "true" if form is bool else value

    def _examples(
        self, document: Document, place: Place, entry: Mapping[str, Any], each: Population
    ) -> Iterator[KpiExample]:
        titles = {part["title"] for part in entry.get("beside", [])}
        for number, example in enumerate(entry["examples"]):
            at = (*place, "examples", number)
            given = example["given"]
            for word, value in given.items():
                self._given(document, (*at, "given", word), word, value, each)
            for n, title in enumerate(example.get("beside", [])):
                if title not in titles:
                    message = f"is not shown beside this KPI.{did_you_mean(title, titles)}"
                    self._fault(document, (*at, "beside", n), "UNKNOWN-TITLE", message)
            beside = tuple(example["beside"]) if "beside" in example else None
            words = {**usual_words(each), **given}
            yield KpiExample(example["it"], words, Result(example["then"]), example.get("says", ""), beside)

    def _given(self, document: Document, place: Place, word: str, value: Word, each: Population) -> None:
        if not self._word(document, place, word, each, at_key=True):
            return
        form = WORDS[each][word]
        if isinstance(form, tuple):
            if value not in form:
                hint = did_you_mean(str(value), form)
                self._fault(document, place, "WORD", f'"{value}" is not a value of "{word}".{hint}')
        elif type(value) is not form:
            wanted = "true or false" if form is bool else "a whole number"
            self._fault(document, place, "WORD", f'"{word}" is {wanted}.')

    def _word(self, document: Document, place: Place, word: str, each: Population, *, at_key: bool = False) -> bool:
        known = WORDS[each]
        if word not in known:
            message = f'"{word}" is not a word of each {each}.{did_you_mean(word, known)}'
            self._fault(document, place, "UNKNOWN-WORD", message, at_key=at_key)
        return word in known

    def _parameter(self, document: Document, place: Place, name: str, unit: str = "") -> None:
        parameter = self.reader.parameters.get(name)
        if parameter is None:
            hint = did_you_mean(name, self.reader.parameters)
            self._fault(document, place, "UNKNOWN-PARAMETER", f'"{name}" is not a parameter.{hint}')
        elif unit and parameter.unit != unit:
            message = f'"{name}" is in {parameter.unit}; a parameter in {unit} is needed here.'
            self._fault(document, place, "UNIT", message)

    def _no_title_twice(self, document: Document, place: Place, parts: tuple[Part, ...]) -> None:
        titles = [part.title for part in parts]
        for number, title in enumerate(titles):
            if title in titles[:number]:
                message = "is the title of another part already; people could not tell the two apart."
                self._fault(document, (*place, number, "title"), "TWICE", message)

    def _fault(self, document: Document, place: Place, code: str, message: str, *, at_key: bool = False) -> None:
        self.reader.faults.append(document.fault(place, code, message, at_key=at_key))
