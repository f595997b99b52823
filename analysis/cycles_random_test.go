package analysis

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// TestCirclesAreSeenByModel holds what findCycles relies on: a tree in which the
// kernel's tools find a circle has a model that may be circular.
func TestCirclesAreSeenByModel(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	circular, straight := 0, 0
	for range 1200 {
		text := randomDependencies(random)
		_, r, err := Load(vfstest.Memory{"/tree/Kconfig": text}, "/tree", Settings{Workers: 1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		found := check.Cycles(r.Sources, r.View(""), r.Dialect)
		if len(found) == 0 {
			straight++
			continue
		}
		circular++
		if !r.cachedModel("").model.MayBeCircular() {
			t.Fatalf("%s\nbut the model has no circle:\n%s", found[0].Message, text)
		}
	}
	if circular < 100 || straight < 100 {
		t.Errorf("%d trees with circles and %d without: too few", circular, straight)
	}
}

// randomDependencies returns a tree of a few symbols that depend on each other in all
// the ways that count. Some are defined nowhere, some have no type.
func randomDependencies(random *rand.Rand) string {
	var b strings.Builder
	b.WriteString("mainmenu \"T\"\n")
	n := 3 + random.IntN(6)
	name := func() string { return fmt.Sprintf("S%d", random.IntN(n+2)) }
	condition := func() string {
		switch random.IntN(5) {
		case 0:
			return name() + " && " + name()
		case 1:
			return "!" + name() + " || " + name()
		case 2:
			return name() + " = n"
		}
		return name()
	}
	suffix := func() string {
		if random.IntN(3) > 0 {
			return ""
		}
		return " if " + condition()
	}
	choice := false
	for i := range n {
		if random.IntN(6) == 0 && !choice {
			choice = true
			fmt.Fprintf(&b, "choice\n\tprompt \"c\"%s\n\tdefault S%d\n", suffix(), i)
		}
		kind := []string{"bool", "tristate", "int"}[random.IntN(3)]
		if choice {
			kind = "bool"
		}
		fmt.Fprintf(&b, "config S%d\n", i)
		if random.IntN(10) > 0 || choice {
			fmt.Fprintf(&b, "\t%s", kind)
			if random.IntN(2) == 0 || choice {
				b.WriteString(" \"p\"" + suffix())
			}
			b.WriteString("\n")
		}
		for random.IntN(3) == 0 {
			switch random.IntN(5) {
			case 0:
				fmt.Fprintf(&b, "\tselect %s%s\n", name(), suffix())
			case 1:
				fmt.Fprintf(&b, "\timply %s%s\n", name(), suffix())
			case 2:
				fmt.Fprintf(&b, "\tdepends on %s\n", condition())
			case 3:
				if !choice {
					fmt.Fprintf(&b, "\tdefault %s%s\n", name(), suffix())
				}
			case 4:
				if kind == "int" {
					fmt.Fprintf(&b, "\trange 1 %s%s\n", name(), suffix())
				}
			}
		}
		if choice && random.IntN(2) == 0 {
			b.WriteString("endchoice\n")
			choice = false
		}
	}
	if choice {
		b.WriteString("endchoice\n")
	}
	return b.String()
}
