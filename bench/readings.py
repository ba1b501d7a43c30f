"""How well texts are read: `python -m bench.readings [word …]`. Prints precision and recall by style, and what fails.

Each file of `bench/texts` and of the folders in it holds the day of the meeting, a text, and its right
reading: kind, speaker, the words with which the line begins, and for actions who is to do it and until when. A folder
of its own is scored apart: its texts were written by somebody who did not know the reader, and were first read as they
were.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from tracker.meetings.intake.formats import plain_of
from tracker.meetings.intake.rules import Piece, read
from tracker.meetings.rules import StatementKind

FOLDER = Path(__file__).parent / "texts"
ASPECTS = ("speakers", "kinds", "decisions", "actions", "dates")
#: The least precision and recall for each style.
BARS = {"release": 0.9, "minutes": 0.9, "notes": 0.8, "transcript": 0.8}


@dataclass(frozen=True)
class Line:
    kind: str
    speaker: str
    words: str
    pic: str = ""
    due: str = ""


@dataclass
class Score:
    right: int = 0
    proposed: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


@dataclass
class Result:
    scores: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Score)))
    failures: list[str] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def lines_of(told: str) -> Iterator[Line]:
    for row in told.strip().splitlines():
        cells = ["" if cell.strip() == "-" else cell.strip() for cell in row.split("|")]
        yield Line(*cells)


def _flat(words: str) -> str:
    return " ".join(words.split())


def _same_name(one: str, other: str) -> bool:
    """A name with or without titles, post and courtesy is the same name."""
    one, other = one.casefold(), other.casefold()
    return bool(one) == bool(other) and (one in other or other in one)


def _as_line(piece: Piece) -> Line:
    due = piece.task.due_on.isoformat() if piece.task and piece.task.due_on else ""
    kind = "action" if piece.task and piece.kind != "decision" else piece.kind.value
    speaker = piece.speaker_name or "" if not piece.task or piece.speaker_name else ""
    return Line(kind, speaker, _flat(piece.words), piece.pic or "", due)


def judge(path: Path, result: Result) -> None:
    head, _, rest = path.read_text().partition("\n----\n")
    source, _, told = rest.rpartition("\n====\n")
    style = path.name.split("-")[0]
    result.texts[style] += 1
    plain = plain_of(source)
    day = date.fromisoformat(head.removeprefix("said on: "))
    reading = read(plain.text, people=(), said_on=day, turns=plain.turns)
    proposed = [_as_line(piece) for piece in reading.pieces if piece.is_kept]
    compare(path.name, style, _telling(proposed), _telling(lines_of(told)), result)


def _telling(lines: Iterable[Line]) -> list[Line]:
    """Without information about the circumstances of the meeting: both proposing and skipping it is right."""
    return [line for line in lines if line.kind != StatementKind.INFORMATION]


def compare(name: str, style: str, proposed: Sequence[Line], wanted: Sequence[Line], result: Result) -> None:
    left = list(proposed)
    pairs: list[tuple[Line, Line | None]] = []
    for line in wanted:
        found = next((each for each in left if _flat(line.words) in each.words[: len(line.words) + 60]), None)
        if found:
            left.remove(found)
        pairs.append((line, found))
    every: list[tuple[Line | None, Line | None]] = [*pairs, *((None, line) for line in left)]
    for right, given in every:
        _count(result.scores[style], right, given)
        if right is None or given is None or not _is_right(right, given):
            result.failures.append(f"{name}\n   wanted {right}\n   found  {given}")


def _is_right(line: Line, found: Line) -> bool:
    return (
        (line.kind, line.due) == (found.kind, found.due)
        and _same_name(line.speaker, found.speaker)
        and (_same_name(line.pic, found.pic))
    )


def _count(scores: dict[str, Score], line: Line | None, found: Line | None) -> None:
    wanted, given = line or Line("", "", ""), found or Line("", "", "")
    both = line is not None and found is not None
    facts = {
        "speakers": (wanted.speaker, given.speaker, _same_name(wanted.speaker, given.speaker)),
        "kinds": (wanted.kind, given.kind, wanted.kind == given.kind),
        "decisions": (wanted.kind == "decision", given.kind == "decision", True),
        "actions": (wanted.kind == "action", given.kind == "action", _same_name(wanted.pic, given.pic)),
        "dates": (wanted.due, given.due, wanted.due == given.due),
    }
    for aspect, (is_wanted, is_given, is_same) in facts.items():
        score = scores[aspect]
        score.wanted += bool(is_wanted)
        score.proposed += bool(is_given)
        score.right += both and bool(is_wanted) and bool(is_given) and is_same


def judged(words: Sequence[str] = (), folder: Path = FOLDER) -> Result:
    result = Result()
    for path in sorted(folder.glob("*.txt")):
        if not words or any(word in path.name for word in words):
            judge(path, result)
    return result


def folders() -> list[Path]:
    return [FOLDER, *sorted(path for path in FOLDER.iterdir() if path.is_dir())]


def below_bars(result: Result) -> list[str]:
    return [
        f"{style} {aspect}: precision {score.precision:.2f}, recall {score.recall:.2f}, below {BARS[style]}"
        for style, scores in result.scores.items()
        for aspect, score in scores.items()
        if min(score.precision, score.recall) < BARS[style]
    ]


def table(result: Result) -> str:
    rows = [f"{'style':<12}{'texts':>6}  " + "".join(f"{aspect:>16}" for aspect in ASPECTS)]
    for style, scores in result.scores.items():
        shown = "".join(f"{scores[aspect].precision:>10.2f} {scores[aspect].recall:>5.2f}" for aspect in ASPECTS)
        rows.append(f"{style:<12}{result.texts[style]:>6}  {shown}")
    return "\n".join(rows)


if __name__ == "__main__":
    results = {folder: judged(sys.argv[1:], folder) for folder in folders()}
    for folder, found in results.items():
        click.echo("\n".join([folder.name, *found.failures, table(found), *below_bars(found), ""]))
    sys.exit(any(below_bars(found) for found in results.values()))
