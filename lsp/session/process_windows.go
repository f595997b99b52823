package session

import "syscall"

// processAlive reports whether the process exists. One that has ended may still
// be opened while somebody holds a handle to it, but its handle is signaled.
func processAlive(pid int) bool {
	handle, err := syscall.OpenProcess(syscall.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		// Not allowed to look is not the same as gone.
		return err == syscall.ERROR_ACCESS_DENIED
	}
	defer syscall.CloseHandle(handle)
	state, err := syscall.WaitForSingleObject(handle, 0)
	return err != nil || state != syscall.WAIT_OBJECT_0
}
