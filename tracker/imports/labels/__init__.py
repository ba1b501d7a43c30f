"""Labels of imports."""

from tracker.core.wording import Tones, Words
from tracker.imports.labels import files

WORDS: Words = {**files.WORDS}
TONES: Tones = {}
