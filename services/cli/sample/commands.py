"""`psmf sample`: rounds of sampling, the draw, who reads which report, and how far readers agree."""

from typing import Annotated, Any

import typer

from services.cli.arguments import WordsFile, change_fields, choose, words_of
from services.cli.command import DryRun, PageSize, PageToken, PersonOrOneself, command, group
from services.cli.page.width import output_width
from services.cli.sample.finding import RATING, ROUND, SAMPLE, FoundSample, find_sample, rating
from services.cli.sample.shown import agreement_row, report_of, round_text, sample_text, short_round, stands
from services.cli.terminal import Terminal
from services.client.words import how_many, safeguarder_of, short, word_of

app = group("sample")
_WORDS = Annotated[str, typer.Option(metavar="TEXT", help="In plain words. Needed if a line is below standard.")]


@command(app, "begin")
def begin_round(terminal: Terminal, dry_run: DryRun = False) -> None:
    """Begin the round of this half contract year. Its seed is made now, before any report is looked at.

    psmf sample begin
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    request = pb.CreateSampleRoundRequest(**change_fields(dry_run))
    answer = terminal.call(terminal.client.report_samples.CreateSampleRound, request)
    said = f"Round {short_round(answer.name)} has the seed {answer.seed}."
    if dry_run:
        said = f"Round {short_round(answer.name)} would begin, with a seed that is made then."
    terminal.changed(answer, said, "psmf sample draw", dry_run=dry_run)


@command(app, "round")
def show_round(terminal: Terminal, round_id: ROUND = "-") -> None:
    """Show a round: its seed, and how many reports stand where. Everybody who has the seed can draw again.

    psmf sample round 2026-H2
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    request = pb.GetSampleRoundRequest(name=f"sampleRounds/{round_id}")
    shown = terminal.call(terminal.client.report_samples.GetSampleRound, request)
    if terminal.as_json:
        terminal.data(shown)
        return
    terminal.text(round_text(shown, output_width()))
    if shown.not_drawn:
        terminal.following("psmf sample draw", shown)


@command(app, "draw")
def draw_samples(terminal: Terminal, round_id: ROUND = "-", dry_run: DryRun = False) -> None:
    """Draw a report for everybody who serves. Nobody draws twice for a person: that call changes nothing.

    psmf sample draw 2026-H2
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    request = pb.DrawSamplesRequest(name=f"sampleRounds/{round_id}", **change_fields(dry_run))
    answer = terminal.call(terminal.client.report_samples.DrawSamples, request)
    said = f"Drawn for {how_many(answer.selected, 'people')}."
    if answer.without_reports:
        said += f" SCRA's records hold no report of {how_many(answer.without_reports, 'people')}."
    following = "psmf sample draw" if answer.remaining else "psmf sample list"
    if answer.remaining:
        said += f" {how_many(answer.remaining, 'people')} are still to come: draw again."
    terminal.changed(answer, said, following, dry_run=dry_run)


@command(app, "list")
def list_samples(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    round_id: Annotated[str, typer.Option("--round", metavar="ROUND", help="For example 2026-H2. Default: all.")] = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List sampled reports. A report reviewer sees those that they read.

    psmf sample list --round 2026-H2
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    request = pb.ListReportSamplesRequest(
        parent=terminal.safeguarder(safeguarder),
        round=f"sampleRounds/{round_id}" if round_id else "",
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.report_samples.ListReportSamples, request)
    terminal.listing(
        answer.report_samples,
        answer.next_page_token,
        ("Sample", "Report", "Stands"),
        lambda one: (f"{safeguarder_of(one.name)}/{short_round(one.round)}", report_of(one), stands(one)),
        "psmf sample show",
    )


@command(app, "show")
def show_sample(terminal: Terminal, sample: SAMPLE = "-") -> None:
    """Show a sampled report. A reading is shown once every reader has read, and to both sides once it is shared.

    psmf sample show sg-1a2b3c4d
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    found = find_sample(terminal, sample)
    request = pb.GetReportSampleRequest(name=found.record.name)
    shown = terminal.call(terminal.client.report_samples.GetReportSample, request)
    if terminal.as_json:
        terminal.data(shown)
        return
    terminal.text(sample_text(shown, output_width()))
    _say_next(terminal, FoundSample(shown, found.typed))


@command(app, "obtained")
def obtained(terminal: Terminal, sample: SAMPLE, dry_run: DryRun = False) -> None:
    """Record that the Team has the report that was drawn.

    psmf sample obtained sg-1a2b3c4d
    """
    found = find_sample(terminal, sample)
    answer = _record_obtained(terminal, found, 0, dry_run)
    terminal.changed(answer, "The Team has the report.", f"psmf sample assign {found.typed} READER", dry_run=dry_run)


