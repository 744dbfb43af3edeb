# Two commands on a fresh machine: make run, make test. `make help` lists the others.
# Needs Python >= 3.11 with venv, and make; nothing else.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= tipline-data
PUBLIC_PORT ?= 8000
DESK_PORT ?= 8001
T ?= tests

.PHONY: help run test test-long check fix demo bench docs messages pictures lock clean

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/run.done: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Tipline needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@echo "making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "installing Tipline's libraries (hash-locked; half a minute on a first run)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/run.done
	@echo "installing what the checks need (hash-locked)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/bench.done: requirements/bench.txt $(VENV)/test.done
	@echo "installing what the benchmarks measure beside us (hash-locked)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/bench.txt
	@touch $@

run: $(VENV)/run.done ## install and start everything with the demonstration loaded
	@$(BIN)/tipline serve --data $(DATA) --public-port $(PUBLIC_PORT) --desk-port $(DESK_PORT) --demo --second-factor optional

test: $(VENV)/test.done ## the checks and the fast tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -q $(T)

test-long: $(VENV)/test.done ## faults, browser, bulk and PostgreSQL tests
	@$(BIN)/python -m pytest -q -m long $(T)

check: $(VENV)/test.done ## style, types, import contracts, unused code and dependencies
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/vulture
	@$(BIN)/deptry src
	@$(BIN)/python .ci/messages.py --check

fix: $(VENV)/test.done ## mend what a machine can mend
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

demo: $(VENV)/run.done ## load the demonstration into a running Tipline
	@$(BIN)/tipline demo --data $(DATA)

bench: $(VENV)/bench.done ## the figures that the README states (minutes)
	@sh benchmarks/all.sh

docs: $(VENV)/test.done ## write the generated pages of docs/reference anew
	@$(BIN)/python tests/house/test_generated_docs.py

messages: $(VENV)/test.done ## gather and compile the words that people see
	@$(BIN)/python .ci/messages.py

pictures: $(VENV)/test.done ## take the pictures in docs/images anew (needs Chromium)
	@TIPLINE_PICTURES=1 $(BIN)/python -m pytest -q -m long tests/journeys/test_journey.py -k scripts

lock: ## renew the locked requirements (needs uv)
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --group build -o requirements/run.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --group build --group test -o requirements/test.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --group build --group test --group bench -o requirements/bench.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --group build --group test --group spark -o requirements/spark.txt

clean: ## remove what make made, never the data
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
