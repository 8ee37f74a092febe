"""Rules over a person's evidence, in plain Python. Software raises concerns (or praise); it never decides.

What other layers use:

    standards.StandardsEdition              one edition of the Practice Standards, with its indicators
    rulebook.Rulebook                      immutable content of the rule files; `content_hash`, `edition_on(day)`
    facts.EvidenceFact, PersonFact         typed facts by value, words from closed lists
    facts.CaseFile(person, evidence, open_concerns)    every version of every item; ConcernKey -> open since
    evaluation.evaluate(rulebook, case_file, as_of, as_known_at, *, without=frozenset(), plus=()) -> Evaluation
    evaluation.Evaluation.answers          RuleAnswer: rule, subject, lane, Answer, Notice (who is told), Explanation
    agreement.disagreement(evaluation.answered, durable_answers) -> Disagreement | None    nothing is raised on one
    decision_record.decision_record(evaluation, durable_answers | None, versions, previous_hash="") -> DecisionRecord
    decision_record.recorded_inputs(record) -> RecordedInputs    to evaluate again and compare byte for byte
    examples.run_examples(rulebook) -> tuple[ExampleResult, ...]

Outside the domain: adapters.rulebook_files.load_rulebook(folder), check_folder(folder) -> faults;
adapters.engine_child.EngineChild().evaluate(rulebook, cases) -> durable answers, or EngineUnavailable.
"""
