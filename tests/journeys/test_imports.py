"""An office brings a file: it sees what it would do, saves it whole and undoes it whole."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import ADMIN
from tracker.people.models import OrgUnit


def test_a_file_is_shown_saved_and_undone(page: Page, app: Flask, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "unit.csv"
    file.write_text("Nama unit;Induk;Kolom lain\nBiro Peramban;;x\nBagian Peramban;Biro Peramban;y\n")
    sign_in_unseen(page, ADMIN)
    page.goto("/units")
    page.locator(".page-head .menu > summary").click()
    page.get_by_role("link", name="Impor dari Excel").click()
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Tampilkan pratinjau").click()

    expect(page.locator(".import-counts")).to_contain_text("2 baru")
    expect(page.locator("#rows")).to_contain_text("Biro Peramban")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Simpan semua").click()

    expect(page.locator(".page-meta")).to_contain_text("Tersimpan")
    assert session.scalar(select(OrgUnit.id).filter_by(name_id="Bagian Peramban")) is not None
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Batalkan impor ini").click()

    expect(page.locator(".page-meta")).to_contain_text("Dibatalkan")
    assert session.scalar(select(OrgUnit.id).filter_by(name_id="Bagian Peramban")) is None
