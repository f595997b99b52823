package toolchain

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Distribution is the system that packages come from: what says how a tool
// gets here.
type Distribution struct {
	// ID is the name that /etc/os-release has, such as debian, or homebrew on a
	// Mac. It is "" if nothing is known.
	ID string
	// Version is the version that /etc/os-release has, such as 12. It is "" for
	// those that have none.
	Version string
}

// releaseField is a line of os-release(5).
var releaseField = regexp.MustCompile(`(?m)^(ID|ID_LIKE|VERSION_ID)=["']?([^"'\n]*)["']?\s*$`)

// maxRelease is the longest file that is taken for an os-release, in bytes.
const maxRelease = 64 << 10

// DetectDistribution finds out which distribution there is. The system's files
// are read from its root directory, such as etc/os-release; goos is the
// operating system as [runtime.GOOS] has it.
//
// A distribution that nothing is known of is taken for the first one that it
// says it is like; its version says nothing then.
func DetectDistribution(root fs.FS, goos string) Distribution {
	if goos == "darwin" {
		return Distribution{ID: "homebrew"}
	}
	fields := map[string]string{}
	for _, name := range []string{"etc/os-release", "usr/lib/os-release"} {
		text, err := fs.ReadFile(root, name)
		if err != nil || len(text) > maxRelease {
			continue
		}
		for _, m := range releaseField.FindAllStringSubmatch(string(text), -1) {
			fields[m[1]] = m[2]
		}
		break
	}
	if _, ok := distributions[fields["ID"]]; ok {
		return Distribution{ID: fields["ID"], Version: fields["VERSION_ID"]}
	}
	like := strings.Fields(fields["ID_LIKE"])
	if strings.HasPrefix(fields["ID"], "opensuse") || slices.Contains(like, "suse") {
		return Distribution{ID: "opensuse"}
	}
	for _, id := range like {
		if _, ok := distributions[id]; ok {
			return Distribution{ID: id}
		}
	}
	return Distribution{}
}
