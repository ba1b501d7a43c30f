# `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin
#: Write bytecode even if the environment forbids it: otherwise each process that a test starts compiles for seconds.
export PYTHONDONTWRITEBYTECODE :=
CATALOGUE := tracker/translations/id/LC_MESSAGES/messages

##@ Use
help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/runtime ## set up, migrate, load the demo if empty, serve
	@exec $(BIN)/flask --app app serve

install: .venv/everything ## install everything that tests need

compiled: .venv/runtime ## compile program and packages to bytecode, which halves the start time, and pack style and scripts
	$(BIN)/python -m compileall -q -j 0 app.py tracker .venv/lib
	$(BIN)/python -c 'from tracker.core.program_files import pack; pack()'

##@ Check
test: packages .venv/everything ## all checks and tests: rules, pages, both databases, browser, architecture
	@$(MAKE) --no-print-directory -j 4 checks prepared
	$(BIN)/pytest -n 3 --dist worksteal -m "not long" # a third worker while two wait for a browser, a process or PostgreSQL

long: packages .venv/everything ## long tests: faults, several nodes, long random runs
	$(BIN)/pytest -m long

slow-tests: .venv/everything ## runs the tests of `make test`, then says which files take how many seconds on which database
	$(BIN)/python -m tests.slowest

checks: lint types floors templates styles ## rules, types, imports, pages and style sheets, without running anything

packages:
	@.ci/packages

prepared: prepared-sqlite prepared-postgresql

prepared-%: .venv/everything
	@$(BIN)/python -m tests.prepared $*

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy app.py tracker

floors:
	$(BIN)/lint-imports

templates:
	$(BIN)/djlint --check --lint templates
	@! LC_ALL=C.UTF-8 grep -rnE '.{121,}' templates --include=*.html || { echo "break these lines: 120 columns at most"; exit 1; }

STYLES := tracker/static/theme.css $(wildcard tracker/static/style/*.css)
CSS_FORMAT := $(BIN)/css-beautify --indent-size=2 --end-with-newline
styles:
	@for style in $(STYLES); do $(CSS_FORMAT) --outfile=- $$style | diff $$style - || { echo "make fix formats $$style"; exit 1; }; done

FAST := $(wildcard $(foreach kind,rules policy formats,tests/*/test_$(kind).py tests/*/*/test_$(kind).py)) tests/architecture/test_policies.py tests/architecture/test_vendor.py
fast: floors ## rules, policies, formats and imports, in seconds, without database and browser
	$(BIN)/pytest -n 0 --hypothesis-profile=fast $(FAST)

states: ## random steps through the life cycles: 200 runs of 50 steps on each database
	STATE_RUNS=200 $(BIN)/pytest -n 2 tests/reviews/test_life_cycles.py -k random_commands --durations=2

inbox-states: ## random steps through the inbox: 200 runs of 50 steps on each database
	STATE_RUNS=200 $(BIN)/pytest -n 2 tests/inbox/test_every_matter_can_be_settled.py --durations=2

non-interference: ## 20 random histories (histories=…, first=…) on each database: rows classified later leave no trace
	HISTORIES=$(or $(histories),20) HISTORIES_FIRST=$(or $(first),0) $(BIN)/pytest -n 2 tests/security/test_non_interference_in_time.py --durations=2

duties: ## random steps by two people with all roles: 200 runs of 150 steps on each database; nobody judges their own work
	STATE_RUNS=200 $(BIN)/pytest -n 2 tests/security/test_duties_at_random.py --durations=2

faults: ## each fault 60 times (runs=…), 20 writers for 60 s (seconds=…), on both databases; a table of losses, in docs/measured.md too without runs=
	$(if $(runs),,FAULT_TABLE=docs/measured.md) FAULT_RUNS=$(or $(runs),60) FAULT_SECONDS=$(or $(seconds),60) $(BIN)/pytest -n 0 tests/faults

interleavings: ## 200 random sequences of typing, saving, losing the connection … on each database (runs=…, first=…): nothing lost or duplicated
	INTERLEAVINGS=$(or $(runs),200) INTERLEAVINGS_FIRST=$(or $(first),0) $(BIN)/pytest -n 0 -s tests/journeys/test_interleavings.py

