package macro_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
)

// show renders references: name, arguments, parent, and "..." if it is open.
func show(text string) string {
	var b strings.Builder
	for _, r := range macro.References(text) {
		fmt.Fprintf(&b, "%d<%d %s", r.Start, r.Parent, text[r.Name.Start:r.Name.End])
		for _, a := range r.Args {
			fmt.Fprintf(&b, "|%s", text[a.Start:a.End])
		}
		if r.Open {
			b.WriteString("...")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestReferences(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"plain $ $x ${y} (a,b)", ""},
		{"$(x)", "0<-1 x\n"},
		{"a$()b", "1<-1 \n"},
		{"$(f,a, b ,)", "0<-1 f|a| b |\n"},
		{"$(f,(a,b),c)d,e", "0<-1 f|(a,b)|c\n"},
		{"$(f,$(g,$(1)),$(h))-$(i)", "0<-1 f|$(g,$(1))|$(h)\n4<0 g|$(1)\n8<1 1\n14<0 h\n20<-1 i\n"},
		{"$($(x)y,z)", "0<-1 $(x)y|z\n2<0 x\n"},
		{"$(f,(a,$(g", "0<-1 f|(a,$(g...\n7<0 g...\n"},
		{"$(", "0<-1 ...\n"},
		{"$(f,", "0<-1 f|...\n"},
		{`"a \$(x) $(y,\") \\$(z)"`, "9<-1 y|\\\"\n19<-1 z\n"},
		{`'$(x)"`, "1<-1 x\n"},
	} {
		if diff := cmp.Diff(test.want, show(test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestInnermost(t *testing.T) {
	for _, test := range []struct{ text, want string }{ // the offset is at |
		{"|$(f,a)", ""},
		{"$|(f,a)", ""},
		{"$(|f,a)", "f 0"},
		{"$(f|,a)", "f 0"},
		{"$(f,|a)", "f 1"},
		{"$(f,a|)", "f 1"},
		{"$(f,a)|", ""},
		{"$(f,a,$(g|)", "g 0"},
		{"$(f,a,$(g)|", "f 2"},
		{"$(f,a,|", "f 2"},
		{"$(f,(x,y|", "f 1"},
		{"$(f,$(g,x)|,y)", "f 1"},
	} {
		at := strings.Index(test.text, "|")
		text := test.text[:at] + test.text[at+1:]
		refs := macro.References(text)
		i, part := macro.Innermost(refs, uint32(at))
		got := ""
		if i >= 0 {
			got = fmt.Sprintf("%s %d", text[refs[i].Name.Start:refs[i].Name.End], part)
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestParameters(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "$(a)": 0, "$(1)": 1, "$(2) $(1)": 2, "$(f,$(3))": 3, "$(15": 0, "$(99999999)": 0, "$1": 0, "$(0)": 0,
	} {
		if got := macro.Parameters(text); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}

func TestBuiltins(t *testing.T) {
	for _, f := range macro.Builtins() {
		call := "$(" + f.Name + strings.Repeat(",n", len(f.Parameters)) + ")"
		if r := macro.New(macro.Options{}).ExpandText(call, macro.Position{}); r.Err != nil {
			t.Errorf("%s: %v", call, r.Err)
		}
		if r := macro.New(macro.Options{}).ExpandText("$("+f.Name+strings.Repeat(",n", len(f.Parameters)+1)+")", macro.Position{}); r.Err == nil {
			t.Errorf("%s takes more arguments than it has parameters", f.Name)
		}
	}
}

// FuzzReferences: references nest, lie in the text, and agree with Pieces.
func FuzzReferences(f *testing.F) {
	for _, seed := range []string{"$(f,$(g),(a,b))", `"\$(x)$(y"`, "$($($(", "))$()(("} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		refs := macro.References(text)
		var top []string
		last := -1
		for i, r := range refs {
			if int(r.Start) <= last || r.Start+2 > r.End || int(r.End) > len(text) || r.Name.Start != r.Start+2 || r.Parent >= i {
				t.Fatalf("%d of %v", i, refs)
			}
			last = int(r.Start)
			inside := append([]macro.Span{r.Name}, r.Args...)
			for k := 1; k < len(inside); k++ {
				if inside[k].Start != inside[k-1].End+1 {
					t.Fatalf("%d of %v", i, refs)
				}
			}
			if r.Parent < 0 {
				top = append(top, text[r.Start:r.End])
			} else if p := refs[r.Parent]; r.Start < p.Start+2 || r.End > p.End {
				t.Fatalf("%d of %v", i, refs)
			}
		}
		// Behind its closing quote a token has nothing; References does not care.
		if strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") {
			return
		}
		var pieces []string
		all := ""
		for p := range macro.Pieces(text) {
			all += p.Text
			if p.Reference {
				pieces = append(pieces, p.Text)
			}
		}
		if all != text {
			t.Fatalf("pieces of %q make %q", text, all)
		}
		if diff := cmp.Diff(pieces, top); diff != "" {
			t.Fatalf("%q (-pieces +references): %s", text, diff)
		}
	})
}
