# Everything a person does here begins with one of these words; `make` alone lists them.
# `run` and `test` need Rust, Node.js and git, and bring what else they need: Debian's and npm's packages, two tools.
# One profile builds everything (docs/adr), and always the whole workspace: `-p` may choose other features.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

TARGET := $(or $(CARGO_TARGET_DIR),target)
BIN := $(TARGET)/release
WHOLE := --release --workspace --locked
DATA := data
export PATH := $(CURDIR)/target/tools/bin:$(PATH)

FRONTEND_SOURCES = $(shell find frontend \( -name node_modules -o -name dist \) -prune -o -type f -print 2>/dev/null)

.PHONY: help run test bench lint fmt assets build demo screenshots torture clean-demo debian-build debian-test tools

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

run: debian-build assets build ## Build, make the demo in ./data if there is none, and serve it
	@scripts/demo $(BIN)/linli $(DATA)
	@exec $(BIN)/linli serve --data $(DATA)

test: debian-test tools assets build lint ## Build, lint and run every test; nothing is skipped
	@scripts/slowest cargo nextest run $(WHOLE)

lint: tools assets build ## Formatting, clippy, the house's own checks, licences, and the scripts' own linters
	cargo fmt --all --check
	cargo clippy $(WHOLE) --all-targets -- -D warnings
	$(BIN)/xtask check
	cargo-deny --offline check licenses bans sources
	cd frontend && npm run --if-present lint && npm run --if-present test

fmt: ## Format the Rust code
	cargo fmt --all

build: debian-build assets
	cargo build $(WHOLE)

assets: frontend/node_modules/.built ## npm packages, styles and scripts of the pages

frontend/node_modules/.installed: frontend/package-lock.json frontend/.npmrc
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

frontend/node_modules/.built: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	cd frontend && npm run build
	@touch $@

demo: build ## Make the demo communities in ./data, if there is none
	@scripts/demo $(BIN)/linli $(DATA)

clean-demo: ## Remove ./data and its key
	rm -rf ./$(DATA) ./$(DATA).key

bench: build ## Measure the store and the pages on this machine
	$(BIN)/linli-bench

torture: build ## Kill the server at bad moments and look for lost words
	$(BIN)/linli-bench torture

screenshots: debian-test build ## Pictures of the main pages, phone and desktop
	cd frontend && npm run screenshots

# A C compiler: SQLite is compiled in.
debian-build:
	@scripts/need-debian gcc libc6-dev

# PostgreSQL for the second engine, Chromium for the journeys, poppler and a CJK face to read the sheets and the screen.
debian-test: debian-build
	@scripts/need-debian postgresql chromium poppler-utils fonts-noto-cjk

tools:
	@scripts/need-tools
