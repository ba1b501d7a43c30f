"""The words for how posts are held, and for what happens in the registers."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
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
_REGISTER = {"added": _l("Added to the register"), "edited": _l("Details changed")}
EVENTS = {
    "person": _REGISTER,
    "org_unit": {**_REGISTER, "former_name_recorded": _l("Former name recorded")},
    "position": {**_REGISTER, "held": _l("Holder recorded")},
}
