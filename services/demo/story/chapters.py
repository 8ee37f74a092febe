"""The chapters: what is on some people's files beside a calm normal record, and what the rules should raise."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.demo.story.people import a_start
from services.demo.story.record import Writer, normal_record
from services.demo.story.values import Attendance, Item, LiveItem, years_later

SUPPORT, ESCALATION, SAFETY = "support_need", "escalation", "safety"
EXCELLENCE, GAP, REAPPOINTMENT = "excellence", "data_gap", "reappointment_risk"
THEME, MISSED, VIEWS = "same-theme-two-sources", "training-missed", "child-view-missing"
VOICE, CORRECTED = "A second voice while the suite runs", "A training recorded as missed by mistake"
DATED = "One report without the child's views, and a line that changes on a date"
"""Titles of the chapters that the demo ends with."""
EXCELLENT, IMPROVES = "An excellent Safeguarder", "A late reporter who improves"
NOTHING_YET, GOES_ON = "A new Safeguarder with nothing on file", "No improvement over more than a year"
REVIEWED = "A concern that a review takes back"
"""Titles of the chapters whose people's sessions, plans and reviews the demo tells too."""
REPORT_LATE = "report-late"


def well_into_a_term(today: date) -> date:
    """Return a day of appointment whose second term began about fourteen months ago, so that its end is far off."""
    return a_start(years_later(a_start(today), -4) - timedelta(days=60))


def newly(today: date) -> date:
    """Return a day of appointment about six weeks ago."""
    return a_start(today - timedelta(days=45))


def near_the_end(today: date) -> date:
    """Return a day of appointment whose first term ends in about five months."""
    return years_later(a_start(today + timedelta(days=150)), -3)


def late_in_a_year(today: date) -> date:
    """Return a day of appointment of which a year of the second term ends soon, within this contract year of KPIs."""
    next_april = date(today.year + (today.month >= 4), 4, 1)
    return years_later(min(a_start(today + timedelta(days=45)), next_april), -4)


@dataclass(frozen=True, slots=True)
class Outline:
    """A chapter that has no person yet. `raised` and `silent` hold (rule, subject, lane)."""

    title: str
    history: Callable[[Writer], list[Item]]
    raised: tuple[tuple[str, str, str], ...] = ()
    silent: tuple[tuple[str, str, str], ...] = ()
    appointed: Callable[[date], date] = well_into_a_term
    attendance: Callable[[Writer], list[Attendance]] | None = None
    live: Callable[[Writer], LiveItem] | None = None


def _calm(writer: Writer, *without: str) -> list[Item]:
    """Return a calm normal file without some kinds of evidence."""
    return [item for item in normal_record(writer, calm=True) if item.kind not in without]


def _said(writer: Writer, source: str, days: int, indicator: str, polarity: str = "concern") -> Item:
    return writer.item("feedback", source, days, {indicator: polarity})


def _tried(writer: Writer, indicator: str, days: int) -> Item:
    """Return new practice tried out at training, with a concern about it."""
    speaks = {indicator: "concern"}
    return writer.item(
        "training_assessment", "training_provider", days, speaks, evidence_class="exploratory", setting="panel"
    )


def late_reporter_improves(writer: Writer) -> list[Item]:
    """Return three late reports, the latest eight months ago, one with a further date agreed, and later praise."""
    praise = _said(writer, "reporter", 30, "S4.1", "praise")
    late = [writer.report(460, 6), writer.report(300, 3), writer.report(240, 5)]
    return [*_calm(writer), *late, writer.report(150, 4, extension_agreed=True), praise]


def late_reporter_improved(writer: Writer) -> list[Item]:
    """Return two late reports, both more than a year ago."""
    return [*_calm(writer), writer.report(460, 3), writer.report(420, 5)]


def excellent(writer: Writer) -> list[Item]:
    """Return praise for one indicator from a child and a sheriff, and a report above standard on every line."""
    above = dict.fromkeys(("on_time", "form", "clear", "reasoned", "justifiable"), "above")
    return [
        *_calm(writer),
        writer.item("commendation", "child", 90, {"S1.1": "praise"}),
        _said(writer, "sheriff", 60, "S1.1", "praise"),
        writer.review(45, {"S4.4": "praise"}, **above),
    ]


def nothing_yet(writer: Writer) -> list[Item]:
    """Return an empty file: nobody has sent anything yet."""
    return []


def training_missed(writer: Writer) -> list[Attendance]:
    """Return one mandatory training event missed without an accepted reason, and one attended."""
    missed = Attendance(writer.person.safeguarder_id, 1, writer.back(100), "absent_unexcused")
    return [missed, Attendance(writer.person.safeguarder_id, 2, writer.back(40), "attended")]


