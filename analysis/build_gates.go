package analysis

import (
	"maps"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// buildVersion is what the Makefiles of a tree were when somebody looked at them.
type buildVersion struct {
	files *buildFiles
	open  map[string]*codeText
}

func (r *Root) buildVersion() buildVersion { return buildVersion{r.build, r.openMakefiles} }

func (b buildVersion) same(other buildVersion) bool {
	return b.files == other.files && maps.Equal(b.open, other.open)
}

// allKnown reports whether a way from a directory leads to the top, or to a directory
// around which there are no Makefiles, so that nothing is left out. In others it is
// not known what makes Kbuild go there.
func (r *Root) allKnown(dir string, p BuildPath) bool {
	if p.Whole {
		return true
	}
	if n := len(p.Steps); n > 0 {
		dir = directoryOf(relativeTo(r.Dir, p.Steps[n-1].Path))
	}
	for dir != "" {
		dir = directoryOf(dir)
		if r.BuildDirectory(dir).Makefile != nil {
			return false
		}
	}
	return true
}

// conditionsOf returns what must hold on a way to an object.
func (r *Root) conditionsOf(p BuildPath) []check.BuildCondition {
	var all []check.BuildCondition
	for i := range p.Steps {
		step := &p.Steps[i]
		all = append(append(all, r.buildConditions(step.Path, step.Own, false)...), r.buildConditions(step.Path, step.Around, true)...)
	}
	return all
}

// buildConditions converts conditions of a Makefile, the inner ones first.
func (r *Root) buildConditions(makefile string, conditions []kbuild.Condition, around bool) []check.BuildCondition {
	relative := relativeTo(r.Dir, makefile)
	var all []check.BuildCondition
	for _, c := range slices.Backward(conditions) {
		converted := check.BuildCondition{Symbols: c.Symbols, Off: c.Off, Around: around, Dir: directoryOf(relative)}
		if c.Opaque() {
			converted.Symbols = nil
			if text := r.makefileText(relative); text != nil && c.End <= text.Size() {
				converted.Text = text.Slice(c.Start, c.End)
			}
		}
		all = append(all, converted)
	}
	return all
}

// makefileText returns the text of a Makefile that was read, nil if it was not.
func (r *Root) makefileText(relative string) Text {
	if open := r.openMakefiles[relative]; open != nil {
		return open
	}
	return r.build.text(relative)
}

// buildPlace returns a place in a Makefile.
func (r *Root) buildPlace(makefile string, start, end int) check.FilePlace {
	return check.FilePlace{Path: makefile, Name: relativeTo(r.Dir, makefile), Start: start, End: end}
}

// flagsIn returns those of a Makefile.
func (r *Root) flagsIn(dir string, m openedMakefile) []check.GivenFlag {
	var all []check.GivenFlag
	for _, f := range m.makefile.Flags() {
		test := optionTest(f.Tool)
		if f.Tested || test == "" || strings.Contains(f.Text, "$") {
			continue
		}
		flag := check.GivenFlag{Test: test, Text: f.Text, Place: r.buildPlace(m.path, f.Start, f.End)}
		own := r.buildConditions(m.path, f.Conditions, false)
		for _, p := range r.flagPaths(dir, f) {
			if r.allKnown(dir, p) {
				flag.Conditions = slices.Concat(own, r.conditionsOf(p))
				all = append(all, flag)
			}
		}
	}
	return all
}

// flagPaths returns the ways in which a flag comes to be given: those to the object
// that it is for, or to the directory.
func (r *Root) flagPaths(dir string, f kbuild.Flag) []BuildPath {
	if f.Object != "" {
		return r.BuildPaths(dir, f.Object)
	}
	return r.directoryPaths(dir)
}

// optionTest returns the macro that asks a tool whether it knows a flag.
func optionTest(tool kbuild.Tool) string {
	switch tool {
	case kbuild.Compiler:
		return "cc-option"
	case kbuild.RustCompiler:
		return "rustc-option"
	case kbuild.Linker:
		return "ld-option"
	}
	return ""
}
