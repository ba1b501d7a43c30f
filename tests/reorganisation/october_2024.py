"""A ministry as it was before October 2024, the decree that made three of it, and a plain model of who held what.

The model is written from the cases of the decree, not from the rules that carry it out.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.rules import HoldingKind, folded
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus
from tracker.targets.models import Indicator
from tracker.targets.rules import TargetState

ON = date(2024, 10, 21)
FIRST = date(2015, 1, 1)
MINISTRY, LAW, RIGHTS, BORDERS = (
    "Kementerian Hukum dan HAM Uji", "Kementerian Hukum Uji", "Kementerian HAM Uji", "Kementerian Imipas Uji",
)  # fmt: skip
GENERAL, SERVICES, INSTRUMENTS = "Ditjen HAM Uji", "Ditjen Pelayanan HAM Uji", "Ditjen Instrumen HAM Uji"
OTHERS = ("Ditjen AHU Uji", "Ditjen Imigrasi Uji", "Ditjen Pemasyarakatan Uji", "Setjen Uji", "Itjen Uji")
TO_BORDERS = ("Ditjen Imigrasi Uji", "Ditjen Pemasyarakatan Uji")
#: Directorates of the one that is divided, and those that go to the instruments.
DIRECTORATES, INSTRUMENT_DIRECTORATES = 5, 2
DIVISIONS = ("Administrasi", "HAM", "Keimigrasian", "Pemasyarakatan")


@dataclass
class Then:
    """A post as it was from a day on, until the next."""

    since: date
    title: str
    unit: str | None
    holder: str | None


@dataclass
class Office:
    """What was generated, and the answers of the model."""

    units: dict[str, OrgUnit] = field(default_factory=dict)
    posts: dict[str, Position] = field(default_factory=dict)
    #: By post: what it was from which day; a post without a unit does not exist.
    answers: dict[int, list[Then]] = field(default_factory=dict)
    persons: int = 0

    def answer(self, post_id: int, day: date) -> Then | None:
        known = [then for then in self.answers[post_id] if then.since <= day]
        return known[-1] if known and known[-1].unit else None


class Maker:
    def __init__(self, session: Session, random: Random, provinces: int, pairs: int) -> None:
        self.session, self.random = session, random
        self.office = Office()
        self.provinces = [f"Provinsi {number:02d}" for number in range(1, provinces + 1)]
        #: The shared offices for human rights serve two provinces.
        self.shared = {
            province: f"{self.provinces[at - at % 2]} dan {self.provinces[at - at % 2 + 1]}"
            if at < 2 * pairs else province
            for at, province in enumerate(self.provinces)
        }  # fmt: skip

    def build(self, persons: int) -> Office:
        self._unit(MINISTRY, None, "Menteri Hukum dan HAM Uji")
        for general in (GENERAL, *OTHERS):
            self._unit(general, MINISTRY, f"Kepala {general}")
            for number in range(1, DIRECTORATES + 1):
                self._unit(f"Direktorat {number} {general}", general, f"Direktur {number} {general}")
        for province in self.provinces:
            self._unit(f"Kanwil {province}", MINISTRY, f"Kepala Kanwil {province}")
            for division in DIVISIONS:
                self._unit(
                    f"Divisi {division} {province}", f"Kanwil {province}", f"Kepala Divisi {division} {province}"
                )
        names = list(self.office.units)
        while self.office.persons < persons:
            number = self.office.persons
            self._post(f"Analis {number}", names[number % len(names)])
        return self.office

    def _unit(self, name: str, above: str | None, head: str) -> None:
        unit = OrgUnit(name_id=name, parent_id=self.office.units[above].id if above else None)
        self.session.add(unit)
        self.session.flush()
        self.office.units[name] = unit
        self._post(head, name)

    def _post(self, title: str, unit: str) -> None:
        """A post with its holder, and for one in three an earlier holder."""
        post = Position(title_id=title, unit_id=self.office.units[unit].id)
        person = self._person()
        self.session.add(post)
        self.session.flush()
        then: list[Then] = []
        start = FIRST
        if self.office.persons % 3 == 0:
            start = FIRST + timedelta(days=self.random.randrange(400, 3000))
            before = self._person(is_counted=False)
            self._holding(before, post, FIRST, start - timedelta(days=1))
            then.append(Then(FIRST, title, unit, before.name))
        self._holding(person, post, start, None)
        then.append(Then(start, title, unit, person.name))
        self.office.posts[title] = post
        self.office.answers[post.id] = then

    def _person(self, *, is_counted: bool = True) -> Person:
        name = f"Pegawai Uji {self.office.persons}{'' if is_counted else ' Lama'}"
        person = Person(name=name, folded=folded(name), aliases=[])
        self.session.add(person)
        self.session.flush()
        self.office.persons += is_counted
        return person

    def _holding(self, person: Person, post: Position, start: date, end: date | None) -> None:
        self.session.add(PositionHolding(
            person_id=person.id, position_id=post.id, kind=HoldingKind.DEFINITIVE, start_on=start, end_on=end,
        ))  # fmt: skip

    def meetings(self) -> list[int]:
        """Ids of meetings of 2024, each organised by another kind of unit and attended by its head."""
        made = []
        province = self.provinces[0]
        for number, name in enumerate((MINISTRY, GENERAL, f"Direktorat 1 {GENERAL}", f"Divisi HAM {province}")):
            head = next(post for post in self.office.posts.values() if post.unit_id == self.office.units[name].id)
            meeting = Meeting(
                code=f"R-2024-{number + 900}", name_id=f"Rapat {name}", date=date(2024, 7, 1), recorded_at=clock.now(),
                status=MeetingStatus.HELD, classification=Classification.ORDINARY,
                organiser_unit_id=self.office.units[name].id,
                attendance=[Attendance(
                    place=nth(1), position_id=head.id, post_as_written=head.title_id, role=AttendanceRole.CHAIR,
                    status=AttendanceStatus.PRESENT,
                )],
            )  # fmt: skip
            self.session.add(meeting)
            self.session.flush()
            made.append(meeting.id)
        return made

    def items(self, count: int) -> None:
        """Open actions, proposals and indicators, spread over the units; some with a post, some with a person."""
        units, posts = list(self.office.units.values()), list(self.office.posts.values())
        levels = [Classification.ORDINARY] * 8 + [Classification.RESTRICTED, Classification.SECRET]
        for number in range(count):
            post = posts[number % len(posts)]
            unit_id = post.unit_id if number % 3 else units[number % len(units)].id
            level = levels[number % len(levels)]
            if number % 10 < 7:
                self.session.add(ActionItem(
                    code=f"TL-2024-{number:05d}", text_id=f"Tindak lanjut {number}", status=ActionStatus.IN_PROGRESS,
                    status_since=date(2024, 6, 3), assigned_on=date(2024, 6, 3), proposal_id=1,
                    responsible_position_id=post.id if number % 3 else None, responsible_unit_id=unit_id,
                    classification=level,
                ))  # fmt: skip
            elif number % 10 < 9:
                self.session.add(Proposal(
                    code=f"U-2024-{number:05d}", title_id=f"Usulan {number}", gist_id="Isi", source_note="Surat",
                    raised_on=date(2024, 6, 3), status=ProposalStatus.SUBMITTED, status_since=date(2024, 6, 3),
                    responsible_unit_id=unit_id, decision_authority_id=post.id, classification=level,
                ))  # fmt: skip
            else:
                self.session.add(Indicator(
                    name_id=f"Indikator {number}", state=TargetState.ACTIVE, owner_unit_id=unit_id
                ))  # fmt: skip


def sheet(maker: Maker) -> str:
    """The decree as pasted cells. Who takes the rest of the ministry is left open, to be settled on the page."""
    rows = [
        ("unit", MINISTRY, LAW, "", ""), ("unit", MINISTRY, RIGHTS, "", ""), ("unit", MINISTRY, BORDERS, "", ""),
        ("unit", GENERAL, SERVICES, RIGHTS, "ya"), ("unit", GENERAL, INSTRUMENTS, RIGHTS, ""),
        *(("unit", general, "", BORDERS, "") for general in TO_BORDERS),
        *(("unit", f"Direktorat {number} {GENERAL}", "", INSTRUMENTS, "")
          for number in range(1, INSTRUMENT_DIRECTORATES + 1)),
        ("jabatan", "Menteri Hukum dan HAM Uji", "Menteri Hukum Uji", LAW, ""),
        ("jabatan", "", "Menteri HAM Uji", RIGHTS, ""), ("jabatan", "", "Menteri Imipas Uji", BORDERS, ""),
        ("orang", holder(maker.office, "Kepala Setjen Uji"), "Menteri HAM Uji", "", ""),
        ("jabatan", f"Kepala {GENERAL}", f"Kepala {SERVICES}", SERVICES, ""),
        ("jabatan", "", f"Kepala {INSTRUMENTS}", INSTRUMENTS, ""),
        ("orang", holder(maker.office, f"Direktur 1 {GENERAL}"), f"Kepala {INSTRUMENTS}", "", ""),
    ]  # fmt: skip
    for province in maker.provinces:
        old, rights = f"Kanwil {province}", f"Kanwil HAM {maker.shared[province]}"
        rows += [
            ("unit", old, f"Kanwil Hukum {province}", LAW, "ya"), ("unit", old, rights, RIGHTS, ""),
            ("unit", old, f"Kanwil Imipas {province}", BORDERS, ""),
            ("unit", f"Divisi HAM {province}", "", rights, ""),
            ("unit", f"Divisi Keimigrasian {province}", "", f"Kanwil Imipas {province}", ""),
            ("unit", f"Divisi Pemasyarakatan {province}", "", f"Kanwil Imipas {province}", ""),
            ("jabatan", f"Kepala Kanwil {province}", f"Kepala Kanwil Hukum {province}", "", ""),
            ("jabatan", f"Kepala Divisi HAM {province}", f"Kepala {rights}", rights, ""),
        ]  # fmt: skip
    return "\n".join("\t".join(row) for row in rows) + "\n"


def holder(office: Office, title: str) -> str:
    name = office.answers[office.posts[title].id][-1].holder
    assert name
    return name


def holds_on(office: Office, title: str, /, **now: str | None) -> None:
    """Let the post be this from the day of the decree on."""
    answers = office.answers[office.posts[title].id]
    last = answers[-1]
    answers.append(Then(ON, now.get("title", last.title) or "", now.get("unit", last.unit),
                        now.get("holder", last.holder)))  # fmt: skip


def decreed(maker: Maker) -> None:
    """Add to the model what the decree makes of the posts that were there, case by case."""
    office = maker.office
    for title, post in office.posts.items():
        unit = office.answers[post.id][-1].unit or ""
        holds_on(office, title, unit=_unit_after(unit))
    holds_on(office, "Menteri Hukum dan HAM Uji", title="Menteri Hukum Uji")
    holds_on(office, f"Kepala {GENERAL}", title=f"Kepala {SERVICES}")
    for title in ("Kepala Setjen Uji", f"Direktur 1 {GENERAL}"):
        holds_on(office, title, holder=None)
    for province in maker.provinces:
        rights = f"Kanwil HAM {maker.shared[province]}"
        holds_on(office, f"Kepala Kanwil {province}", title=f"Kepala Kanwil Hukum {province}")
        if rights == f"Kanwil HAM {province}":
            holds_on(office, f"Kepala Divisi HAM {province}", title=f"Kepala {rights}", unit=rights)
        else:  # two heads became one post of a new row
            holds_on(office, f"Kepala Divisi HAM {province}", unit=None)


def _unit_after(unit: str) -> str:
    if unit == MINISTRY:
        return LAW
    if unit == GENERAL:
        return SERVICES
    return unit.replace("Kanwil ", "Kanwil Hukum ", 1) if unit.startswith("Kanwil ") else unit
