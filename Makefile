# Thin on purpose: set-up is in local/setup, the stack in local/stack, the command line in apps/cli.
SHELL := /bin/bash
.SHELLFLAGS := -uo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test check types lint format dependencies dockerfile images up down doctor bench deploy-check

BIN := node_modules/.bin
NODE := $(BIN)/node
STACK := $(NODE) local/stack/src/main.ts
PERSONA ?=
ONLY ?=

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing (Debian packages, Node 24, npm, LiveKit Server, S3, OpenSearch, recogniser, sentence encoder)
	@bash local/setup/setup.sh

demo: setup ## Set up, start everything, take one spoken call, show it, stop (PERSONA=FILE calls as somebody else, NET=zones through two domains)
	@$(STACK) demo $(if $(PERSONA),--persona '$(PERSONA)')

test: setup ## Set up and run all tests (ONLY=FOLDER: those in it)
	@$(NODE) tests/run.ts $(ONLY)

check: ## Types, lint, formatting, direction of dependencies
	@bash local/setup/setup.sh npm
	@$(MAKE) --no-print-directory -k -j2 --output-sync=target types lint format dependencies dockerfile
	@echo '  ✓ types, lint, formatting, direction of dependencies, Dockerfile'

types:
	@$(NODE) $(BIN)/tsc --noEmit
lint:
	@$(NODE) $(BIN)/eslint --max-warnings 0 .
format:
	@$(NODE) $(BIN)/prettier --check --log-level warn .
dependencies:
	@$(NODE) $(BIN)/depcruise --config .dependency-cruiser.cjs --output-type err $(wildcard packages apps edge images infra local bench tests)

dockerfile:
	@bash images/lint.sh

images: setup ## Execute the Dockerfile's steps without a container engine, and start each app in what comes of it (as root)
	@for target in mcp recorder agent; do $(NODE) images/run/main.ts $$target || exit 1; done

up: setup ## Start the stack and keep it running
	@$(STACK) up

down: ## Stop the stack
	@if [ -x $(NODE) ]; then $(STACK) down; else echo 'Nothing is set up, so nothing runs.'; fi

doctor: ## Check tools, versions, ports, disk, memory, clock; says what to do about each fault
	@bash local/setup/doctor.sh

deploy-check: ## Synthesise the deployment on AWS, and hold what can reach what to the flow matrix (no account needed)
	@bash local/setup/setup.sh npm
	@$(NODE) infra/bin/check.ts

bench: setup ## Print the figures: word error rate of the recogniser, item accuracy over all personas
	@$(NODE) bench/wer/run.ts
	@$(STACK) exec $(NODE) bench/personas/main.ts
