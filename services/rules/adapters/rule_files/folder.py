"""A folder of rule files as a rulebook, or every fault in it, one line each."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from services.rules.adapters.rule_files.kpis import KpiReader
from services.rules.adapters.rule_files.practice_notes import NoteReader
from services.rules.adapters.rule_files.rules import Reader
from services.rules.adapters.rule_files.shape import shape_faults
from services.rules.adapters.rule_files.standards import EditionReader
from services.rules.adapters.rule_files.strict_yaml import Document, Fault, Place, read, read_text
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.facts import ATTENDED
from services.rules.domain.rulebook.checks import bound_to_an_edition_over, faults_of
from services.rules.domain.rulebook.file_names import is_rule_file
from services.rules.domain.rulebook.model import Rulebook

SHIPPED = Path(__file__).parents[2] / "rulebook"
RULEBOOKS_KEPT = 4
"""Rulebooks kept as read: the one in force, and the last drafts."""
# More than any rulebook needs. A wrong folder must not be read whole.
MAX_FILES = 100
STANDARDS, NOTES, KPIS = "standards/*.yaml", "notes/*.yaml", "kpis/*.yaml"
FILES = (STANDARDS, NOTES, "parameters.yaml", "measures.yaml", "rules/*.yaml", KPIS)
"""The files in the order in which they are read: each may use names from the ones before."""
MAY_LACK = (KPIS, NOTES)
"""The files that a rulebook may lack, because one stored by an earlier release has none."""
REVIEW_NOTICE = timedelta(days=60)
"""How long before the day of review a parameter gets a warning."""


class RulebookRefused(Exception):
    """A folder that holds no sound rulebook. `faults` say where, what is wrong and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all rules, measures, parameters and KPIs in the files."""

    of_names: Mapping[str, tuple[Document, Place]]

    def of(self, name: str, place: Place = ()) -> str:
        """Return `file:line:column` of a rule, measure, parameter or KPI, or of a part of it."""
        document, at = self.of_names[name]
        found = document.fault((*at, *place), "", "")
        return f"{found.file}:{found.line}:{found.column}"


def load_rulebook(folder: Path = SHIPPED) -> Rulebook:
    """Return the rulebook of a folder.

    Raises:
        RulebookRefused: with every fault found. A warning refuses nothing.
    """
    return load_with_places(folder)[0]


def rulebook_of_files(files: Mapping[str, str]) -> Rulebook:
    """Return the rulebook of named texts. Raises RulebookRefused like `load_rulebook`."""
    return load_files_with_places(files)[0]


def load_files_with_places(files: Mapping[str, str]) -> tuple[Rulebook, Places]:
    """Return the rulebook of named texts, and the places of everything in it.

    Names that are not of rule files are left out, as other files in a folder are. Raises RulebookRefused.
    """
    with _folder_of(files) as folder:
        return load_with_places(folder)


def stored_rulebook(files: Mapping[str, str], content_hash: str) -> Rulebook:
    """Return the rulebook of stored texts, if they are those that a content hash names.

    Raises:
        RulebookRefused: they are others, or no longer load.
    """
    check_stored(files, content_hash)
    return rulebook_of_files(files)


def check_stored(files: Mapping[str, str], content_hash: str) -> None:
    """Check that stored texts are those that a content hash names. What two people signed is the hash (A3).

    Raises:
        RulebookRefused: they are others, or some cannot be read.
    """
    documents = [read_text(text, name) for name, text in files.items() if is_rule_file(name)]
    if faults := tuple(fault for _, found in documents for fault in found):
        raise RulebookRefused(faults)
    if _content_hash(document for document, _ in documents) != content_hash:
        message = f"The stored files are not those of rulebook {content_hash[:12]}: they were changed since."
        raise RulebookRefused((Fault("rulebook", 1, 1, "error", "CHANGED", message),))


def _content_hash(documents: Iterable[Document]) -> str:
    # The hash is over what the files say, not over their text: layout and comments do not change a rulebook.
    return hashlib.sha256(canonical_json({document.file: document.data for document in documents})).hexdigest()


@contextmanager
def _folder_of(files: Mapping[str, str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            if not is_rule_file(name):
                continue
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        yield Path(folder)


def load_with_places(folder: Path = SHIPPED) -> tuple[Rulebook, Places]:
    """Return the rulebook of a folder, and the places of everything in it. Raises RulebookRefused."""
    found = _read_folder(folder)
    errors = tuple(fault for fault in found.faults if fault.severity == "error")
    if found.rulebook is None or errors:
        raise RulebookRefused(errors)
    return found.rulebook, found.places


def check_folder(folder: Path, today: date | None = None) -> tuple[Fault, ...]:
    """Return every error and warning, in order of file and line. With `today`, also what is due for review."""
    found = _read_folder(folder)
    faults = list(found.faults)
    if found.rulebook is not None and today is not None:
        faults += _due_for_review(folder, found.rulebook, today)
    return tuple(sorted(faults))


def check_files(files: Mapping[str, str], today: date) -> tuple[Fault, ...]:
    """Return what `check_folder` does of named texts."""
    with _folder_of(files) as folder:
        return check_folder(folder, today)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in documents: a rulebook, unless it is too faulty to be one."""

    rulebook: Rulebook | None
    faults: tuple[Fault, ...]
    places: Places


