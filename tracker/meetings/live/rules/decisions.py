"""Recognise decisions about proposals by their wording."""

import re
from collections.abc import Sequence
from datetime import date

from tracker.meetings.live.formats import dates_in
from tracker.meetings.live.rules.reading import Decision, Meant, Mention, RecordKind, Reference
from tracker.meetings.rules import StatementKind
from tracker.proposals.rules import ProposalStatus

S = ProposalStatus
#: The first match counts, so rejections come before approvals.
_WORDS = {
    S.UNDER_DISCUSSION: r"""belum\s+(?:di)?(?:setujui|putuskan|sepakati)|(?:not\s+yet|yet\s+to\s+be)\s+\w+""",
    S.REJECTED: r"""(?:tidak|tak|batal)\s+(?:(?:dapat|bisa)\s+)?
        (?:di|me)?(?:nyetujui|setujui|sepakati|setuju|sepakat|lanjutkan)
        |(?:di|me)?(?:tolak|nolak)|not\s+(?:approved?|agreed|accept(?:ed)?)|reject(?:ed|s)?|declin(?:e|ed|es)""",
    S.DEFERRED: r"""(?:di|me)?(?:tunda|nunda)|ditangguhkan|menangguhkan|dijadwalkan\s+ulang
        |defer(?:red|s)?|postpon(?:e|ed|es)|put\s+off""",
    S.APPROVED: r"""(?:di|me)?(?:nyetujui|setujui)|setuju|(?:di|me)?(?:nyepakati|sepakati)|sepakat|diterima|menerima
        |approv(?:e|ed|es)|agree(?:d|s)?|accept(?:ed|s)?|adopt(?:ed|s)?""",
}
_CUES = {outcome: re.compile(rf"\b(?:{words})\b", re.IGNORECASE | re.VERBOSE) for outcome, words in _WORDS.items()}


def decision_in(
    text: str,
    kind: StatementKind | None,
    references: Sequence[Reference],
    speakers: Sequence[Mention],
    meant: Meant,
    said_on: date,
) -> Decision | None:
    """What a decision line decides about the proposals that it names; under discussion if no word says more."""
    decided = [reference for reference in references if reference.kind is RecordKind.PROPOSAL and reference.outcomes]
    if kind is not StatementKind.DECISION or not decided:
        return None
    possible = set(decided[0].outcomes).intersection(*(reference.outcomes for reference in decided))
    recognised = next(
        (outcome for outcome, cue in _CUES.items() if cue.search(text) and outcome in possible), S.UNDER_DISCUSSION
    )
    outcome = meant.outcome or recognised
    later = (
        [found_date.day for found_date in dates_in(text, said_on) if found_date.day > said_on]
        if outcome is S.DEFERRED
        else []
    )
    speaker = speakers[0].known if speakers else None
    authority = (speaker.position_id if speaker else None) or decided[0].authority_id
    return Decision(
        outcome=outcome,
        revisit_on=(meant.revisit_on or next(iter(later), None)) if outcome is S.DEFERRED else None,
        authority_id=meant.authority_id or authority,
    )
