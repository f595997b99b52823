package parser

// Feature is one point on which Kconfig dialects differ.
type Feature uint32

// The features. A dialect without any is the language of Linux 6.12.
const (
	// OldKeywords has ---help---, boolean and option, which Linux dropped
	// between 4.18 and 5.15.
	OldKeywords Feature = 1 << iota
	// OldChoices has named, optional and tristate choices, and choice headers
	// with a type alone, which Linux dropped in 6.12.
	OldChoices
	// ChoiceSources has source, menu and menuconfig statements inside choices.
	ChoiceSources
	// ExtendedWords has dots and slashes in unquoted words.
	ExtendedWords
	// UnquotedText has unquoted words as prompts and as quoted symbol names.
	UnquotedText
	// UnquotedSource has source statements with a bare path.
	UnquotedSource
	// TypedDefaults has def_int, def_hex and def_string.
	TypedDefaults
	// RelativeSource has rsource, osource, orsource, gsource and grsource.
	RelativeSource
	// ConfigDefault has configdefault entries.
	ConfigDefault
	// TransitionalSymbols has the transitional attribute of Linux 6.18.
	TransitionalSymbols
	// ConditionalDepends has "depends on A if B" of Linux 7.0.
	ConditionalDepends
	// StrictHelp makes empty and repeated help texts errors, as Linux 7.3 does.
	StrictHelp
	// JoinedLines joins continued lines before anything else is looked at, and
	// treats "\r\n" as a line end, as Kconfiglib does: a backslash continues a
	// line inside quotes too.
	JoinedLines
	// LooseProperties accepts properties (help, depends on, ...) on every kind
	// of entry, as Kconfiglib does.
	LooseProperties
	// FinalNewlineOptional accepts a last line without a line end.
	FinalNewlineOptional
	// SetStatements has the set, float and warning words of esp-idf-kconfig.
	SetStatements
	// OutputAttribute has the "output yaml" attribute of kdevops.
	OutputAttribute
	// InsertMarkers has the INSERT lines of BusyBox' Config.src templates.
	InsertMarkers
	// IncludingRelative has source paths count from the including file, as
	// QEMU's minikconf does.
	IncludingRelative
	// AnyCharacters takes characters that Linux ignores with a warning as
	// parts of words without a finding.
	AnyCharacters
	// PromptChoices has no type lines in choices, as Linux 7.3: their prompt is
	// a prompt line.
	PromptChoices
)

// A Dialect says which variant of Kconfig a file is written in.
type Dialect struct {
	// Name is the dialect's name in settings and messages, such as "linux" or
	// "zephyr".
	Name string
	// Version says which release the features stand for, such as "6.12"; it is
	// empty where versions do not matter.
	Version string
	// Features are the points on which the dialect differs from Linux 6.12.
	Features Feature
}

// Has reports whether the dialect has all of the given features.
func (d Dialect) Has(f Feature) bool { return d.Features&f == f }

// String returns the dialect's name and version for messages.
func (d Dialect) String() string {
	if d.Version == "" {
		return d.Name
	}
	return d.Name + " " + d.Version
}

// Linux returns the dialect of a Linux release. A major version below 1 stands
// for 6.12, the reading that files outside of any tree get.
func Linux(major, minor int) Dialect {
	switch {
	case major < 1:
		return Linux(6, 12)
	case major < 5:
		return Dialect{"linux", "4", oldLinux}
	case major == 5 && minor < 15:
		return Dialect{"linux", "5.4", forked}
	case major < 6 || major == 6 && minor < 12:
		return Dialect{"linux", "6.1", OldChoices | FinalNewlineOptional}
	case major == 6 && minor < 18:
		return Dialect{"linux", "6.12", 0}
	case major == 6:
		return Dialect{"linux", "6.18", TransitionalSymbols}
	case major == 7 && minor < 3:
		return Dialect{"linux", "7.0", TransitionalSymbols | ConditionalDepends}
	default:
		return Dialect{"linux", "7.3", TransitionalSymbols | ConditionalDepends | StrictHelp | PromptChoices}
	}
}

// What projects have in common.
const (
	// forked is what projects have that took the kernel's tools before 6.12
	// and still read older trees.
	forked = OldKeywords | OldChoices | FinalNewlineOptional

	// oldLinux is the language of the kernel's tools up to 4.17.
	oldLinux = forked | ChoiceSources | ExtendedWords | UnquotedText | UnquotedSource

	// kconfiglib is what Kconfiglib reads, in all its variants.
	kconfiglib = oldLinux | TypedDefaults | RelativeSource | JoinedLines |
		LooseProperties | AnyCharacters
)

// Dialects lists the dialects that can be named in settings, Linux by its
// newest version. The order is that of the documentation.
func Dialects() []Dialect {
	return []Dialect{
		Linux(7, 3),
		Linux(7, 0),
		Linux(6, 18),
		Linux(6, 12),
		Linux(6, 1),
		Linux(5, 4),
		Linux(4, 0),
		{Name: "u-boot", Features: oldLinux},
		{Name: "barebox", Features: forked},
		{Name: "coreboot", Features: forked | ChoiceSources},
		{Name: "buildroot", Features: oldLinux},
		{Name: "openwrt", Features: oldLinux},
		{Name: "busybox", Features: oldLinux | InsertMarkers | AnyCharacters},
		{Name: "nuttx", Features: oldLinux | TypedDefaults | LooseProperties | JoinedLines},
		{Name: "qemu", Features: oldLinux | IncludingRelative},
		{Name: "xen", Features: oldLinux},
		{Name: "crosstool-ng", Features: oldLinux},
		{Name: "unikraft", Features: oldLinux | RelativeSource},
		{Name: "zephyr", Features: kconfiglib | ConfigDefault},
		{Name: "esp-idf", Features: kconfiglib | SetStatements},
		{Name: "kdevops", Features: oldLinux | TransitionalSymbols | ConditionalDepends | OutputAttribute},
		{Name: "generic", Features: kconfiglib | ConfigDefault | TransitionalSymbols |
			ConditionalDepends | SetStatements | OutputAttribute},
	}
}

// DialectByName finds a dialect by its name, or by name and version joined by
// a hyphen or a space as in "linux-6.12". It reports false for other names.
func DialectByName(name string) (Dialect, bool) {
	for _, d := range Dialects() {
		if name == d.Name || d.Version != "" && (name == d.Name+"-"+d.Version || name == d.String()) {
			return d, true
		}
	}
	return Dialect{}, false
}
