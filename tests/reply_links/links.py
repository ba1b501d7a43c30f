"""Links as mails send them, and what somebody without an account does with one."""

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import PIC, Visitor
from tracker.accounts.models import Account
from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.db import db
from tracker.core.settings import current_settings
from tracker.reply_links import commands
from tracker.reply_links.rules import Purpose, token_of


def own_action(session: Session, status: str = "in_progress") -> ActionItem:
    """An open action of the account of the PIC, without evidence and with a due date."""
    person = select(Account.person_id).filter_by(username=PIC).scalar_subquery()
    query = select(ActionItem).filter_by(classification="ordinary", status=status, pic_id=person)
    action = session.scalars(query.where(ActionItem.due_on.is_not(None)).order_by(ActionItem.id).limit(1)).one()
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(evidence=None))
    session.commit()
    return action


def sent(app: Flask, action: ActionItem, username: str = PIC) -> dict[Purpose, str]:
    """The address behind each link of a mail about the action."""
    with app.test_request_context():
        account = db.session.scalars(select(Account).filter_by(username=username)).one()
        links = commands.offer_links(
            actions.in_full(action.id), person_id=account.person_id, account=account, name=account.display_name,
            at=clock.now(),
        )  # fmt: skip
        db.session.commit()
        key = current_settings().secret_key
        return {purpose: f"/reply/{token_of(link.id, key)}" for purpose, link in links.items()}


def stranger(visit: Visitor) -> Visitor:
    return Visitor(visit.app)
