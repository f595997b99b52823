# "make help" lists the targets.

GO            ?= go
PREFIX        ?= /usr/local
DESTDIR       ?=
FUZZTIME      ?= 10s
BENCHTIME     ?= 2s

# Pinned: another version finds other things.
GOLANGCI_LINT_VERSION := v2.12.2

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
DATE    := $(shell TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null || echo unknown)
LDFLAGS := -X main.version=$(VERSION) -X main.commit=$(COMMIT) -X main.date=$(DATE)

BINARY := bin/kconfig-ls$(shell $(GO) env GOEXE)
LINTER := bin/tools/golangci-lint-$(GOLANGCI_LINT_VERSION)

.DEFAULT_GOAL := build

.PHONY: build
build: ## Build bin/kconfig-ls
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "$(LDFLAGS)" -o $(BINARY) ./cmd/kconfig-ls

.PHONY: install
install: build ## Install into PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/

.PHONY: test
test: ## Run the tests
	$(GO) test ./...

.PHONY: race
race: ## Run the tests of what is concurrent with the race detector
	$(GO) test -race ./analysis/... ./lsp/...

.PHONY: golden
golden: ## Write the expected parts of the tests anew: look at the difference before you commit
	@for dir in $$(grep -rl --include='*_test.go' 'Bool("update"' . | xargs -r -n1 dirname | sort -u); do \
		echo "$(GO) test $$dir -update"; $(GO) test "$$dir" -update || exit; done

.PHONY: bench
bench: ## Print the table of figures the project holds itself to (BENCHTIME=2s; needs KCONFIG_LS_LINUX=tree)
	$(GO) run ./cmd/benchtable -benchtime $(BENCHTIME)

.PHONY: lint
lint: $(LINTER) ## Check style, likely mistakes and the layering
	$(LINTER) run ./...

$(LINTER):
	GOBIN=$(CURDIR)/bin/tools $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	mv bin/tools/golangci-lint$(shell $(GO) env GOEXE) $@

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME (10s)
	.ci/fuzz $(FUZZTIME)

# Some of: neovim emacs-eglot emacs-lsp-mode vim helix kate vscode vscode-floor
EDITORS ?=

.PHONY: e2e
e2e: build ## Drive the built program: protocol conformance, and real editors (EDITORS="neovim helix"; see make editors)
	KCONFIG_LS_BIN=$(CURDIR)/$(BINARY) $(GO) test -count=1 -run '^TestServer$$' ./lsp/conformance
	editors/testing/run.sh $(BINARY) $(EDITORS)

.PHONY: editors
editors: ## Install the editors that make e2e drives: of Debian as root, newer ones into bin/editors
	editors/testing/install.sh neovim emacs vim helix kate
	editors/vscode/test/run.sh --install
	editors/vscode/test/run.sh --install --floor

VSCODE_TARGET ?= linux-x64

.PHONY: vscode
vscode: ## Build the extension for Visual Studio Code into dist/ (VSCODE_TARGET=linux-x64; needs npm)
	cd editors/vscode && npm ci --ignore-scripts && node scripts/package.mjs --target $(VSCODE_TARGET)

.PHONY: vscode-packages
vscode-packages: ## Build the extension for all systems into dist/, and look into the packages (needs npm)
	cd editors/vscode && npm ci --ignore-scripts && node scripts/package.mjs --out $(CURDIR)/dist && node test/packages.mjs $(CURDIR)/dist

.PHONY: schema
schema: ## Make the JSON schema of the protocol anew from the official types (needs npm)
	cd lsp/testdata/protocol && npm ci --ignore-scripts && npm run generate

.PHONY: release
release: ## Build the archives of a release for all systems into dist/
	$(GO) run ./cmd/release -out dist $(if $(filter command environment,$(word 1,$(origin VERSION))),-version $(VERSION))

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin dist

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
