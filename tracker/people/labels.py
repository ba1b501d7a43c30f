"""Labels for how posts are held and for events of the registers."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l
from tracker.people.rules import HoldingKind

WORDS: Words = {
    HoldingKind: {
        HoldingKind.DEFINITIVE: _l("Definitive"),
        HoldingKind.PLT: _l("Acting (Plt.)"),
        HoldingKind.PLH: _l("Acting while the incumbent is away (Plh.)"),
        HoldingKind.PJ: _l("Caretaker (Pj.)"),
    }
}
TONES: Tones = {HoldingKind: {HoldingKind.PLT: "info", HoldingKind.PLH: "info", HoldingKind.PJ: "info"}}
#: Columns that reference a person or post, as «table.column». All of them are redirected on a merge.
FOLLOWS = {
    "account.person_id": _l("Accounts"),
    "action_item.pic_id": _l("Actions as PIC"),
    "action_item.responsible_position_id": _l("Actions as the responsible post"),
    "action_supporter.person_id": _l("Actions supported"),
    "action_supporter.position_id": _l("Actions supported"),
    "attendance.person_id": _l("Attendance lists"),
    "attendance.position_id": _l("Attendance lists"),
    "escalation.person_id": _l("Escalations"),
    "escalation.position_id": _l("Escalations"),
    "former_position.position_id": _l("Former titles"),
    "hand_over.person_id": _l("Hand-overs"),
    "hand_over.position_id": _l("Hand-overs"),
    "invitation_letter.signatory_id": _l("Invitation letters to sign"),
    "invitation_letter.signatory_position_id": _l("Invitation letters to sign"),
    "involvement.person_id": _l("Roles in matters that others judge"),
    "meeting_invitation.person_id": _l("Invitations"),
    "meeting_invitation.position_id": _l("Invitations"),
    "notice.person_id": _l("E-mails"),
    "reply_link.person_id": _l("Reply links"),
    "position_holding.person_id": _l("Posts held"),
    "position_holding.position_id": _l("Holders"),
    "proposal.decision_authority_id": _l("Proposals to decide"),
    "proposal_proponent.person_id": _l("Proposals as proponent"),
    "proposal_proponent.position_id": _l("Proposals as proponent"),
    "reorganisation_line.person_id": _l("Reorganisations"),
    "reorganisation_line.position_id": _l("Reorganisations"),
    "reorganisation_line.successor_position_id": _l("Reorganisations"),
}
_REGISTER = {"added": _l("Added to the register"), "edited": _l("Details changed")}
_MERGING = {
    "merged": _l("Merged with another entry"),
    "merged_into": _l("Merged into another entry"),
    "merge_undone": _l("Merging undone"),
}
_DECREED = {
    "reorganised": _l("Renamed or moved by decree"),
    "ended_by_decree": _l("Ended by decree"),
}
EVENTS = {
    "person": {
        **_REGISTER,
        **_MERGING,
        "removed": _l("Removed: recorded by mistake"),
        "restored": _l("Restored"),
        "opened": _l("Opened to everyone"),
        "held": _l("Post recorded"),
    },
    "org_unit": {**_REGISTER, **_DECREED, "former_name_recorded": _l("Former name recorded")},
    "position": {**_REGISTER, **_MERGING, **_DECREED, "held": _l("Holder recorded")},
}
