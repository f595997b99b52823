package analysis

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxFileSize is the longest file that is read, in bytes. The largest Kconfig
// file of any known project has 300 KiB.
const maxFileSize = 64 << 20

// project is what a directory was recognised as.
type project struct {
	dir     string // that relative source paths count from
	root    string // the root file, relative to dir
	dialect parser.Dialect
	// known tells that the directory is surely the top of a project, and not
	// just somewhere a main menu stands.
	known bool
	// alone tells that nothing but its name makes the file a root file. Nobody
	// knows then how much of the directory belongs to it.
	alone bool
}

// mark recognises a project by files that only it has, and by words of its
// root file.
type mark struct {
	root    string   // the root file
	files   []string // all of which must exist
	text    string   // which the root file must contain, "" for any
	dialect string   // "linux" takes its version from the Makefile
}

// marks returns the known projects. The first that fits wins, so that forks of
// Linux' layout come before Linux.
func marks() []mark {
	return []mark{
		{root: "Kconfig", files: []string{"Kconfig.zephyr"}, dialect: "zephyr"},
		{root: "Kconfig", text: `mainmenu "U-Boot`, dialect: "u-boot"},
		{root: "Kconfig", text: `mainmenu "Barebox`, dialect: "barebox"},
		{root: "Kconfig", text: `mainmenu "Xen/`, dialect: "xen"},
		{root: "Kconfig", text: "Espressif IoT", dialect: "esp-idf"},
		{root: "Kconfig", text: "NuttX", dialect: "nuttx"},
		{root: "Config.in", text: `mainmenu "Buildroot`, dialect: "buildroot"},
		{root: "Config.in", text: "Busybox", dialect: "busybox"},
		{root: "Config.in", text: "BusyBox", dialect: "busybox"},
		{root: "Config.in", text: "OpenWrt", dialect: "openwrt"},
		{root: "Config.in", text: "LEDE", dialect: "openwrt"},
		{root: "src/Kconfig", text: `mainmenu "coreboot`, dialect: "coreboot"},
		{root: "Kconfig", files: []string{"Kconfig.host", "hw/Kconfig"}, dialect: "qemu"},
		{root: "Kconfig", files: []string{"kconfigs", "playbooks"}, dialect: "kdevops"},
		{root: "Kconfig", files: []string{"init/Kconfig", "scripts/Kconfig.include"}, dialect: "linux"},
		{root: "Kconfig", files: []string{"init/Kconfig", "arch"}, text: "SRCARCH", dialect: "linux"},
	}
}

// identify recognises the project whose top is the directory. It reports false
// if no Kconfig project begins there.
func identify(fsys vfs.FS, dir string) (project, bool) {
	texts := map[string]string{}
	read := func(name string) (string, bool) {
		text, known := texts[name]
		if !known {
			text, _, _ = fsys.ReadFile(filepath.Join(dir, filepath.FromSlash(name)), maxFileSize)
			texts[name] = text
		}
		return text, text != ""
	}
	for _, m := range marks() {
		text, ok := read(m.root)
		if !ok || !strings.Contains(text, m.text) {
			continue
		}
		for _, f := range m.files {
			if _, err := fsys.Stat(filepath.Join(dir, filepath.FromSlash(f))); err != nil {
				ok = false
				break
			}
		}
		if !ok {
			continue
		}
		p := project{dir: dir, root: m.root, known: true}
		if m.dialect == "linux" {
			p.dialect = linuxDialect(fsys, dir)
		} else {
			p.dialect, _ = parser.DialectByName(m.dialect)
		}
		return p, true
	}
	for _, name := range []string{"Kconfig", "Config.in"} {
		if text, ok := read(name); ok && hasMainMenu(text) {
			p := project{dir: dir, root: name, dialect: parser.Linux(0, 0)}
			if strings.Contains(text, `"Kconfig.zephyr"`) { // an application of Zephyr's
				p.dialect, _ = parser.DialectByName("zephyr")
			}
			return p, true
		}
	}
	return project{}, false
}

