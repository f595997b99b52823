module github.com/kconfig-ls/kconfig-ls

go 1.25

require (
	github.com/sourcegraph/jsonrpc2 v0.2.3
	github.com/tliron/glsp v0.2.2
)
