package terminal

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

const (
	// startPercent lets the heap grow to 32 MB before the first garbage collection, instead of 4 MB. It saves a quarter of the
	// CPU of the start, and the program needs about as much in any case.
	startPercent = 800
	// returnAfter is how many bytes are allocated before memory is returned: less than the start takes.
	returnAfter = 8 << 20
)

// PostponeCollection postpones the first garbage collection, unless the user has set GOGC. All others come as usual.
func PostponeCollection() {
	if os.Getenv("GOGC") != "" {
		return
	}
	type marker struct{ _ *marker }
	usual := debug.SetGCPercent(startPercent)
	runtime.AddCleanup(new(marker), func(percent int) { debug.SetGCPercent(percent) }, usual)
}

// memoryReturn gives memory back to the system.
type memoryReturn struct {
	allocated atomic.Uint64 // in total, when it was given back last
}

// run gives memory back if much was allocated since the last time, as when a long list was loaded. It collects garbage first,
// so it is for moments in which nothing happens.
func (m *memoryReturn) run() {
	total := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(total)
	if allocated := total[0].Value.Uint64(); allocated > m.allocated.Load()+returnAfter {
		m.allocated.Store(allocated)
		debug.FreeOSMemory()
	}
}
