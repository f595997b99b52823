//go:build !unix

package toolchain

import "os/exec"

// ownGroup does nothing: there are no groups of processes that can be ended at
// once.
func ownGroup(*exec.Cmd) {}

// killGroup ends a process.
func killGroup(command *exec.Cmd) error { return command.Process.Kill() }

// restrain does nothing.
func restrain(*exec.Cmd) {}
