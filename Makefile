# Rubrika: from a dirty crawl to trained heads and a report. `make` alone shows what there is.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
RUBRIKA := $(VENV)/bin/rubrika
READY := $(VENV)/.ready
export RUBRIKA_HOME ?= var
DATA ?= data/sample/crawl.tsv
LABELS ?= $(if $(filter data/sample/crawl.tsv,$(DATA)),data/sample/labels.csv)
STARTED := $(RUBRIKA_HOME)/.ingesting
.DEFAULT_GOAL := help
.PHONY: help setup data ingest embed train evaluate test check lint types contracts bench figures clean

help: ## show this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(READY) ## make .venv and install everything, pinned

$(READY): pyproject.toml
	@echo "setting up $(VENV) (a few minutes, once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 2; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

data: $(READY) ## fetch a public crawl: make data URL=https://... (needs a network)
	@$(VENV)/bin/python data/fetch.py $(URL)

# Into an empty store only; the mark lets an ingest that was interrupted go on.
ingest: $(READY)
	@if [ ! -e $(RUBRIKA_HOME)/store/articles.lance ] || [ -e $(STARTED) ]; then \
	  mkdir -p $(RUBRIKA_HOME) && touch $(STARTED) && $(RUBRIKA) ingest $(DATA) \
	  $(if $(LABELS),&& $(RUBRIKA) labels import $(LABELS)) && rm $(STARTED); \
	elif [ "$(origin DATA)" = "command line" ]; then \
	  echo "$(RUBRIKA_HOME) holds articles already, DATA is not read; to add it: rubrika ingest $(DATA)" >&2; fi

embed: $(READY) ingest ## embed what is missing; ingests the sample (or DATA=FILE LABELS=FILE) into an empty store first
	@$(RUBRIKA) embed

train: $(READY) ## train the heads whose labels or settings changed
	@$(RUBRIKA) train

evaluate: $(READY) ## measure the newest bundle on the test part; prints the table and the report's path
	@$(RUBRIKA) evaluate

test: $(READY) ## run the tests
	@$(VENV)/bin/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

check: lint types contracts ## what CI runs besides the tests

lint: $(READY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: $(READY)
	@$(VENV)/bin/mypy rubrika.py pipeline store models service

contracts: $(READY)
	@$(VENV)/bin/lint-imports

bench: $(READY) ## measure speed, memory and quality
	@$(VENV)/bin/python -m benchmarks

figures: $(READY) ## draw the pictures of the docs again
	@$(VENV)/bin/python docs/figures.py

clean: ## remove the environment and caches; the state in var/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
