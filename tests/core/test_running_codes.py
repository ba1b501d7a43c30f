import pytest

from tracker.core.running_codes import code_alone, codes_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Setuju usulan U-2026-014 dilanjutkan", ["U-2026-014"]),
        ("u-2026-14 dan tl-2026-7", ["U-2026-014", "TL-2026-007"]),
        ("(U–2026–014)", ["U-2026-014"]),
        ("U‑2026‑014, TL/2026/063; R.2020.001.", ["U-2026-014", "TL-2026-063", "R-2020-001"]),
        ("“lihat R-2020-001”", ["R-2020-001"]),
        ("TL-2026-1234", ["TL-2026-1234"]),
        ("U 2026 014", ["U-2026-014"]),
        ("u2026014 dan TL2026063", ["U-2026-014", "TL-2026-063"]),
        ("U 2026 14 kegiatan", []),
        ("U202614", []),
        ("IU-2026-014", []),
        ("SK-U-2026-014", []),
        ("U-2026-014-2", []),
        ("U-1826-014", []),
        ("U-2026-0140000", []),
        ("no. 2026-014", []),
    ],
)
def test_codes_are_found_in_running_text(text: str, codes: list[str]) -> None:
    assert [found.code for found in codes_in(text)] == codes


def test_a_code_with_both_hyphens_is_certain() -> None:
    assert [found.is_certain for found in codes_in("U-2026-014 U 2026 014 U2026014 U2026-014")] == [
        True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [("u 2020 1", "U-2020-001"), (" tl-2026-063 ", "TL-2026-063"), ("R2020 001", "R-2020-001"), ("usulan", None),
     ("U-2026-014 ya", None)],
)  # fmt: skip
def test_a_whole_text_may_be_a_code(text: str, code: str | None) -> None:
    assert code_alone(text) == code
