//go:build !unix

package analysis

import "time"

// cpu returns the processor time that the process has used, 0 where the system
// is not asked for it.
func cpu() time.Duration { return 0 }
