"""Units, posts, invented people and accounts of the demo."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.accounts import queries as accounts
from tracker.accounts.commands import AccountDraft, hasher, is_right, open_account
from tracker.core.actor import Actor, Classification, Role
from tracker.core.settings import Settings
from tracker.demo.organisation import FICTIONAL, UNITS
from tracker.people import commands as people
from tracker.people.models import OrgUnit, Person, Position

FICTIONAL_NOTE = "Tokoh rekaan untuk ilustrasi"
#: Note on targets of the illustrative year; meetings are labelled by their source.
NOTE_ID, NOTE_EN = "Rekaan untuk ilustrasi.", "Invented for illustration."


@dataclass(frozen=True)
class Setting:
    units: dict[str, OrgUnit]
    posts: dict[str, Position]
    cast: list[tuple[Person, Position]]


@dataclass(frozen=True)
class DemoAccount:
    """A demo account; the password is not secret and printed at every start."""

    role: Role
    username: str
    password: str
    name: str
    person: str | None = None


ACCOUNTS = (
    DemoAccount(Role.SECRETARIAT, "sekretariat", "rapat-usulan-target", "Sekretariat"),
    DemoAccount(Role.ADVISER, "penasihat", "usulan-saya-bagaimana", "Razilu", "Razilu"),
    DemoAccount(Role.REVIEWER, "penelaah", "tinjau-setiap-pekan", "Sekar Wulandari", "Sekar Wulandari"),
    DemoAccount(Role.DECISION_MAKER, "pimpinan", "putuskan-dengan-alasan", "Teuku Rahman", "Teuku Rahman"),
    DemoAccount(Role.PIC, "pic", "kerjakan-lalu-laporkan", "Ratna Dewanti", "Ratna Dewanti"),
    DemoAccount(Role.ADMIN, "admin", "jaga-daftar-dan-akun", "Administrator"),
    DemoAccount(Role.READER, "pembaca", "hanya-membaca-notula", "Pembaca"),
    # Whoever submitted minutes does not record their signed copy, and no administrator gives rights to themselves.
    DemoAccount(Role.SECRETARIAT, "arsiparis", "simpan-salinan-risalah", "Arsiparis"),
    DemoAccount(Role.ADMIN, "pengelola", "hak-diberi-orang-lain", "Pengelola Akun"),
)


def build(*, by: Actor, at: datetime) -> Setting:
    units: dict[str, OrgUnit] = {}
    posts: dict[str, Position] = {}
    for unit in UNITS:
        draft = people.UnitDraft(
            name_id=unit.name_id, name_en=unit.name_en, short=unit.short, echelon=unit.echelon or None,
            parent_id=units[unit.parent].id if unit.parent else None,
        )  # fmt: skip
        units[unit.key] = people.add_unit(draft, by=by, at=at)
        for title_id, title_en, short in unit.posts:
            post = people.PositionDraft(title_id=title_id, title_en=title_en, short=short, unit_id=units[unit.key].id)
            posts[short] = people.add_position(post, by=by, at=at)
    risma = people.add_person(people.PersonDraft(name="Risma Indriyani", title_prefix="RR."), by=by, at=at)
    recorded = people.HoldingDraft(
        person_id=risma.id,
        start_on=date(2019, 11, 19),
        end_on=date(2020, 12, 2),
        note="Tercatat pada 19-11-2019 dan 21-10-2020; tanggal pelantikan tidak diketahui",
    )
    people.add_holding(posts["Sesditjen HAM"], recorded, by=by, at=at)
    cast = []
    for name, short in FICTIONAL:
        person = people.add_person(people.PersonDraft(name=name, note=FICTIONAL_NOTE), by=by, at=at)
        holding = people.HoldingDraft(person_id=person.id, start_on=date(at.year - 1, 1, 2))
        people.add_holding(posts[short], holding, by=by, at=at)
        cast.append((person, posts[short]))
    return Setting(units, posts, cast)


def open_accounts(persons: dict[str, Person], settings: Settings, *, by: Actor, at: datetime) -> None:
    using = hasher(settings)
    for account in ACCOUNTS:
        draft = AccountDraft(
            username=account.username,
            display_name=account.name,
            roles=frozenset({account.role}),
            person_id=persons[account.person].id if account.person else None,
            clearance=Classification.RESTRICTED if account.role is not Role.READER else Classification.ORDINARY,
        )
        open_account(draft, account.password, using=using, by=by, at=at)


def accounts_in_use(settings: Settings) -> list[DemoAccount]:
    """Those that may sign in with the published password."""
    using = hasher(settings)
    found = {account.username: accounts.account_named(account.username) for account in ACCOUNTS}
    return [
        account
        for account in ACCOUNTS
        if found[account.username] and is_right(account.password, found[account.username], using=using)
    ]
