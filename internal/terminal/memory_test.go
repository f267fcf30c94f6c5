package terminal

import (
	"runtime"
	"testing"
)

func TestIdleMemoryIsReturnedOnce(t *testing.T) {
	const size = 64 << 20
	var memory memoryReturn
	memory.run()
	load := make([]byte, size)
	for i := 0; i < size; i += 4096 {
		load[i] = 1
	}
	runtime.KeepAlive(load)
	load = nil
	var before, after, again runtime.MemStats
	runtime.ReadMemStats(&before)
	memory.run()
	runtime.ReadMemStats(&after)
	if idle := after.HeapIdle - after.HeapReleased; idle > returnAfter || after.HeapAlloc > before.HeapAlloc-size/2 {
		t.Errorf("%d MB are idle, %d MB in use", idle>>20, after.HeapAlloc>>20)
	}
	memory.run()
	if runtime.ReadMemStats(&again); again.NumForcedGC != after.NumForcedGC {
		t.Error("an idle program collects garbage again and again")
	}
}
