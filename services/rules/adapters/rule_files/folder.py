"""Reads a folder of rule files into a rulebook, or says everything that is wrong with it, one line a fault."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from services.rules.adapters.rule_files.kpis import KpiReader
from services.rules.adapters.rule_files.practice_notes import NoteReader
from services.rules.adapters.rule_files.rules import Reader
from services.rules.adapters.rule_files.shape import shape_faults
from services.rules.adapters.rule_files.standards import EditionReader
from services.rules.adapters.rule_files.strict_yaml import Document, Fault, Place, read
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.rulebook.checks import faults_of
from services.rules.domain.rulebook.file_names import is_rule_file
from services.rules.domain.rulebook.model import Rulebook

SHIPPED = Path(__file__).parents[2] / "rulebook"
MAX_FILES = 100
STANDARDS, NOTES, KPIS = "standards/*.yaml", "notes/*.yaml", "kpis/*.yaml"
FILES = (STANDARDS, NOTES, "parameters.yaml", "measures.yaml", "rules/*.yaml", KPIS)
"""In the order they are read."""
MAY_LACK = (KPIS, NOTES)
"""The only files a rulebook may do without: one kept by an earlier release has none."""
REVIEW_NOTICE = timedelta(days=60)


class RulebookRefused(Exception):
    """The folder does not hold a sound rulebook. `faults` says where, what and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Places:
    """Where in the files each rule, measure and parameter stands."""

    of_names: Mapping[str, tuple[Document, Place]]

    def of(self, name: str, place: Place = ()) -> str:
        """`file:line:column` of a part of a rule, measure or parameter."""
        document, at = self.of_names[name]
        found = document.fault((*at, *place), "", "")
        return f"{found.file}:{found.line}:{found.column}"


def load_rulebook(folder: Path = SHIPPED) -> Rulebook:
    """The rulebook of a folder. Raises RulebookRefused with every fault found; a warning refuses nothing."""
    return load_with_places(folder)[0]


def rulebook_of_files(files: Mapping[str, str]) -> Rulebook:
    """The rulebook of named texts, as a folder would hold them. Raises RulebookRefused like `load_rulebook`.

    Other names are left out, as a folder's other files are.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            if not is_rule_file(name):
                continue
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return load_rulebook(Path(folder))


def load_with_places(folder: Path = SHIPPED) -> tuple[Rulebook, Places]:
    """The rulebook of a folder, and where everything in it stands. Raises RulebookRefused like `load_rulebook`."""
    reader = Reader()
    rulebook, faults = _read_folder(folder, reader)
    errors = tuple(fault for fault in faults if fault.severity == "error")
    if rulebook is None or errors:
        raise RulebookRefused(errors)
    return rulebook, Places(reader.places)


def check_folder(folder: Path, today: date | None = None) -> tuple[Fault, ...]:
    """Every error and warning, in order of file and line. With `today`, also what is due for review."""
    rulebook, faults = _read_folder(folder, Reader())
    if rulebook is not None and today is not None:
        faults += _due_for_review(folder, rulebook, today)
    return tuple(sorted(faults))


def _read_folder(folder: Path, reader: Reader) -> tuple[Rulebook | None, list[Fault]]:
    """Stops after the first stage with errors: what builds on a broken part would only add noise."""
    documents, faults = _documents(folder)
    editions, notes, kpis = EditionReader(reader), NoteReader(reader), KpiReader(reader)
    readings = (
        editions.read,
        notes.read,
        reader.read_parameters,
        reader.read_measures,
        reader.read_rules,
        kpis.read,
    )
    for pattern, take in zip(FILES, readings, strict=True):
        for document in documents.get(pattern, []):
            faults += shape_faults(document, _schema(pattern))
        if faults:
            return None, faults
        for document in documents.get(pattern, []):
            take(document)
        if pattern == STANDARDS:
            editions.check_crosswalks()
        if reader.faults:
            return None, reader.faults
    content = {document.file: document.data for stage in documents.values() for document in stage}
    rulebook = Rulebook(
        hashlib.sha256(canonical_json(content)).hexdigest(),
        tuple(reader.editions),
        reader.parameters,
        reader.measures,
        tuple(sorted(reader.rules.values(), key=lambda rule: rule.rule_id)),
        tuple(kpis.kpis.values()),
        tuple(notes.notes.values()),
    )
    faults = [_placed(reader, fault.rule_id, fault.key, fault.code, fault.message) for fault in faults_of(rulebook)]
    return (None, faults) if faults else (rulebook, list(_unused(reader, rulebook)))


def _schema(pattern: str) -> str:
    return pattern.removesuffix("/*.yaml").removesuffix(".yaml")


def _documents(folder: Path) -> tuple[dict[str, list[Document]], list[Fault]]:
    documents: dict[str, list[Document]] = {}
    faults: list[Fault] = []
    for pattern in FILES:
        paths = sorted(folder.glob(pattern))
        if (not paths and pattern not in MAY_LACK) or len(paths) > MAX_FILES:
            message = f"holds {len(paths)} files; at least one and at most {MAX_FILES} are needed."
            faults.append(Fault(pattern, 1, 1, "error", "FILES", message))
        for path in paths[:MAX_FILES]:
            document, found = read(path, path.relative_to(folder).as_posix())
            documents.setdefault(pattern, []).append(document)
            faults += found
    return documents, faults


def _placed(reader: Reader, name: str, key: str, code: str, message: str, severity: str = "error") -> Fault:
    document, place = reader.places[name]
    return document.fault((*place, key), code, f"{name}: {message}", severity=severity)


def _unused(reader: Reader, rulebook: Rulebook) -> Iterator[Fault]:
    parameters = {name for rule in rulebook.rules for name in rulebook.parameters_of(rule)}
    parameters |= {name for kpi in rulebook.kpis for name in kpi.parameters}
    measures = {name for rule in rulebook.rules for name in rule.measures}
    for name in (*rulebook.parameters, *rulebook.measures):
        if name not in parameters | measures:
            yield _placed(reader, name, "means", "UNUSED", "is read by no rule and no KPI; take it out.", "warn")
    cited = {standard for rule in rulebook.rules for standard in rule.standards}
    for standard in rulebook.editions[-1].standards:
        if standard.standard_id not in cited:
            message = f"no rule cites {standard.standard_id} {standard.title}."
            yield Fault("standards", 1, 1, "warn", "NO-RULE", message)


def _due_for_review(folder: Path, rulebook: Rulebook, today: date) -> list[Fault]:
    document, _ = read(folder / "parameters.yaml", "parameters.yaml")
    return [
        document.fault(
            (name, "review_by"),
            "REVIEW-DUE",
            f"{name} should be reviewed by {parameter.review_by}; the value stays in force.",
            severity="warn",
        )
        for name, parameter in rulebook.parameters.items()
        if parameter.review_by - REVIEW_NOTICE <= today
    ]
