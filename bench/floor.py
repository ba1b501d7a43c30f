"""The floor: Flask, Jinja and the database alone. The same 50 rows as the list of proposals, by raw SQL."""

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, render_template_string

ROWS = """
    SELECT proposal.code, proposal.raised_on, proposal.title_id, person.name, target.name_id, proposal.status,
           proposal.status_since
    FROM (SELECT * FROM proposal ORDER BY raised_on DESC, id DESC LIMIT 50) AS proposal
    LEFT JOIN proposal_proponent ON proposal_proponent.proposal_id = proposal.id
    LEFT JOIN person ON person.id = proposal_proponent.person_id
    LEFT JOIN proposal_target_link ON proposal_target_link.proposal_id = proposal.id
    LEFT JOIN target ON target.id = proposal_target_link.target_id
    ORDER BY proposal.raised_on DESC, proposal.id DESC
"""
PAGE = """<!doctype html><html lang="id"><head><title>Usulan</title></head><body><main><h1>Usulan</h1>
<p>{{ count }}</p><table><thead><tr><th>Kode</th><th>Tanggal</th><th>Usulan</th><th>Pengusul</th><th>Target</th>
<th>Status</th><th>Sejak</th></tr></thead><tbody>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell if cell is not none else "–" }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table></main></body></html>"""

app = Flask(__name__)
_here = threading.local()


def _connection() -> Any:
    """One open connection per thread."""
    if not hasattr(_here, "connection"):
        url = os.environ["DATABASE_URL"]
        if url.startswith("sqlite"):
            _here.connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        else:
            _here.connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
    return _here.connection


@app.get("/hello")
def hello() -> str:
    return "hello"


@app.get("/table")
def table() -> str:
    connection = _connection()
    count = connection.execute("SELECT count(*) FROM proposal").fetchone()[0]
    return render_template_string(PAGE, rows=connection.execute(ROWS).fetchall(), count=count)