// hasMainMenu reports whether a text has a mainmenu statement, which only root
// files have.
func hasMainMenu(text string) bool {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "mainmenu"); ok && rest != "" && strings.ContainsAny(rest[:1], " \t\"'") {
			return true
		}
	}
	return false
}

var (
	makeVersion    = regexp.MustCompile(`(?m)^VERSION\s*=\s*(\d+)`)
	makePatchLevel = regexp.MustCompile(`(?m)^PATCHLEVEL\s*=\s*(\d+)`)
	makeSublevel   = regexp.MustCompile(`(?m)^SUBLEVEL\s*=\s*(\d+)`)
	makeExtra      = regexp.MustCompile(`(?m)^EXTRAVERSION[ \t]*=[ \t]*(-?[\w.+-]*)[ \t]*\r?$`)
)

// linuxVersion reads the version from the top Makefile of a kernel tree.
func linuxVersion(fsys vfs.FS, dir string) (major, minor int, full string) {
	text, _, err := fsys.ReadFile(filepath.Join(dir, "Makefile"), maxFileSize)
	if err != nil {
		return 0, 0, ""
	}
	number := func(r *regexp.Regexp) int {
		if m := r.FindStringSubmatch(text); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
		return 0
	}
	major, minor = number(makeVersion), number(makePatchLevel)
	if major == 0 {
		return 0, 0, ""
	}
	extra := ""
	if m := makeExtra.FindStringSubmatch(text); m != nil {
		extra = m[1]
	}
	return major, minor, strconv.Itoa(major) + "." + strconv.Itoa(minor) + "." + strconv.Itoa(number(makeSublevel)) + extra
}

func linuxDialect(fsys vfs.FS, dir string) parser.Dialect {
	major, minor, _ := linuxVersion(fsys, dir)
	return parser.Linux(major, minor)
}

// locate finds the project that a file or directory belongs to: the nearest
// directory above it that is the top of a known project, else the outermost
// one with a main menu. It reports false if there is none.
func locate(fsys vfs.FS, path string) (project, bool) {
	var fallback project
	found := false
	for dir := filepath.Clean(path); ; {
		if p, ok := identify(fsys, dir); ok {
			if p.known {
				return p, true
			}
			fallback, found = p, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	if found {
		return fallback, true
	}
	return standAlone(fsys, filepath.Clean(path))
}

// standAlone takes a file named Kconfig, or the one in a directory, for the
// root of a tree of its own: it may include others beside it.
func standAlone(fsys vfs.FS, path string) (project, bool) {
	dir, name := filepath.Split(path)
	if name != "Kconfig" && name != "Config.in" {
		dir, name = path, "Kconfig"
	}
	if !vfs.Exists(fsys, filepath.Join(dir, name)) {
		return project{}, false
	}
	return project{dir: filepath.Clean(dir), root: name, dialect: parser.Linux(0, 0), alone: true}, true
}

// IsKconfigName reports whether a file is named as Kconfig-language files are.
func IsKconfigName(name string) bool {
	base := filepath.Base(name)
	switch ext := strings.ToLower(filepath.Ext(base)); ext {
	case ".kconfig":
		return true
	case ".c", ".h", ".py", ".rst", ".md", ".txt", ".o", ".html", ".json", ".yml", ".yaml", ".sh",
		".cmake", ".rs", ".patch", ".orig", ".rej", ".swp", ".go", ".vim", ".lua", ".el", ".tar", ".xz", ".gz",
		".adoc", ".pl", ".cc", ".cpp", ".d", ".a", ".so", ".sarif", ".bak", ".pyc":
		return false
	}
	return strings.HasPrefix(base, "Kconfig") || strings.HasPrefix(base, "Config.in") || base == "Config.src" ||
		(strings.HasPrefix(base, "Config-") || strings.HasPrefix(base, "Config.")) && strings.HasSuffix(base, ".in")
}
