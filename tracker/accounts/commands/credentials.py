"""Passwords and the second step of signing in. Callers commit."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from tracker.accounts import policy, queries, rules
from tracker.accounts.commands.sign_ins import end_sign_ins
from tracker.accounts.models import (
    Account,
    RecoveryCode,
    SecondStep,
)
from tracker.audit.commands import record
from tracker.core import encryption
from tracker.core.actor import SYSTEM, Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.settings import Settings
from tracker.core.wording import lazy_gettext as _l

#: Encryption purpose of the stored seeds of one-time codes.
SEEDS = "second-step"
CREDENTIALS_OF_OTHERS = _l(
    "Only this administrator can change their own password, links and addresses. They can choose “Forgotten your "
    "password?” when signing in, or the server operator can make a link on the command line."
)
FAULTS = {
    "short": _l("Use at least 15 characters; a few words in a row are easy to remember."),
    "long": _l("Use at most 200 characters."),
    "named": _l("This password contains “%(name)s”, a part of the username. Leave it out."),
    "guessable": _l("This password is easy to guess. Use several different words."),
}


def hasher(settings: Settings) -> PasswordHasher:
    return PasswordHasher(time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kib, parallelism=1)


def is_right(password: str, account: Account | None, *, using: PasswordHasher) -> bool:
    """Whether the password is right and the account active. An unknown account takes just as long to refuse."""
    if account is None:
        using.hash(password)  # one computation, as for known accounts
        return False
    try:
        return using.verify(account.password_hash, password) and account.is_active
    except VerificationError:
        return False


def refuse_credentials_of_others(account: Account, by: Actor) -> None:
    """The command line is exempt: with access to the server one has the database anyway."""
    if by != SYSTEM and not policy.may_manage_credentials(by, account.id, queries.rights(account).roles):
        raise NotPossible(CREDENTIALS_OF_OTHERS)


def change_password(account: Account, password: str, *, using: PasswordHasher, by: Actor, at: datetime) -> None:
    """Set a new password and end every sign-in."""
    refuse_credentials_of_others(account, by)
    require_strong(password, account.username)
    account.password_hash = using.hash(password)
    account.invited_at = None
    end_sign_ins(account, at=at)
    record(account, "password_changed", by=by, at=at)


def turn_on_second_step(account: Account, seed: str, code: str, settings: Settings, *, at: datetime) -> list[str]:
    """Require a one-time code at each sign-in. Return the recovery codes, which can be shown only now."""
    step = rules.matching_step(seed, code, at, None)
    if step is None:
        raise NotPossible(
            _l("This is not the code that the app shows now. Check the clock of your device."), field="code"
        )
    turn_off_second_step(account)
    sealed = encryption.seal(seed, secret_key=settings.secret_key, purpose=SEEDS)
    db.session.add(SecondStep(account_id=account.id, sealed_seed=sealed, last_step=step, since=at))
    codes = rules.new_recovery_codes()
    for recovery_code in codes:
        code_hash = queries.token_hash(rules.normalised_code(recovery_code))
        db.session.add(RecoveryCode(account_id=account.id, code_hash=code_hash))
    record(account, "second_step_on", by=queries.as_actor(account), at=at)
    return codes


def turn_off_second_step(account: Account, *, by: Actor | None = None, at: datetime | None = None) -> None:
    """Delete the seed and recovery codes. Without `by` and `at` the seed is being replaced: no event is recorded."""
    for row in queries.second_step_with_codes(account.id):
        db.session.delete(row)
    db.session.flush()  # a new seed has the same primary key
    if by and at:
        record(account, "second_step_off", by=by, at=at)


def passes_second_step(account: Account, code: str, settings: Settings, *, at: datetime) -> bool:
    """Whether the account needs no code, or this is its current code or an unused recovery code. Uses the code up."""
    step = queries.second_step(account.id)
    if step is None:
        return True
    seed = encryption.unseal(step.sealed_seed, secret_key=settings.secret_key, purpose=SEEDS)
    matched = rules.matching_step(seed, code, at, step.last_step) if seed else None
    if matched is not None:
        step.last_step = matched
        return True
    spare = queries.unused_code(account.id, queries.token_hash(rules.normalised_code(code)))
    if spare:
        spare.used_at = at
        record(account, "recovery_code_used", by=queries.as_actor(account), at=at)
    return spare is not None


def password_refusal(password: str, username: str) -> str | None:
    """Why this password is refused, as a sentence."""
    fault = rules.password_fault(password, username)
    return str(FAULTS[fault]) % {"name": rules.named_in(password, username)} if fault else None


def require_strong(password: str, username: str) -> None:
    refusal = password_refusal(password, username)
    if refusal:
        raise NotPossible(refusal, field="new")
