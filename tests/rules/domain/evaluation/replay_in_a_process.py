"""Reads a decision record from standard input, evaluates it again and writes the new record. Run by a test."""

import sys

from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evaluation.evaluate import evaluate


def main() -> None:
    """Replay from standard input to standard output."""
    inputs = recorded_inputs(sys.stdin.buffer.read())
    evaluation = evaluate(load_rulebook(), inputs.case_file, inputs.as_of, inputs.as_known_at)
    durable = [answered.answers for answered in evaluation.answered]
    record = decision_record(evaluation, durable, inputs.versions, inputs.previous_hash)
    sys.stdout.buffer.write(record.content)


if __name__ == "__main__":
    main()
