//go:build !unix && !windows

package session

// processAlive cannot tell on this system, and so says yes.
func processAlive(int) bool { return true }
