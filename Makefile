# For podcasters: publish, plan, preview, feed, check. For developers: test, test-fast, lint, docs, bench.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SWIFT := $(VENV)/swift
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Python keeps what it compiled, whatever the surroundings say: programs start twice as fast.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help publish plan preview feed check test test-fast test-deep test-stores lint docs bench catalogue clean
.DEFAULT_GOAL := help

help: ## show these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

publish: $(READY) ## put every new and changed episode on the air
	@$(BIN)/sendeturm publish

plan: $(READY) ## show what publish would do
	@$(BIN)/sendeturm plan

preview: $(READY) ## see and hear the show on this computer
	@$(BIN)/sendeturm preview

feed: $(READY) ## rebuild feed and pages from what is published (for cron)
	@$(BIN)/sendeturm feed

check: $(READY) ## look for mistakes
	@$(BIN)/sendeturm check

test: $(READY_DEV) lint ## run everything
	@$(BIN)/python -m pytest -n 2 --dist worksteal

test-fast: $(READY_DEV) ## run what takes less than a minute
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

test-stores: $(READY_DEV) $(SWIFT)/.ready ## run the store tests on OpenStack Swift
	@SENDETURM_SWIFT=$(CURDIR)/$(SWIFT) $(BIN)/python -m pytest -n 2 tests/store -k "[swift"

test-deep: $(READY_DEV) ## try very many orders of publishers, cron, faults and crashes
	@SENDETURM_EXAMPLES=50000 $(BIN)/python -m pytest --timeout=0 tests/publish/test_publish_interleavings.py

lint: $(READY_DEV) ## style, types, direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports > .venv/imports.log || { cat .venv/imports.log; exit 1; }

docs: $(READY_DEV) ## make the documentation's website in docs/_build
	@$(BIN)/python -m sphinx --fail-on-warning --fresh-env --quiet docs docs/_build
	@echo "Open docs/_build/index.html"

bench: $(READY_DEV) ## time and memory beside the peers, as ratios
	@$(BIN)/python benchmarks/start.py
	@$(BIN)/python benchmarks/mastering.py
	@$(BIN)/python benchmarks/levelling.py --write docs/sound.md
	@$(BIN)/python benchmarks/uploads.py
	@$(BIN)/python benchmarks/pages.py
	@$(BIN)/python benchmarks/unchanged.py
	@$(BIN)/python benchmarks/feeds.py

catalogue: $(READY_DEV) ## bring the message catalogues and the pages made from the code up to date
	@$(BIN)/python tools/catalogue.py

clean: ## remove the virtual environment and the cache (never the published show)
	rm -rf $(VENV) .sendeturm

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sendeturm needs Python 3.11 or newer; set PYTHON=python3.12 or the like")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) 'pip>=24.2'

$(READY): $(VENV)/pyvenv.cfg pyproject.toml constraints.txt $(wildcard src/sendeturm/i18n/locale/*/LC_MESSAGES/*.po)
	@echo "Setting up sendeturm in $(VENV)/ (once) ..."
	@$(PIP_INSTALL) -e .
	@touch $@

$(READY_DEV): $(READY) tests/readers/package.json
	@echo "Setting up what the tests need (once) ..."
	@$(PIP_INSTALL) -e '.[dev]'
	@command -v npm > /dev/null || { \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install --no-install-recommends nodejs npm > $(VENV)/apt-npm.log 2>&1 || { cat $(VENV)/apt-npm.log; exit 1; }; \
	else echo "The tests read feeds with Node, too. Install it (Debian: apt-get install npm) and try again."; exit 1; fi; }
	@mkdir -p $(VENV)/readers && cp tests/readers/package.json $(VENV)/readers/
	@npm install --prefix $(VENV)/readers --no-package-lock --no-audit --no-fund --loglevel=error > $(VENV)/npm.log 2>&1 || { cat $(VENV)/npm.log; exit 1; }
	@for name in $(BROWSERS); do command -v $$name > /dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install --no-install-recommends chromium > $(VENV)/apt.log 2>&1 || { cat $(VENV)/apt.log; exit 1; }; \
	else echo "The tests open the pages in Chromium. Install it (Debian: apt-get install chromium) and try again."; exit 1; fi
	@touch $@

$(SWIFT)/.ready: $(READY_DEV)
	@echo "Setting up OpenStack Swift in $(SWIFT)/ (once) ..."
	@command -v memcached > /dev/null || { \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install --no-install-recommends memcached > $(VENV)/apt.log 2>&1 || { cat $(VENV)/apt.log; exit 1; }; \
	else echo "Swift needs memcached. Install it (Debian: apt-get install memcached) and try again."; exit 1; fi; }
	@$(PYTHON) -m venv $(SWIFT)
	@$(SWIFT)/bin/python -m pip install --quiet --disable-pip-version-check 'swift==2.38.3' 'setuptools<81'
	@touch $@
