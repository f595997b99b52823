package lsp

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// FuzzConfiguration sends requests about configurations that bytes are made
// into, some of them nonsense, while texts change. All are answered, and none
// with an internal error; and what is to be saved is what follows from the
// changes.
func FuzzConfiguration(f *testing.F) {
	f.Add([]byte("menus and changes of configurations"))
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
	f.Add([]byte("\x02\x01\x00\x03\x04\x00\x01\x02\x05\x06\x01\x00\x00\x00\x02\xff\xfe\x10\x11"))
	f.Fuzz(func(t *testing.T, input []byte) {
		synctest.Test(t, func(t *testing.T) { fuzzConfiguration(t, input[:min(len(input), 300)]) })
	})
}

func fuzzConfiguration(t *testing.T, input []byte) {
	e := startEditor(t, map[string]string{
		"Kconfig": "mainmenu \"Fuzz\"\nconfig MODULES\n\tbool \"m\"\n\tmodules\nsource \"sub\"\nif A\nchoice\n\tprompt \"漢\"\nconfig B\n\tbool \"b\"\nconfig C\n\tbool \"c\"\nendchoice\nendif\n",
		"sub":     "config A\n\ttristate \"a\"\n\tselect D if T\nconfig D\n\tint \"d\"\n\trange 1 9\nconfig T\n\tdef_bool $(shell,tool)\nmenu \"M\"\n\tvisible if T\nconfig S\n\tstring \"s\"\nendmenu\n",
		".config": "CONFIG_A=m\nCONFIG_C=y\r\nCONFIG_D=77\nCONFIG_S=\"é\\\"\nrubbish",
		"other":   "# CONFIG_A is not set\n",
	}, clientOptions{capabilities: []string{"", capabilitiesOf["minimal"], capabilitiesOf["create"]}[len(input)%3]})
	e.settle()
	next := func() int {
		if len(input) == 0 {
			return 0
		}
		b := input[0]
		input = input[1:]
		return int(b)
	}
	pick := func(texts ...string) string { return texts[next()%len(texts)] }
	var nodes []string
	for len(input) > 0 {
		params := map[string]any{}
		if config := pick("", "", ".config", "other", "none", "untitled:x", "Kconfig", "sub/x"); config != "" {
			params["config"] = e.uri(config)
		}
		switch next() % 8 {
		case 0:
			params["textDocument"] = protocol.TextDocumentIdentifier{URI: e.uri(pick("Kconfig", "sub", "nowhere", "untitled:y"))}
		case 1:
			params["root"] = pick(string(protocol.URIFromPath(e.dir)), "", "file:///", "x", string(e.uri("sub")))
		case 2:
			params["arch"] = pick("", "x86", "é")
		}
		var changes []any
		for range next() % 6 {
			change := map[string]any{"symbol": pick("A", "B", "C", "D", "T", "S", "MODULES", "", "X")}
			if value := pick("y", "m", "n", "", "5", "0x5", "text \"\\", "null"); value != "null" {
				change["value"] = value
			}
			changes = append(changes, change)
		}
		switch next() % 6 {
		case 0, 1:
			params["depth"] = next() - 2
			params["node"] = append(nodes, "", "0.0", pick("x", ".", "é.1"))[next()%(len(nodes)+3)]
			var result menuResult
			if e.configRequest(methodMenu, params, &result) {
				nodes = []string{result.Node.ID}
				for _, child := range result.Node.Children {
					nodes = append(nodes, child.ID)
				}
			}
		case 2, 3:
			params["changes"] = changes
			var set setResult
			var saved struct {
				Config configFile
				Edit   json.RawMessage
			}
			ok := e.configRequest(methodSet, params, &set)
			if e.configRequest(methodSave, params, &saved) != ok {
				t.Error("only one of kconfig/set and kconfig/save is answered")
			}
			if text, _ := e.text(set.Config.URI); ok && (set.Diff == "") != (string(saved.Edit) == "null") {
				t.Errorf("%q: the difference is %q, the edit %s", text, set.Diff, saved.Edit)
			}
		case 4:
			if b := e.buffers[e.uri("sub")]; !b.open {
				e.openFile("sub")
			} else {
				at := strings.IndexByte(b.text, '\n') + 1
				text := pick("config NEW\n\tbool \"new\"\n", "# comment\n", "if A\n", "endif\n", "\tdepends on !A\n")
				p := position(b.text, at, e.encoding)
				b.edit(at, at, text)
				b.version++
				e.didChange(e.uri("sub"), b.version, protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{Start: p, End: p}, Text: text})
			}
		case 5:
			e.changeOnDisk("other", pick("", "CONFIG_A=y\n", "CONFIG_B=y\nCONFIG_C=y", "\r\r\n\x00=\"", "# CONFIG_A is not set"))
		}
	}
	e.finish()
}

// configRequest sends a request and reports whether it was answered well. Errors
// must be those that tell who asked what was wrong.
func (e *editor) configRequest(method string, params, result any) bool {
	e.t.Helper()
	err := e.try(method, params, result)
	if err != nil && !strings.HasPrefix(err.Error(), "-32602") && !strings.HasPrefix(err.Error(), "-32803") {
		e.t.Errorf("%s: %v", method, err)
	}
	return err == nil
}
