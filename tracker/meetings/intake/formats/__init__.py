"""How texts about meetings are written: attribution of speech, layout of minutes, transcripts. Pure."""

from tracker.meetings.intake.formats.plain import Place, Places, Plain, plain_of
from tracker.meetings.intake.formats.speech import paragraphs
from tracker.meetings.intake.formats.transcripts import Turn

__all__ = ["Place", "Places", "Plain", "Turn", "paragraphs", "plain_of"]
