//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// configureRuns is how often each program is run.
const configureRuns = 5

// configure notes how much processor time an olddefconfig of the kernel takes:
// ours as a whole process with recorded answers, and the kernel's conf without
// what it has others do. Both must write the same.
func (m measurements) configure(binary, conf, dir string) error {
	work, err := os.MkdirTemp("", "benchtable")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	variables := map[string]string{
		"srctree": dir, "objtree": ".", "ARCH": "x86", "SRCARCH": "x86", "SUBARCH": "x86", "HEADER_ARCH": "x86",
		"KERNELVERSION": "6.12", "CC": "gcc", "LD": "ld", "AR": "ar", "NM": "nm", "OBJCOPY": "objcopy", "HOSTCC": "gcc",
		"RUSTC": "rustc", "BINDGEN": "bindgen", "PAHOLE": "pahole", "PYTHON3": "python3", "CC_VERSION_TEXT": "gcc",
		"RUSTC_VERSION_TEXT": "", "PAHOLE_VERSION": "0", "CLANG_FLAGS": "", "CONFIG_SHELL": "sh",
	}
	env := filepath.Join(work, "env.json")
	text, err := json.Marshal(variables)
	if err == nil {
		err = os.WriteFile(env, text, 0o600)
	}
	if err != nil {
		return err
	}
	in, answers, out := filepath.Join(work, "in"), filepath.Join(work, "answers"), filepath.Join(work, "out")
	common := []string{dir, "--arch", "x86", "--env", env}
	record := exec.Command(binary, append([]string{"config", "defconfig", "--trust", "shell", "--record", answers, "--out", in}, common...)...)
	if said, err := record.CombinedOutput(); err != nil {
		return fmt.Errorf("config defconfig: %w\n%s", err, said)
	}
	var ours, theirs []float64
	for range configureRuns {
		cmd := exec.Command(binary, append([]string{"config", "olddefconfig", "--answers", answers, "--in", in, "--out", out}, common...)...)
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("config olddefconfig: %w\n%s", err, said)
		}
		ours = append(ours, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())

		written := filepath.Join(work, "conf.config")
		start, err := os.ReadFile(in)
		if err == nil {
			err = os.WriteFile(written, start, 0o600)
		}
		if err != nil {
			return err
		}
		own, err := runConf(conf, dir, work, written, variables)
		if err != nil {
			return err
		}
		theirs = append(theirs, own)
		a, _ := os.ReadFile(out)
		b, err := os.ReadFile(written)
		if err != nil {
			return err
		}
		if !bytes.Equal(a, b) {
			return errors.New("conf and kconfig-ls have written different configurations")
		}
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	m[key{"OldDefConfig", "cpu-s"}] = ours[configureRuns/2]
	m[key{"OldDefConfig/conf", "cpu-s"}] = theirs[configureRuns/2]
	return nil
}

// runConf runs conf and returns the processor time in seconds that it has used
// itself, without the commands that it runs.
func runConf(conf, dir, work, written string, variables map[string]string) (float64, error) {
	cmd := exec.Command(conf, "-s", "--olddefconfig", "Kconfig")
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "KCONFIG_CONFIG=" + written,
		"KCONFIG_AUTOCONFIG=" + filepath.Join(work, "auto.conf"),
		"KCONFIG_AUTOHEADER=" + filepath.Join(work, "autoconf.h"),
		"KCONFIG_RUSTCCFG=" + filepath.Join(work, "rustc_cfg"),
	}
	for name, value := range variables {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	// Wait until it has ended, and look at it before it is gone.
	for {
		err := unix.Waitid(unix.P_PID, cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if err == nil {
			break
		}
		if !errors.Is(err, unix.EINTR) {
			return 0, err
		}
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
	if wait := cmd.Wait(); err == nil {
		err = wait
	}
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name may hold blanks
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("the system does not tell processor time")
	}
	total := 0.0
	for _, field := range fields[11:13] { // user and system time in ticks, 100 a second on Linux
		ticks, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return 0, err
		}
		total += ticks / 100
	}
	return total, nil
}
