//go:build unix

package toolchain

import (
	"os/exec"
	"syscall"
)

// ownGroup has the process start as the first of a group of its own.
func ownGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup ends a process and all that it started.
func killGroup(command *exec.Cmd) error {
	return syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
}

// restrain gives a process that was just started the lowest priority and
// limits.
func restrain(command *exec.Cmd) {
	const lowest = 19
	_ = syscall.Setpriority(syscall.PRIO_PGRP, command.Process.Pid, lowest)
	limit(command.Process.Pid)
}
