"""KPIs from files of the right shape. Every word that a KPI's population does not have is a fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.refusals import did_you_mean
from services.rules.adapters.rule_files.rules import COMPARISON, ONE_OF, Reader
from services.rules.adapters.rule_files.strict_yaml import Document, Place
from services.rules.domain.closed_lists import Comparator
from services.rules.domain.rulebook.kpi import (
    WORDS,
    Asked,
    Kpi,
    KpiExample,
    OtherReading,
    Part,
    PeriodKind,
    Population,
    Result,
    Word,
    usual_words,
)


@dataclass(slots=True)
class KpiReader:
    """The KPIs read so far. Parameters must have been read before. Faults go to the shared reader."""

    reader: Reader
    kpis: dict[str, Kpi] = field(default_factory=dict)

    def read(self, document: Document) -> None:
        """Read every KPI of one file. A KPI with a fault is left out."""
        for number, entry in enumerate(document.data):
            kpi_id = entry["kpi"]
            if kpi_id in self.reader.places:
                other, at = self.reader.places[kpi_id]
                message = f'"{kpi_id}" is already used in {other.file}:{other.values[at][0]}. Choose another id.'
                self.reader.fault(document, (number, "kpi"), "TWICE", message)
                continue
            self.reader.places[kpi_id] = (document, (number,))
            before = len(self.reader.faults)
            kpi = self._kpi(document, (number,), entry)
            if len(self.reader.faults) == before:
                self.kpis[kpi_id] = kpi

    def _kpi(self, document: Document, place: Place, entry: Mapping[str, Any]) -> Kpi:
        each = Population(entry["each"])
        self._check_keys(document, place, entry, each)
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
            other_reading=self._other_reading(document, (*place, "other_reading"), entry),
        )
        if not {Result.COUNTED, Result.SHORT} <= {example.result for example in kpi.examples}:
            message = "The examples show only one side. Add one that is counted and one that is short."
            self.reader.fault(document, (*place, "examples"), "EXAMPLES", message)
        return kpi

    def _check_keys(self, document: Document, place: Place, entry: Mapping[str, Any], each: Population) -> None:
        for key, unit in (("target", "per cent"), ("withhold_below", "people"), ("owes", "")):
            if key in entry:
                self.reader.known_parameter(document, (*place, key), entry[key], unit)
        if ("owes" in entry) and "owed" not in WORDS[each]:
            message = f'A KPI of each {each} has no "owes". Leave it out.'
            self.reader.fault(document, (*place, "owes"), "UNKNOWN-KEY", message, at_key=True)
        if each is Population.ITEM_OWED and "owes" not in entry:
            message = f'"owes" is missing. A KPI of each {each} needs it.'
            self.reader.fault(document, place, "MISSING", message)

    def _part(self, document: Document, place: Place, part: Mapping[str, Any], each: Population) -> Part:
        asked = (self._asked(document, (*place, "if", n), text, each) for n, text in enumerate(part["if"]))
        return Part(part["title"], tuple(asked))

    def _asked(self, document: Document, place: Place, text: str, each: Population) -> Asked:
        if found := COMPARISON.fullmatch(text):
            word, comparator, against = found.groups()
            if self._word(document, place, word, each) and WORDS[each][word] is not int:
                message = f'"{word}" is not a number. Write "{word} is <value>".'
                self.reader.fault(document, place, "WHERE", message)
            if WORDS[each].get(against) is not int:
                self.reader.known_parameter(document, place, against)
            return Asked(word, comparator=Comparator(comparator), against=against)
        if found := ONE_OF.fullmatch(text):
            word, values = found.groups()
            if not self._word(document, place, word, each):
                return Asked(word)
            return Asked(word, tuple(self.reader.one_of(document, place, word, WORDS[each][word], values)))
        message = f'Write "<word> is <value>" or "<word> {Comparator.AT_LEAST} <parameter>".'
        self.reader.fault(document, place, "SENTENCE", message)
        return Asked(text)

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
                    message = f"This KPI shows no part of that title beside it.{did_you_mean(title, titles)}"
                    self.reader.fault(document, (*at, "beside", n), "UNKNOWN-TITLE", message)
            beside = tuple(example["beside"]) if "beside" in example else None
            words = {**usual_words(each), **given}
            yield KpiExample(example["it"], words, Result(example["then"]), example.get("says", ""), beside)

    def _given(self, document: Document, place: Place, word: str, value: Word, each: Population) -> None:
        if not self._word(document, place, word, each, at_key=True):
            return
        form = WORDS[each][word]
        if isinstance(form, tuple):
            self.reader.known_value(document, place, word, value, form)
        elif type(value) is not form:
            wanted = "true or false" if form is bool else "a whole number"
            self.reader.fault(document, place, "WORD", f'"{word}" must be {wanted}.')

    def _word(self, document: Document, place: Place, word: str, each: Population, *, at_key: bool = False) -> bool:
        known = WORDS[each]
        if word not in known:
            message = f'"{word}" is not a word of each {each}.{did_you_mean(word, known)}'
            self.reader.fault(document, place, "UNKNOWN-WORD", message, at_key=at_key)
        return word in known

    def _other_reading(self, document: Document, place: Place, entry: Mapping[str, Any]) -> OtherReading | None:
        if "other_reading" not in entry:
            return None
        titles = {part["title"] for part in entry.get("left_out", [])}
        given = entry["other_reading"]
        for number, title in enumerate(given["includes"]):
            if title not in titles:
                message = f"This KPI leaves out no part of that title.{did_you_mean(title, titles)}"
                self.reader.fault(document, (*place, "includes", number), "UNKNOWN-TITLE", message)
        return OtherReading(given["title"], tuple(given["includes"]))

    def _no_title_twice(self, document: Document, place: Place, parts: tuple[Part, ...]) -> None:
        """Check that people can tell the parts apart: a report names a part by its title only."""
        titles = [part.title for part in parts]
        for number, title in enumerate(titles):
            if title in titles[:number]:
                message = "Another part already has this title. Choose another, so that people can tell them apart."
                self.reader.fault(document, (*place, number, "title"), "TWICE", message)
