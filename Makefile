# `make run` serves, `make test` tests; both begin with `make setup`. See README.md.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check bench screenshots words drawings messages requirements format

VENV := .venv
PYTHON := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
PO_FILES := $(wildcard locale/*/LC_MESSAGES/*.po)
PIP_INSTALL := $(PYTHON) -m pip install --quiet --no-input --disable-pip-version-check --require-hashes
SOURCES := regulator institutions inspections fees tests packaging benchmarks manage.py
export DJANGO_SETTINGS_MODULE ?= regulator.settings.local
export PYTHONUTF8 = 1

help:
	@echo "make run          serve on http://127.0.0.1:\$$PORT/ (8000), with a demonstration district"
	@echo "make test         the whole suite; TEST_DATABASE_URL and TEST_BROKER_URL add PostgreSQL and Redis"
	@echo "make check        ruff, mypy, import-linter, djlint, makemigrations --check"
	@echo "make bench        every benchmark, into benchmarks/results.json"
	@echo "make screenshots  pictures of the running demonstration, into docs/screenshots/"
	@echo "make drawings     the state diagrams of the journeys, into docs/journeys/"
	@echo "make words        the words of the topics' descriptions, weighed, into institutions/data/"
	@echo "make setup        the setting-up alone"
	@echo "make messages     texts into locale/en, and compiled"
	@echo "make requirements pin and hash the requirements anew"

setup: $(STAMPS)/messages $(STAMPS)/native-run

setup-dev: setup $(STAMPS)/requirements-dev $(STAMPS)/native-test

run: setup
	@exec $(PYTHON) manage.py prepare --then web worker beat

test: setup-dev
	@$(PYTHON) packaging/run_tests.py

check: setup-dev
	@$(PYTHON) packaging/run_checks.py

bench: setup-dev
	@$(PYTHON) manage.py prepare
	@$(PYTHON) -m benchmarks

screenshots: setup-dev
	@$(PYTHON) packaging/screenshots.py

words: setup-dev
	@$(PYTHON) packaging/description_words.py

drawings: setup-dev
	@$(PYTHON) packaging/journey_drawings.py

messages: setup-dev
	@$(PYTHON) packaging/messages.py extract
	@$(PYTHON) packaging/messages.py compile

format: setup-dev
	@$(VENV)/bin/ruff check --fix $(SOURCES)
	@$(VENV)/bin/ruff format $(SOURCES)

requirements:
	@sh packaging/pin_requirements.sh

$(STAMPS)/venv: packaging/make_venv.sh packaging/debian.txt
	@sh packaging/make_venv.sh
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/native-run: packaging/debian.txt $(STAMPS)/venv
	@$(PYTHON) packaging/native.py run
	@touch $@

$(STAMPS)/native-test: packaging/debian.txt $(STAMPS)/venv
	@$(PYTHON) packaging/native.py test browser
	@touch $@

$(STAMPS)/requirements: requirements.txt $(STAMPS)/venv
	@echo "安装依赖 / installing requirements.txt (once)"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(STAMPS)/requirements-dev: requirements-dev.txt $(STAMPS)/requirements
	@echo "安装测试依赖 / installing requirements-dev.txt (once)"
	@$(PIP_INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch $@

$(STAMPS)/messages: $(PO_FILES) packaging/messages.py $(STAMPS)/requirements
	@$(PYTHON) packaging/messages.py compile
	@touch $@