@command(app, "not-available")
def not_available(
    terminal: Terminal,
    sample: SAMPLE,
    reason: Annotated[str, typer.Option(help="no-appointment, no-report-due or not-provided.")],
    dry_run: DryRun = False,
) -> None:
    """Record why a report cannot be had. The next one of the draw takes its place, if there is one.

    psmf sample not-available sg-1a2b3c4d --reason not-provided
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    found = find_sample(terminal, sample)
    answer = _record_obtained(terminal, found, choose(pb.NoReportReason, reason, "--reason"), dry_run)
    gone = word_of(answer, "state") == "not_available"
    said = "No report can be had. KPI six shows the reason." if gone else f"The next report is {report_of(answer)}."
    terminal.changed(answer, said, f"psmf sample show {found.typed}", dry_run=dry_run)


@command(app, "assign")
def assign_reading(
    terminal: Terminal,
    sample: SAMPLE,
    reader: Annotated[str, typer.Argument(help="The report reviewer who reads it.")],
    second: Annotated[bool, typer.Option("--second", help="It is the second, blind reading.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Give a report to a reader: anybody but who supports the person, while another one is free.

    psmf sample assign sg-1a2b3c4d report-reviewer-1
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    found = find_sample(terminal, sample)
    request = pb.AssignReadingRequest(
        name=found.record.name, reader=reader, second=second, etag=found.record.etag, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.report_samples.AssignReading, request)
    said = f"{reader} reads it{' the second time, without the first reading' if second else ''}."
    wants = answer.second_wanted and not answer.second_reader
    following = f"psmf sample assign {found.typed} READER --second" if wants else f"psmf sample show {found.typed}"
    terminal.changed(answer, said, following, dry_run=dry_run)


@command(app, "read")
def read_report(
    terminal: Terminal,
    sample: SAMPLE,
    lines: RATING,
    *,
    words: _WORDS = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Record your reading of a report that was given to you.

    psmf sample read sg-1a2b3c4d on-time=at form=at clear=above reasoned=at justifiable=at child-views=yes
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    found = find_sample(terminal, sample)
    request = pb.RecordReadingRequest(
        name=found.record.name,
        rating=rating(lines),
        words=words_of(words, words_file, needed=False),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.report_samples.RecordReading, request)
    said = f"Your reading is in. It stands: {stands(answer)}."
    terminal.changed(answer, said, f"psmf sample show {found.typed}", dry_run=dry_run)


@command(app, "reconcile")
def reconcile_readings(
    terminal: Terminal,
    sample: SAMPLE,
    lines: RATING,
    *,
    words: _WORDS = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Record one reading for two that differ. It stands once both readers say the same, or a senior manager does.

    psmf sample reconcile sg-1a2b3c4d on-time=at form=at clear=at reasoned=at justifiable=at child-views=yes
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    found = find_sample(terminal, sample)
    request = pb.ReconcileReadingsRequest(
        name=found.record.name,
        rating=rating(lines),
        words=words_of(words, words_file, needed=False),
        etag=found.record.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.report_samples.ReconcileReadings, request)
    said = "It stands for both readings." if answer.agreed.stands else "It stands once the other reader says the same."
    terminal.changed(answer, said, f"psmf sample show {found.typed}", dry_run=dry_run)


@command(app, "end-wait")
def end_wait(terminal: Terminal, sample: SAMPLE, dry_run: DryRun = False) -> None:
    """End the wait for the one of two readings that did not come, once its day has passed. The other one then stands.

    psmf sample end-wait sg-1a2b3c4d
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    found = find_sample(terminal, sample)
    request = pb.EndReadingWaitRequest(name=found.record.name, etag=found.record.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.report_samples.EndReadingWait, request)
    said = "Nobody waits for the other reading any more. The one that is in stands alone."
    terminal.changed(answer, said, f"psmf sample show {found.typed}", dry_run=dry_run)


@command(app, "agreement")
def show_agreement(
    terminal: Terminal, round_id: Annotated[str, typer.Argument(metavar="ROUND", help="Default: every round.")] = ""
) -> None:
    """Show how far two readers of the same reports agree: counts, and Cohen's kappa where there are enough pairs.

    psmf sample agreement 2026-H2
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    request = pb.GetAgreementRequest(round=f"sampleRounds/{round_id}" if round_id else "")
    answer = terminal.call(terminal.client.report_samples.GetAgreement, request)
    if terminal.as_json:
        terminal.data(answer)
        return
    names = ("Line", "Pairs", "Same", "Not read", "Kappa, 95 per cent interval")
    terminal.columns(names, [agreement_row(line, answer.least_pairs) for line in answer.lines])


def _record_obtained(terminal: Terminal, found: FoundSample, reason: Any, dry_run: bool) -> Any:
    from psmf.evidence.v1 import report_samples_pb2 as pb

    request = pb.RecordObtainedRequest(
        name=found.record.name, reason=reason, etag=found.record.etag, **change_fields(dry_run)
    )
    return terminal.call(terminal.client.report_samples.RecordObtained, request)


def _say_next(terminal: Terminal, found: FoundSample) -> None:
    state = word_of(found.record, "state")
    lines = "on-time=at form=at clear=at reasoned=at justifiable=at child-views=yes"
    if state == "selected":
        terminal.following(f"psmf sample obtained {found.typed}", found.record)
    elif state == "obtained":
        terminal.following(f"psmf sample assign {found.typed} READER", found.record)
    elif state == "assigned":
        terminal.following(f"psmf sample read {found.typed} {lines}", found.record)
    elif state == "second_read":
        terminal.following(f"psmf sample reconcile {found.typed} {lines}", found.record)
    elif found.record.evidence_item:
        terminal.following(f"psmf evidence map {short(found.record.evidence_item)} INDICATOR:POLARITY", found.record)
