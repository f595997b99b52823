package lsp

import (
	"testing"
	"testing/synctest"
)

// TestChanged checks who is told that trees, views or values may be others, and
// when.
func TestChanged(t *testing.T) {
	files := map[string]string{
		"Kconfig": "mainmenu \"T\"\nconfig A\n\tbool \"A\"\n",
		".config": "CONFIG_A=y\n",
	}
	told := func(e *editor) int {
		e.settle()
		n := 0
		for _, message := range e.others {
			if message.method == methodChanged {
				n++
			}
		}
		e.others = nil
		return n
	}
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, files, clientOptions{
			capabilities: `{"experimental":{"kconfigChanged":true},"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}}`,
		})
		if told(e) == 0 {
			t.Error("not told that a tree was loaded")
		}
		e.openFile("Kconfig")
		told(e)
		e.changeOnDisk(".config", "")
		e.watched(".config")
		if told(e) == 0 {
			t.Error("not told that .config has changed")
		}
		e.finish()
	})
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, files, clientOptions{})
		if n := told(e); n != 0 {
			t.Errorf("a client that did not ask for it is told %d times", n)
		}
		e.finish()
	})
}
