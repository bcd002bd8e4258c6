# Every target does its own set-up, in .venv, on a machine that has only python3 (with venv), make and git.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
# Agents and daemons are started hundreds of times by the tests: they are compiled once, also where that is turned off.
unexport PYTHONDONTWRITEBYTECODE
FIND_PYTHON = for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	if $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done

.PHONY: help run test check bench docs dist test-real test-faults test-properties clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

run: $(VENV)/.console  ## watch this machine: daemon, agent and console (ARGS="…" are passed on)
	@$(BIN)/watchbill up $(ARGS)

test: $(VENV)/.dev  ## the fast tests, with whatever real programs this machine has
	$(BIN)/pytest -n 3 --dist worksteal -m "not faults" $(ARGS)

test-real: $(VENV)/.dev  ## install real programs (needs root and apt) and speak to each
	@.ci/programs
	$(BIN)/pytest -m real $(ARGS)

test-faults: $(VENV)/.dev  ## kill, fill and cut things on purpose, within bounds; each promise with what was measured
	@.ci/programs deep
	$(BIN)/pytest -n 3 --dist worksteal -m "faults or promise" --hypothesis-profile=deep $(ARGS)

test-properties: $(VENV)/.dev  ## what must hold whatever is given: thousands of examples each
	$(BIN)/pytest -n 2 -m hypothesis --hypothesis-profile=deep $(ARGS)

check: $(VENV)/.dev  ## format, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: $(VENV)/.dev  ## every benchmark, each beside its reference
	$(BIN)/python -m bench.agent
	$(BIN)/python -m bench.look
	$(BIN)/python -m bench.admit
	$(BIN)/python -m bench.door
	$(BIN)/python -m bench.console
	$(BIN)/python -m bench.model
	$(BIN)/python -m bench.week

docs: $(VENV)/.dev  ## write the pages that are made from the code
	$(BIN)/python -m docs.write

dist: $(VENV)/.dev  ## into dist/: wheels, and the agent with a Python of its own: .tar.xz, .deb, .rpm
	$(BIN)/python -m packages $(ARGS)

clean:  ## forget the set-up
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/bin/python:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "Watchbill needs Python 3.11 or newer, and found none."; \
		echo "Debian 12 and Ubuntu 24.04 have it: apt install python3 python3-venv"; exit 1; fi; \
	echo "setting up $(VENV) with $$($$python --version) …"; \
	$$python -m venv $(VENV) || { \
		echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.console: pyproject.toml | $(VENV)/bin/python
	@echo "installing the console (a minute, once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[console]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "installing what the tests need (a minute, once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.console
