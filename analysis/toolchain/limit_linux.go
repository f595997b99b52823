package toolchain

import (
	"syscall"
	"unsafe"
)

// limit bounds the memory, the files and the time of a process and of those
// that it will start.
func limit(pid int) {
	for resource, most := range map[uintptr]uint64{
		syscall.RLIMIT_AS:    maxMemory,
		syscall.RLIMIT_FSIZE: maxFile,
		syscall.RLIMIT_CPU:   60,
		syscall.RLIMIT_CORE:  0,
	} {
		limit := [2]uint64{most, most} // struct rlimit64
		_, _, _ = syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), resource,
			uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	}
}
