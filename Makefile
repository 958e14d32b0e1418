# Every task of the project. `make` alone lists them.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.SILENT:
.NOTPARALLEL:
.PHONY: help run test lint format assets lock clean .venv

# Set in some shells, it would compile the whole application anew at every start.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
SEEDS := $(patsubst %/,%,$(sort $(wildcard seeds/*/)))
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# Runs a command that speaks only when it fails.
quietly = said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; exit 1; }

##@ Start here

help: ## List the tasks (this one)
	awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z.]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	echo

##@ Use it

run: ## Install, migrate, load the seeds, serve on http://127.0.0.1:8000 (PORT=8001 for another)
	.ci/environment run
	.ci/assets
	$(BIN)/flask --app wsgi database upgrade
	$(BIN)/flask --app wsgi seeds load $(SEEDS) --only-into-empty --commit
	test "$$ENVIRONMENT" = production || $(BIN)/flask --app wsgi accounts demonstrate --commit
	exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py

##@ Work on it

test: lint ## Everything: lint, then every test on both databases and in a browser
	.ci/assets
	.ci/browser
	$(BIN)/pytest --numprocesses 2 --no-loadscope-reorder

lint: ## Style, types, import contracts, templates, security, locks
	.ci/environment test
	$(BIN)/ruff check --quiet
	$(call quietly,$(BIN)/ruff format --check)
	$(call quietly,$(BIN)/mypy)
	$(call quietly,$(BIN)/lint-imports --no-logo --no-cache)
	$(call quietly,$(BIN)/djlint app/templates --check --lint)
	$(BIN)/bandit --quiet --configfile pyproject.toml -ll --recursive app deploy migrations wsgi.py
	$(call quietly,! grep -nE 'https?://|^--' requirements.txt .ci/requirements.txt .ci/uv.txt)

format: ## Put code and templates in order
	.ci/environment test
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format --quiet
	$(BIN)/djlint app/templates --reformat --quiet >/dev/null || true

assets: ## Join the style sheets; bring the browser's libraries, checked by SHA-256
	.ci/environment run
	.ci/assets

lock: ## Move every dependency to its newest version and pin it with its hashes
	.ci/environment run
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --group dev --constraint requirements.txt --output-file .ci/requirements.txt
	echo uv | $(COMPILE) - --constraint .ci/requirements.txt --output-file .ci/uv.txt

clean: ## Remove what these tasks made; the data in instance/ stays
	rm -rf .venv static/bundle static/vendor .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache htmlcov
	find app deploy migrations tests wsgi.py -name __pycache__ -type d -prune -exec rm -rf {} +

.venv:
	.ci/environment test