def _read_folder(folder: Path) -> _Found:
    documents, faults = _documents(folder)
    return _read_before(tuple((pattern, tuple(found)) for pattern, found in documents.items()), tuple(faults))


# A draft is checked, submitted, tried, approved and put in force: it is read once. A document stands for its bytes.
@lru_cache(maxsize=RULEBOOKS_KEPT)
def _read_before(documents: tuple[tuple[str, tuple[Document, ...]], ...], faults: tuple[Fault, ...]) -> _Found:
    reader = Reader()
    rulebook, found = _read_documents(dict(documents), list(faults), reader)
    return _Found(rulebook, tuple(found), Places(reader.places))


def _read_documents(
    documents: Mapping[str, Sequence[Document]], faults: list[Fault], reader: Reader
) -> tuple[Rulebook | None, list[Fault]]:
    """Read documents in stages, and stop after the first stage with errors.

    Later stages use names from earlier ones, so with a broken part they would only report its consequences.
    """
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
    rulebook = Rulebook(
        _content_hash(document for stage in documents.values() for document in stage),
        tuple(reader.editions),
        reader.parameters,
        reader.measures,
        tuple(sorted(reader.rules.values(), key=lambda rule: rule.rule_id)),
        tuple(kpis.kpis.values()),
        tuple(notes.notes.values()),
    )
    faults = [_placed(reader, fault.rule_id, fault.key, fault.code, fault.message) for fault in faults_of(rulebook)]
    return (None, faults) if faults else (rulebook, [*_unused(reader, rulebook), *_of_editions(reader, rulebook)])


def _schema(pattern: str) -> str:
    return pattern.removesuffix("/*.yaml").removesuffix(".yaml")


def _documents(folder: Path) -> tuple[dict[str, list[Document]], list[Fault]]:
    documents: dict[str, list[Document]] = {}
    faults: list[Fault] = []
    for pattern in FILES:
        paths = sorted(folder.glob(pattern))
        if (not paths and pattern not in MAY_LACK) or len(paths) > MAX_FILES:
            message = f"There are {len(paths)} such files. There must be at least 1 and at most {MAX_FILES}."
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
            yield _placed(reader, name, "means", "UNUSED", "No rule and no KPI uses it. Take it out.", "warn")
    cited = {standard for rule in rulebook.rules for standard in rule.standards}
    for standard in rulebook.editions[-1].standards:
        if standard.standard_id not in cited:
            message = f"No rule cites {standard.standard_id} {standard.title}."
            yield Fault("standards", 1, 1, "warn", "NO-RULE", message)


def _of_editions(reader: Reader, rulebook: Rulebook) -> Iterator[Fault]:
    """Warn of what is bound to an edition that is over by then, and of attendance that an edition forgets."""
    for bound in bound_to_an_edition_over(rulebook):
        key = "standards" if bound.about == "rule" else "standard"
        yield _placed(reader, bound.name, key, "EDITION-OVER", bound.message, "warn")
    for edition in rulebook.editions:
        for event in sorted(ATTENDED - edition.shown_by_attendance.keys()):
            message = f"No indicator names attendance at {event}, so it counts for no standard. Name one."
            yield _placed(reader, edition.edition_id, "standards", "NO-ATTENDANCE", message, "warn")


def _due_for_review(folder: Path, rulebook: Rulebook, today: date) -> list[Fault]:
    document, _ = read(folder / "parameters.yaml", "parameters.yaml")
    return [
        document.fault(
            (name, "review_by"),
            "REVIEW-DUE",
            f"{name} is due for review by {parameter.review_by}. Its value stays in force.",
            severity="warn",
        )
        for name, parameter in rulebook.parameters.items()
        if parameter.review_by - REVIEW_NOTICE <= today
    ]
