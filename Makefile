# Thin on purpose: each target is one call of a script that says what it does.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format screenshots guide-pictures lock clean python

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: python ## Set the site up and serve it as in production (HOST=, PORT=)
	@MAKE_PID=$$PPID exec $(PYTHON) -m deploy.run

dev: python ## Serve it for work on the code: reload, debug toolbar (HOST=, PORT=)
	@MAKE_PID=$$PPID exec $(PYTHON) -m deploy.run --dev

test: python ## Run everything that CI runs
	@$(PYTHON) -m deploy.bootstrap dev
	@MAKE_PID=$$PPID exec $(VENV_PYTHON) -m tests.run

lint: python ## Run the linters alone
	@$(PYTHON) -m deploy.bootstrap dev
	@MAKE_PID=$$PPID exec $(VENV_PYTHON) -m tests.run --lint

format: python ## Put the Python code into the project's format
	@$(PYTHON) -m deploy.bootstrap dev
	@$(VENV_PYTHON) -m ruff check --fix --quiet . ; $(VENV_PYTHON) -m ruff format .

screenshots: python ## Take pictures of every page into screenshots/
	@$(PYTHON) -m deploy.bootstrap dev
	@MAKE_PID=$$PPID exec $(VENV_PYTHON) -m tests.screenshots

guide-pictures: python ## Take the pictures of docs/editors.md anew into docs/images/desk/
	@$(PYTHON) -m deploy.bootstrap dev
	@MAKE_PID=$$PPID exec $(VENV_PYTHON) -m tests.guide_pictures

lock: python ## Rewrite the locked requirements (ARGS=--upgrade for newer releases)
	@$(PYTHON) -m deploy.bootstrap dev
	@sh deploy/lock.sh $(ARGS)

clean: ## Remove what was made, but not the site's data in var/
	@rm -rf .venv screenshots .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) is missing: install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)." >&2; \
		exit 1; }
