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