script: ## test the script modules of the live minutes, without a browser
	node --test tests/script/*.test.js

browser: ## browser tests
	$(BIN)/pytest tests/journeys

bench-data: ## size=10 database=postgresql: generate a large record for measurements in instance/bench
	$(BIN)/python -m bench.data --size $(or $(size),1) --database $(or $(database),sqlite)

bench: compiled ## size=10 database=postgresql quick=1 pages=1: times, SQL and memory compared with a minimal Flask app, as a table and JSON
	$(BIN)/python -m bench --size $(or $(size),1) --database $(or $(database),sqlite) $(if $(quick),--quick) $(if $(pages),--pages)

bench-front: compiled ## what pages weigh over the wire and when they are painted; fails above the bars
	$(BIN)/python -m bench.front

bench-compare: ## OLD=… NEW=…: compare two files of figures
	$(BIN)/python -m bench.compare $(OLD) $(NEW)

bench-exports: ## time and memory of 50,000 rows as CSV and XLSX; fails above 6 s of one core for an XLSX
	$(BIN)/python -m bench.lists

proposed-before: ## precision and recall of “proposed before?” on its test set, with the failures
	$(BIN)/python -m bench.proposed_before

meaning: .tools/meaning ## part=--held-out: recall of “possibly related” among 100 and 2,000 proposals, precision of “proposed before?”, with the failures
	PYTHONPATH=. $</bin/python -m bench.meaning $(part)

bench-review: ## database=postgresql: time to the next item of a weekly review; fails above 0.3 s
	$(BIN)/python -m bench.review --database $(or $(database),sqlite)

bench-feed: ## database=postgresql: time to fetch a calendar of 500 meetings and 500 due dates, also by eight clients at once; fails above 0.3 s
	$(BIN)/python -m bench.feed --database $(or $(database),sqlite)

image: ## build deploy/Containerfile without an engine, by buildah in a chroot, and serve from it; as root (says what it needs)
	.ci/image

sbom: .tools/cyclonedx-bom ## write the production packages to sbom.json, as CycloneDX
	@$</bin/cyclonedx-py requirements requirements.txt --output-format JSON --output-file sbom.json
	@.ci/sbom sbom.json

licences: .tools/pip-licenses ## list the licences of the production packages
	@$</bin/pip-licenses --python=$(BIN)/python --order=license --packages $$(grep '==' requirements.txt | cut -d= -f1 | cut -d[ -f1)

audit: .tools/pip-audit ## report known vulnerabilities of the production packages, if the service can be reached
	@.ci/audit $</bin/pip-audit

scan: .tools/wapiti3 .venv/runtime ## scan the demo on loopback with wapiti; fails on unexplained findings
	@.ci/scan $</bin/wapiti

mutants: ## plant weaknesses one by one in a copy; the tests must detect each
	$(BIN)/python -m tests.security.mutants

house: ## before=COMMIT: packages, arrows between them, lines, docstrings, templates, then and now
	$(BIN)/python -m bench.house $(before)

bench-documents: ## time and memory of a three-page PDF; fails above 100 ms
	$(BIN)/python -m bench.documents

bench-readings: ## precision and recall of the reading of texts, by style; fails below the bars, and says what fails
	$(BIN)/python -m bench.readings

bench-hostile: ## milliseconds of each parser for hostile repetitions at the limit of its field; fails above 200
	$(BIN)/python -m bench.hostile

##@ Change
guide-pictures: .venv/everything ## take the pictures of the user guide (docs/guide/pictures) from the demo, in both languages
	$(BIN)/python -m tests.guide.pictures

specification: .venv/everything ## write what programs can do (docs/api.json)
	$(BIN)/python -m tests.api.specification

fix: ## format, and fix what can be fixed safely
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat templates
	@$(CSS_FORMAT) --replace $(STYLES)

migration: ## m="what changes": a new migration from the models
	$(BIN)/flask --app app db migrate -m "$(m)"

db: ## migrate the database
	$(BIN)/flask --app app db upgrade

words: ## extract, update and compile the sentences
	$(BIN)/pybabel -q extract -F tracker/translations/babel.cfg -k lazy_gettext -k _l --no-location --sort-output --omit-header -o tracker/translations/messages.pot .
	$(BIN)/pybabel -q update -i tracker/translations/messages.pot -d tracker/translations -l id --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 130
	$(BIN)/pybabel -q extract --no-location --sort-output --omit-header -o tracker/translations/click.pot "$$($(BIN)/python -c 'import click; print(click.__path__[0])')"
	$(BIN)/pybabel -q update -D click -i tracker/translations/click.pot -d tracker/translations -l id --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 130
	$(BIN)/pybabel -q compile -d tracker/translations -D "messages click"

clean: ## delete installed and cached files
	rm -rf .venv .tools sbom.json .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Setup uses uv if it is available, otherwise pip.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || .ci/packages python3-venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9 2>/dev/null || true

define install
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r $(1); \
	else $(BIN)/pip install --quiet --disable-pip-version-check -r $(1); fi
	@touch $@
endef

# Tools for checks from outside, each in its own environment.
.tools/cyclonedx-bom: PACKAGE = cyclonedx-bom==7.5.0
.tools/pip-licenses: PACKAGE = pip-licenses==5.5.5
.tools/pip-audit: PACKAGE = pip-audit==2.10.1
.tools/wapiti3: PACKAGE = wapiti3==3.2.3
.tools/meaning: requirements.txt requirements-meaning.txt
	@$(PYTHON) -m venv $@
	@$@/bin/pip install --quiet --disable-pip-version-check -r requirements.txt && \
	$@/bin/pip install --quiet --disable-pip-version-check -r requirements-meaning.txt || { rm -rf $@; exit 1; }
.tools/%:
	@$(PYTHON) -m venv $@
	@$@/bin/pip install --quiet --disable-pip-version-check $(PACKAGE) || { rm -rf $@; exit 1; }

.venv/runtime: .venv/bin/python requirements.txt
	$(call install,requirements.txt)

.venv/everything: .venv/runtime tests/requirements.txt
	$(call install,tests/requirements.txt)

.PHONY: help run install compiled test checks long slow-tests packages prepared lint types floors templates styles fast states inbox-states non-interference duties faults interleavings script browser image sbom licences audit scan mutants bench bench-data bench-compare bench-exports proposed-before meaning bench-review bench-feed bench-front bench-documents bench-readings bench-hostile house guide-pictures specification fix migration db words clean
