package analysis

import (
	"path/filepath"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

// TestProjects finds the project of a file by what lies around it.
func TestProjects(t *testing.T) {
	linux := func(makefile string) map[string]string {
		return map[string]string{
			"Kconfig": "mainmenu \"Linux/$(ARCH)\"\nsource \"scripts/Kconfig.include\"\n", "scripts/Kconfig.include": "", "init/Kconfig": "",
			"drivers/net/Kconfig": "", "Makefile": makefile,
		}
	}
	for _, test := range []struct {
		name    string
		files   map[string]string
		file    string
		dir     string // "-" for none
		root    string
		dialect string
	}{
		{"linux 6.12", linux("VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\n"), "drivers/net/Kconfig", ".", "Kconfig", "linux 6.12"},
		{"linux 6.1", linux("# SPDX\nVERSION = 6\nPATCHLEVEL = 1\n"), "drivers/net/Kconfig", ".", "Kconfig", "linux 6.1"},
		{"linux 7.3", linux("VERSION = 7\nPATCHLEVEL = 3\n"), "Kconfig", ".", "Kconfig", "linux 7.3"},
		{"linux without a Makefile", linux(""), "init/Kconfig", ".", "Kconfig", "linux 6.12"},
		{
			"the kernel that Buildroot has unpacked",
			map[string]string{
				"Config.in": "mainmenu \"Buildroot Configuration\"\n", "out/linux/Kconfig": "mainmenu \"Linux\"\n",
				"out/linux/scripts/Kconfig.include": "", "out/linux/init/Kconfig": "", "out/linux/fs/Kconfig": "",
			},
			"out/linux/fs/Kconfig", "out/linux", "Kconfig", "linux 6.12",
		},
		{"u-boot", map[string]string{"Kconfig": "mainmenu \"U-Boot $(UBOOTVERSION)\"\n", "cmd/Kconfig": ""}, "cmd/Kconfig", ".", "Kconfig", "u-boot"},
		{
			"coreboot",
			map[string]string{"src/Kconfig": "mainmenu \"coreboot configuration\"\n", "src/soc/Kconfig": ""},
			"src/soc/Kconfig", ".", "src/Kconfig", "coreboot",
		},
		{
			"an application in Zephyr's tree",
			map[string]string{"Kconfig": "mainmenu \"Zephyr\"\n", "Kconfig.zephyr": "", "tests/a/Kconfig": "mainmenu \"Test\"\nsource \"Kconfig.zephyr\"\n"},
			"tests/a/Kconfig", ".", "Kconfig", "zephyr",
		},
		{
			"an application of Zephyr's",
			map[string]string{"Kconfig": "mainmenu \"App\"\nsource \"Kconfig.zephyr\"\n"},
			"Kconfig", ".", "Kconfig", "zephyr",
		},
		{
			"qemu",
			map[string]string{"Kconfig": "source Kconfig.host\n", "Kconfig.host": "", "hw/Kconfig": "config A\n", "hw/usb/Kconfig": ""},
			"hw/usb/Kconfig", ".", "Kconfig", "qemu",
		},
		{"any main menu", map[string]string{"Kconfig": "# top\nmainmenu \"Mine\"\n", "a/b/Kconfig": ""}, "a/b/Kconfig", ".", "Kconfig", "linux 6.12"},
		{"a file named Kconfig", map[string]string{"a/Kconfig": "config A\n"}, "a/Kconfig", "a", "Kconfig", "linux 6.12"},
		{"a file of another name", map[string]string{"a/Kconfig.mine": "config A\n"}, "a/Kconfig.mine", "-", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			disk := vfstest.Memory{}
			for name, text := range test.files {
				disk[filepath.Join(fixtureDir(), filepath.FromSlash(name))] = text
			}
			p, ok := locate(disk, filepath.Join(fixtureDir(), filepath.FromSlash(test.file)))
			if test.dir == "-" {
				if ok {
					t.Errorf("found %+v, want nothing", p)
				}
				return
			}
			if !ok || p.dir != filepath.Join(fixtureDir(), filepath.FromSlash(test.dir)) || p.root != test.root || p.dialect.String() != test.dialect {
				t.Errorf("found %v: %s in %s, %s; want %s in %s, %s", ok, p.root, p.dir, p.dialect, test.root, test.dir, test.dialect)
			}
		})
	}
}

// TestNestedProject opens a file of a project that lies in a loaded one.
func TestNestedProject(t *testing.T) {
	at := func(name string) string { return filepath.Join(fixtureDir(), filepath.FromSlash(name)) }
	disk := vfstest.Memory{
		at("Config.in"):                              "mainmenu \"Buildroot Configuration\"\nconfig BR2_A\n\tbool\n",
		at("package/Config.in"):                      "config BR2_B\n\tbool\n",
		at("out/linux/Kconfig"):                      "mainmenu \"Linux\"\nsource \"init/Kconfig\"\n",
		at("out/linux/Makefile"):                     "VERSION = 6\nPATCHLEVEL = 1\n",
		at("out/linux/scripts/Kconfig.include"):      "",
		at("out/linux/init/Kconfig"):                 "config INIT\n\tbool\n",
		at("out/linux/drivers/not-included/Kconfig"): "config LOOSE\n\tbool\n",
	}
	w := NewWorkspace(disk, Settings{}, Events{})
	defer w.Close()
	w.Discover(fixtureDir())
	w.loads.Wait()
	if roots := w.Snapshot().Roots(); len(roots) != 1 || roots[0].File(at("out/linux/init/Kconfig")) != nil || roots[0].File(at("package/Config.in")) == nil {
		t.Fatalf("the outer tree has the files of the inner one, or not its own: %v", roots)
	}
	if err := w.Open(at("out/linux/init/Kconfig"), 1, disk[at("out/linux/init/Kconfig")]); err != nil {
		t.Fatal(err)
	}
	w.loads.Wait()
	s := w.Snapshot()
	root := s.Root(at("out/linux/init/Kconfig"))
	if root == nil || root.Dir != at("out/linux") || root.Dialect.String() != "linux 6.1" {
		t.Fatalf("the file belongs to %+v", root)
	}
	if _, ok := SymbolOf(s, root, "", "LOOSE"); !ok {
		t.Error("the inner tree is not complete")
	}
	if d := s.Document(at("out/linux/init/Kconfig")); d.dir != root.Dir {
		t.Errorf("the document belongs to %q", d.dir)
	}
}
