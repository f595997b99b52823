//go:build unix && !linux

package toolchain

// limit does nothing: the limits of another process cannot be set.
func limit(int) {}
