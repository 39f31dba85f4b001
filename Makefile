# What people type. Each rule is a few plain commands; the README lists them for machines without make.

PYTHON ?= python3
JOBS ?= 2
RUN = .venv/bin/python
WITH_DATABASE = $(RUN) -m batikportal.devdb run --fast --
# Production settings for checks that only look at settings and models; the keys guard nothing.
AS_PRODUCTION = env DEBUG=False SECRET_KEY=only-for-this-check-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789 \
	IDENTIFIER_KEYS=b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI= IDENTIFIER_INDEX_KEY=only-for-this-check-0123456789-ABCDEFGHIJ

.PHONY: help demo test check style laws types migrations deployment format lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    the portal with fictitious data on http://localhost:8000/ (PORT=8001 for another port)"
	@echo "make test    all tests (ARGS='tests/wastewater -x' for some)"
	@echo "make check   style, types, laws of the house, migrations, deployment settings"
	@echo "make format  lay out Python files and templates"
	@echo "make lock    bring requirements/*.txt up to date with pyproject.toml (needs uv)"
	@echo "make clean   remove what demo and tests made: databases, collected files, caches, .venv"

demo: .venv/demo.ok
	@$(RUN) -m batikportal.rundemo

test: .venv/test.ok
	@$(RUN) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: style laws types migrations deployment

TEMPLATES = find templates -name '*.html' -print0

style: .venv/test.ok
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(TEMPLATES) | xargs -0 .venv/bin/djade --check

laws: .venv/test.ok
	.venv/bin/lint-imports

types: .venv/test.ok
	$(AS_PRODUCTION) $(RUN) -m mypy

migrations: .venv/test.ok
	$(AS_PRODUCTION) $(WITH_DATABASE) $(RUN) manage.py makemigrations --check --dry-run

deployment: .venv/test.ok
	$(AS_PRODUCTION) $(WITH_DATABASE) $(RUN) manage.py check --deploy --fail-level WARNING

format: .venv/test.ok
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .
	$(TEMPLATES) | xargs -0 .venv/bin/djade

# The lock files hold exact versions with hashes, for every system and Python from 3.11, and no host of a registry.
# The widest set is resolved first; the others take their versions from it.
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	$(COMPILE) --upgrade --extra demo --extra test --extra browser -o requirements/browser.txt
	$(COMPILE) -c requirements/browser.txt --extra demo --extra test -o requirements/test.txt
	$(COMPILE) -c requirements/browser.txt --extra demo -o requirements/demo.txt
	$(COMPILE) -c requirements/browser.txt -o requirements/run.txt

clean:
	@if [ -x $(RUN) ]; then for data in .devdb/*.lock; do [ ! -e "$$data" ] || \
		env -u DATABASE_URL DEVDB_DATA="$${data%.lock}" $(RUN) -m batikportal.devdb remove; done; fi
	rm -rf .venv .devdb var .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installing: once, and again when a lock file changed. Offline afterwards.
INSTALL = $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r

.venv/demo.ok: requirements/demo.txt | .venv/bin/pip
	@echo "Installing the packages of $< into .venv (about a minute, only this time) …"
	@$(INSTALL) $< || { echo "Installing failed: check the network and try again; nothing else was changed."; exit 1; }
	@touch $@

.venv/test.ok: requirements/browser.txt | .venv/bin/pip
	@echo "Installing the packages of $< into .venv (about a minute, only this time) …"
	@$(INSTALL) $< || { echo "Installing failed: check the network and try again; nothing else was changed."; exit 1; }
	@touch $@ .venv/demo.ok

.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Python is missing: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "The portal needs Python 3.11 or newer, $(PYTHON) is older: install one and name it, as in make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing: sudo apt install python3-venv"; exit 1; }
	@echo "Creating the virtual environment .venv …"
	@$(PYTHON) -m venv --clear .venv
