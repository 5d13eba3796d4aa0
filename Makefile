# One folder of tools: .venv. Everything can be run again.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup check test fast

setup:  ## system packages, the virtual environment, the program
	sh tools/setup.sh

check:  ## everything that must be clean before a commit
	sh tools/setup.sh tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

fast:  ## the tests that take seconds
	$(BIN)/pytest -m "not programs"
