"""What a list offers to choose from."""

from collections.abc import Iterable, Mapping


class Choices(list[tuple[int, str]]):
    """(number, words) of each row that can be chosen, and what became of rows that were merged into another."""

    def __init__(self, rows: Iterable[tuple[int, str]], formerly: Mapping[int, int]) -> None:
        """Take the rows, and for each merged one the row that stands for it now."""
        super().__init__(rows)
        self.formerly = formerly
