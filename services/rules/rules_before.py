"""The evaluations that tell whether a change of rules alone caused a concern (D15.16)."""

from dataclasses import replace
from datetime import date
from functools import cache

from services.platform.storage.database import Database
from services.rules.adapters.rule_files.folder import RulebookRefused
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.domain.concerns.quiet import WithoutChangeOfRules, rules_before
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.facts import CaseFile
from services.rules.domain.rulebook.dated import RulesThen, as_it_stood
from services.rules.domain.rulebook.model import InForce, Rulebook
from services.rules.rulebook_in_force import RulebookInForce

MOST_KEPT = 8
"""Rulebooks kept as they stood. After a change of rules everyone is compared with the same one or two."""


class RulesBefore:
    """Compares evaluations with those of the rules before. It keeps the few rulebooks that many people share."""

    def __init__(self, database: Database, in_force: RulebookInForce) -> None:
        self._database = database
        self._in_force = in_force
        self._stored: dict[str, Rulebook | None] = {}
        self._as_they_stood: dict[tuple[str, InForce], Rulebook] = {}

    def compare(self, evaluation: Evaluation, case_file: CaseFile, rulebook: Rulebook) -> WithoutChangeOfRules | None:
        """Return what an evaluation is compared with, None if the rules have not changed or nothing is raised."""
        if not evaluation.raised:
            return None
        person = case_file.person.safeguarder_id
        with self._database.read() as connection:
            last = SqlFacts(connection).last_evaluation(person)
            if last is None:
                return None
            activations = cache(SqlRevisions(connection).activations)  # read only if a rule waited

            def hash_on(day: date) -> str:
                return activations().hash_on(day)

            asked = {answer.rule_id: rulebook.rule(answer.rule_id) for answer in evaluation.raised}
            then = {name: rules_before(rulebook, rule, last, evaluation.as_of, hash_on) for name, rule in asked.items()}
        known = {one: self._by(one, evaluation, case_file, rulebook) for one in set(then.values())}
        if all(found is evaluation for found in known.values()):
            return None
        with self._database.read() as connection:
            facts = SqlFacts(connection)
            news, told = facts.news(person), facts.news_of_duties(person)
        moment = evaluation.as_of, evaluation.as_known_at
        known_then = tuple(duty for duty in case_file.duties if (duty.duty_id, duty.version) not in told)
        then_file = replace(case_file, duties=known_then)
        without_news = evaluate(rulebook, then_file, *moment, without=news) if news or told else evaluation
        return WithoutChangeOfRules({name: known[one] for name, one in then.items()}, without_news)

    def _by(
        self, then: RulesThen, evaluation: Evaluation, case_file: CaseFile, rulebook: Rulebook
    ) -> Evaluation | None:
        """Return today's evidence by the rules then: the evaluation itself if they are the rules of today."""
        book = self._rulebook(then.rulebook_hash)
        if book is None:
            return None
        is_same = book.content_hash == rulebook.content_hash
        if is_same and rulebook.in_force(then.on) is rulebook.in_force(evaluation.as_of):
            return evaluation
        return evaluate(self._as_it_stood(book, then.on), case_file, evaluation.as_of, evaluation.as_known_at)

    def _rulebook(self, content_hash: str) -> Rulebook | None:
        """Return a stored rulebook, None if it can no longer be loaded."""
        if content_hash == self._in_force.current.content_hash:
            return self._in_force.current
        if content_hash not in self._stored:
            try:
                found = self._in_force.stored(content_hash)
            except RulebookRefused:
                found = None
            if len(self._stored) >= MOST_KEPT:
                self._stored.clear()
            self._stored[content_hash] = found
        return self._stored[content_hash]

    def _as_it_stood(self, rulebook: Rulebook, on: date) -> Rulebook:
        key = rulebook.content_hash, rulebook.in_force(on)
        if key not in self._as_they_stood:
            if len(self._as_they_stood) >= MOST_KEPT:
                self._as_they_stood.clear()
            self._as_they_stood[key] = as_it_stood(rulebook, on)
        return self._as_they_stood[key]