def training_recorded_wrongly(writer: Writer) -> list[Attendance]:
    """Return a mandatory training event that was attended, and recorded as missed at first."""
    event_on = writer.back(70)
    return [Attendance(writer.person.safeguarder_id, 1, event_on, "attended", first_recorded_as="absent_unexcused")]


def confidentiality(writer: Writer) -> list[Item]:
    """Return papers left where others could read them, reported by the local authority."""
    incident = writer.item("feedback", "local_authority", 20, {"S5.1": "concern"}, evidence_class="safety")
    return [*_calm(writer), replace(incident, replied_on=None)]


def complaint_not_upheld(writer: Writer) -> list[Item]:
    """Return a complaint that was investigated and not upheld, beside one concern from another source."""
    complaint = writer.item("complaint", "parent_or_carer", 120, {"S2.1": "concern"}, complaint_outcome="not_upheld")
    return [*_calm(writer), complaint, _said(writer, "local_authority", 80, "S2.1")]


def conduct_borne_out(writer: Writer) -> list[Item]:
    """Return a conduct complaint upheld, the same seen by a panel member, and another complaint not upheld."""
    complaint = writer.item(
        "complaint", "parent_or_carer", 130, {"S6.2": "concern"}, aspect="conduct", complaint_outcome="upheld"
    )
    seen = writer.item("feedback", "panel_member", 60, {"S6.2": "concern"}, aspect="conduct")
    other = writer.item(
        "complaint", "relevant_person", 95, {"S6.2": "concern"}, aspect="conduct", complaint_outcome="not_upheld"
    )
    return [*_calm(writer), complaint, seen, other]


def conduct_alone(writer: Writer) -> list[Item]:
    """Return a conduct complaint upheld and nothing else: for a person to look at, never an escalation."""
    complaint = writer.item(
        "complaint", "relevant_person", 110, {"S6.1": "concern"}, aspect="conduct", complaint_outcome="upheld"
    )
    return [*_calm(writer), complaint]


def no_improvement(writer: Writer) -> list[Item]:
    """Return one concern over more than a year from three types of source, with a fourth still in reply time."""
    voices = (("parent_or_carer", 400), ("panel_member", 200), ("local_authority", 40))
    fourth = replace(_said(writer, "reporter", 12, "S2.2"), shared_on=writer.back(2), replied_on=None)
    return [*_calm(writer), *(_said(writer, source, days, "S2.2") for source, days in voices), fourth]


def reasons_unclear(writer: Writer) -> list[Item]:
    """Return two sampled reports without reasons for the recommendation, on which a second reader agreed."""
    reviews = [writer.review(days, {"S1.1": "neutral", "S4.4": "concern"}, reasoned="below") for days in (220, 70)]
    return [*_calm(writer), *reviews]


def childs_views_missing(writer: Writer) -> list[Item]:
    """Return sampled reports without the child's views: two from this year and one from the year before."""
    reviews = [writer.review(days, {"S1.1": "concern"}, child_views_recorded=False) for days in (420, 200, 50)]
    return [*_calm(writer), *reviews]


def childs_views_missing_once(writer: Writer) -> list[Item]:
    """Return one sampled report without the child's views. The line is two, until a date that lies ahead."""
    return [*_calm(writer), writer.review(60, {"S1.1": "concern"}, child_views_recorded=False)]


def one_voice(writer: Writer) -> list[Item]:
    """Return three concerns from one type of source."""
    return [*_calm(writer), *(_said(writer, "panel_member", days, "S3.1") for days in (210, 120, 60))]


def trying_something_new(writer: Writer) -> list[Item]:
    """Return new practice tried out at training, which never counts against anyone, beside one concern."""
    return [*_calm(writer), _tried(writer, "S1.2", 90), _said(writer, "reporter", 70, "S1.2")]


def in_reply_time(writer: Writer) -> list[Item]:
    """Return a second source whose words were shared two days ago, so that the time to reply still runs."""
    second = replace(_said(writer, "sheriff", 12, "S3.2"), shared_on=writer.back(2), replied_on=None)
    return [*_calm(writer), _said(writer, "parent_or_carer", 100, "S3.2"), second]


def no_reply_came(writer: Writer) -> list[Item]:
    """Return a second source, shared six weeks ago without a reply, and a request for help, which does not count."""
    second = replace(_said(writer, "sheriff", 50, "S3.2"), shared_on=writer.back(42), replied_on=None)
    asked = writer.item(
        "self_assessment", "self", 30, {"S3.2": "concern"}, evidence_class="help_seeking", setting="panel"
    )
    return [*_calm(writer), _said(writer, "parent_or_carer", 100, "S3.2"), second, asked]


