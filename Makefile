# Two commands are enough: `make run` and `make test`. Plain `make` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PORT ?= 8000
DEMO := demo/lineofsight.db
APP_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/__generated__/*' \
	-not -path '*/e2e/*' -not -name '*.test.ts*' 2>/dev/null)

.PHONY: help setup run test check dev schema migration bench lock wheel

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready node_modules/.ready backend/lineofsight/web/index.html ## Install what is needed and build the app

run: setup ## Serve a demo agency at http://127.0.0.1:8000 (PORT=… for another)
	@if [ ! -e $(DEMO) ]; then \
		mkdir -p demo && rm -f demo/new.db* && \
		echo "Seeding the demo agency" && \
		LINEOFSIGHT_DATABASE_URL=sqlite://demo/new.db $(BIN)/lineofsight demo > /dev/null && \
		mv demo/new.db $(DEMO); \
	fi
	@LINEOFSIGHT_DATABASE_URL=sqlite://$(DEMO) exec $(BIN)/lineofsight serve --port $(PORT)

test: setup ## Run all tests: both databases, the app, journeys in a browser
	@scripts/test

check: setup ## Lint, types, import contracts, schema up to date
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml --no-logo
	$(BIN)/lineofsight schema | diff -u schema.graphql - || { echo "schema.graphql is out of date: make schema"; exit 1; }
	$(BIN)/python -m lineofsight.graph.access_page | diff -u docs/access.md - || { echo "docs/access.md is out of date: make schema"; exit 1; }
	npm --silent -w frontend run check

dev: setup ## Both servers with reload: app at http://127.0.0.1:5173, graph at :8000
	@scripts/dev

schema: .venv/.ready ## Write schema.graphql and docs/access.md from the code
	@$(BIN)/lineofsight schema > .schema.new || { rm -f .schema.new; exit 1; }
	@mv .schema.new schema.graphql
	@$(BIN)/python -m lineofsight.graph.access_page > docs/access.md

migration: .venv/.ready ## Make a migration from changed models (NAME=what_it_does)
	@$(BIN)/python -m lineofsight.kernel.make_migration "$(or $(NAME),$(error say what it does: make migration NAME=goal_colour))"

bench: setup ## Measure the graph on a demo agency
	@$(BIN)/python -m bench

lock: ## Renew the locked Python dependencies (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" pyproject.toml -o requirements/runtime.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --group dev -c requirements/runtime.txt pyproject.toml \
		-o requirements/dev.txt

wheel: setup ## Build dist/lineofsight-….whl, which carries the built app
	@$(BIN)/python -m pip --quiet wheel --no-deps --no-build-isolation -w dist .
	@ls dist/*.whl

.venv/.ready: requirements/dev.txt pyproject.toml scripts/setup-python
	@scripts/setup-python

node_modules/.ready: package-lock.json package.json frontend/package.json
	@scripts/setup-node

backend/lineofsight/web/index.html: node_modules/.ready schema.graphql $(APP_SOURCES)
	@echo "Building the app"
	@npm --silent -w frontend run build > .venv/build.log 2>&1 || { cat .venv/build.log; exit 1; }
	@touch $@
