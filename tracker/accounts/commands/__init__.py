"""Changes to accounts and sign-ins. Callers commit."""

from tracker.accounts.commands.accounts import (
    AccountDraft,
    edit_account,
    invite,
    open_account,
    refuse_request,
    withdraw_invitation,
)
from tracker.accounts.commands.credentials import (
    SEEDS,
    change_password,
    hasher,
    is_right,
    passes_second_step,
    password_refusal,
    refuse_credentials_of_others,
    turn_off_second_step,
    turn_on_second_step,
)
from tracker.accounts.commands.own_account import (
    choose_language,
    choose_mails,
    end_calendar_address,
    end_tour,
    make_calendar_address,
)
from tracker.accounts.commands.sign_ins import (
    begin_preview,
    end_preview,
    end_sign_in,
    end_sign_ins,
    end_sign_ins_of,
    sign_in,
)

__all__ = [
    "SEEDS",
    "AccountDraft",
    "begin_preview",
    "change_password",
    "choose_language",
    "choose_mails",
    "edit_account",
    "end_calendar_address",
    "end_preview",
    "end_sign_in",
    "end_sign_ins",
    "end_sign_ins_of",
    "end_tour",
    "hasher",
    "invite",
    "is_right",
    "make_calendar_address",
    "open_account",
    "passes_second_step",
    "password_refusal",
    "refuse_credentials_of_others",
    "refuse_request",
    "sign_in",
    "turn_off_second_step",
    "turn_on_second_step",
    "withdraw_invitation",
]