def no_self_assessment(writer: Writer) -> list[Item]:
    """Return a file for which the Team never asked for a self-assessment; nothing else covers confidentiality."""
    return _calm(writer, "self_assessment")


def one_report_seen(writer: Writer) -> list[Item]:
    """Return a file with only one report seen by the Team in two years."""
    return [*_calm(writer, "report_sample_review"), writer.review(90, {"S1.1": "neutral", "S4.3": "neutral"})]


def half_a_theme(writer: Writer) -> list[Item]:
    """Return one answered concern, and one from training, where trying something new never counts against anyone."""
    return [*_calm(writer), _said(writer, "parent_or_carer", 100, "S2.1"), _tried(writer, "S2.1", 75)]


def one_voice_is_wrong(writer: Writer) -> list[Item]:
    """Return two concerns from two types of source. A review of the newer one is asked for in time, and is upheld."""
    wrong = replace(_said(writer, "panel_member", 33, "S2.3"), found_wrong=True)
    return [*_calm(writer), _said(writer, "local_authority", 95, "S2.3"), wrong]


def second_voice(writer: Writer) -> LiveItem:
    """Return what a Reporter's system sends while the suite runs."""
    said = _said(writer, "reporter", 9, "S2.1")
    item = replace(said, received_on=writer.back(1), shared_on=None, replied_on=None)
    return LiveItem("partner-scra", item, "Thank you for showing me this. I would like to talk about it.")


OUTLINES = (
    Outline(IMPROVES, late_reporter_improves, raised=((REPORT_LATE, "", SUPPORT),)),
    Outline("A late reporter who has improved", late_reporter_improved, silent=((REPORT_LATE, "", SUPPORT),)),
    Outline(
        EXCELLENT,
        excellent,
        raised=(("excellence-repeat", "S1.1", EXCELLENCE), ("excellence-report", "", EXCELLENCE)),
    ),
    Outline(NOTHING_YET, nothing_yet, silent=(("coverage-source", "", GAP),), appointed=newly),
    Outline(
        "Near reappointment with an open matter",
        _calm,
        raised=((MISSED, "", SUPPORT), ("reappointment-open-items", "", REAPPOINTMENT)),
        appointed=near_the_end,
        attendance=training_missed,
    ),
    Outline("A confidentiality incident", confidentiality, raised=(("confidentiality", "", SAFETY),)),
    Outline("A complaint that was not upheld", complaint_not_upheld, silent=((THEME, "S2.1", SUPPORT),)),
    Outline(
        "A conduct complaint upheld, and borne out",
        conduct_borne_out,
        raised=(("conduct", "", ESCALATION), ("conduct-triage", "", SUPPORT), (THEME, "S6.2", SUPPORT)),
    ),
    Outline(
        "A conduct complaint upheld, and nothing else",
        conduct_alone,
        raised=(("conduct-triage", "", SUPPORT),),
        silent=(("conduct", "", ESCALATION),),
    ),
    Outline(
        GOES_ON,
        no_improvement,
        raised=(("no-improvement", "S2.2", ESCALATION), (THEME, "S2.2", SUPPORT)),
    ),
    Outline("Recommendations without reasons", reasons_unclear, raised=(("report-quality", "S4.4", SUPPORT),)),
    Outline("The child's views are missing", childs_views_missing, raised=((VIEWS, "", SUPPORT),)),
    Outline(
        "One voice, three times", one_voice, silent=((THEME, "S3.1", SUPPORT), ("no-improvement", "S3.1", ESCALATION))
    ),
    Outline("Trying something new at training", trying_something_new, silent=((THEME, "S1.2", SUPPORT),)),
    Outline("A second voice, still in reply time", in_reply_time, silent=((THEME, "S3.2", SUPPORT),)),
    Outline("A second voice, and no reply came", no_reply_came, raised=((THEME, "S3.2", SUPPORT),)),
    Outline(
        "No self-assessment on file",
        no_self_assessment,
        raised=(("coverage-source", "", GAP), ("coverage-standard", "S5", GAP)),
    ),
    Outline("One report seen in two years", one_report_seen, raised=(("report-sample-short", "", GAP),)),
    Outline(VOICE, half_a_theme, raised=((THEME, "S2.1", SUPPORT),), live=second_voice),
    # New chapters come last, so that the others keep their people.
    Outline(
        CORRECTED,
        _calm,
        silent=((MISSED, "", SUPPORT),),
        appointed=late_in_a_year,
        attendance=training_recorded_wrongly,
    ),
    Outline(DATED, childs_views_missing_once, silent=((VIEWS, "", SUPPORT),)),
    Outline(REVIEWED, one_voice_is_wrong, silent=((THEME, "S2.3", SUPPORT),)),
)
