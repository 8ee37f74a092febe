"""Everything that evidence needs for sampling, together, in the current transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.evidence.adapters.record_numbers import sample_numbers
from services.evidence.adapters.samples.kept import SqlSamples
from services.evidence.adapters.store import SqlFile, SqlRegister
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.samples.life import Readers
from services.evidence.domain.samples.sample import SampleNumbers
from services.platform.calls.identity import Directory
from services.platform.calls.relations import allocated_to, delegates, linked_people

READER = "report_reviewer"
"""The role of those who read sampled reports."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """What handlers need to work on samples in the current transaction. `actor`: the caller."""

    kept: SqlSamples
    people: SqlRegister
    file: SqlFile
    actor: Actor
    numbers: SampleNumbers
    directory: Directory
    connection: Connection

    def readers_of(self, safeguarder_id: str) -> Readers:
        """Return who can read a person's report."""
        kept_out = self.directory.every_account(linked_people(self.connection, safeguarder_id))
        readers = [
            each.person
            for each in self.directory.with_role(READER)
            if each.person not in kept_out and not self.directory.is_about(each.person, safeguarder_id)
        ]
        acting = delegates(self.connection, safeguarder_id, self.actor.today)
        supporting = self.directory.every_account([allocated_to(self.connection, safeguarder_id), *acting])
        return Readers(readers, supporting, self.directory.are_one_person)


def sample_file(connection: Connection, actor: Actor, directory: Directory) -> SampleFile:
    """Return what handlers need to work on samples in a transaction."""
    numbers = sample_numbers()
    return SampleFile(
        SqlSamples(connection, numbers),
        SqlRegister(connection),
        SqlFile(connection),
        actor,
        numbers,
        directory,
        connection,
    )
