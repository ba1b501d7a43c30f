"""Labels of imports."""

from tracker.core.wording import Tones, Words
from tracker.imports.labels import files, runs

WORDS: Words = {**files.WORDS, **runs.WORDS}
TONES: Tones = runs.TONES
EVENTS = runs.EVENTS
