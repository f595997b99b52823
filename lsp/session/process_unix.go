//go:build unix

package session

import (
	"errors"
	"syscall"
)

// processAlive reports whether the process exists. Signal 0 is not delivered,
// only checked; EPERM means that there is somebody to refuse it.
func processAlive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
