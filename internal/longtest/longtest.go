// Package longtest decides how much of an exhaustive test runs. By default a test tries a random sample of its cases and
// small sizes; with NANGO_TUI_LONG=1 it tries all cases and full sizes, as .ci/run does. It also makes garbage collection
// rarer. Only tests import it, and it imports nothing of the project.
package longtest

import (
	"hash/fnv"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"testing"
)

const (
	// LongVariable is the environment variable that turns on long mode if it is 1.
	LongVariable = "NANGO_TUI_LONG"
	// SeedVariable is the environment variable that sets the seed of all samples, to repeat a failure.
	SeedVariable = "NANGO_TUI_SEED"
	// shortShare is the part of a sample that is left with go test -short.
	shortShare = 4
	// garbagePercent lets the heap of a test grow to five times its size before garbage is collected. Tests build many small
	// worlds: with the usual doubling, a third of their CPU collects garbage.
	garbagePercent = 400
)

func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}

// Enabled reports whether long mode is on. It is off with go test -short.
func Enabled() bool { return os.Getenv(LongVariable) == "1" && !testing.Short() }

// Size returns large in long mode and small otherwise.
func Size(small, large int) int {
	if Enabled() {
		return large
	}
	return small
}

// SkipInShort skips a test of large sizes with go test -short.
func SkipInShort(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("large sizes are not tried with -short")
	}
}

// Sample returns n of the items, chosen at random and in their order. With go test -short it returns a quarter of n, but at
// least one. It returns all items in long mode, and where there are no more than that. Each test draws its own sample from
// the seed of the run; if the test fails, its log says which seed repeats the sample.
func Sample[T any](t testing.TB, items []T, n int) []T {
	t.Helper()
	if testing.Short() {
		n = max(1, n/shortShare)
	}
	if Enabled() || n >= len(items) {
		return items
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("tried a sample of %d of %d cases; to try all set %s=1", n, len(items), LongVariable)
		}
	})
	return choose(items, n, seedOf(t), t.Name())
}

// Source returns random numbers of the test's own, drawn from the seed of the run. If the test fails, its log says which seed
// repeats them.
func Source(t testing.TB) rand.Source {
	t.Helper()
	return source(seedOf(t), t.Name())
}

// seedOf returns the seed of this run, and has the test name it if it fails.
func seedOf(t testing.TB) uint64 {
	t.Helper()
	seed, err := runSeed()
	if err != nil {
		t.Fatalf("%s: %v", SeedVariable, err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("to repeat it set %s=%d", SeedVariable, seed)
		}
	})
	return seed
}

// runSeed returns the seed of this run: that of the environment variable, or a random one.
var runSeed = sync.OnceValues(func() (uint64, error) {
	if text := os.Getenv(SeedVariable); text != "" {
		return strconv.ParseUint(text, 10, 64)
	}
	return rand.Uint64(), nil
})

// choose returns n of the items in their order, the same ones for the same seed and name.
func choose[T any](items []T, n int, seed uint64, name string) []T {
	chosen := rand.New(source(seed, name)).Perm(len(items))[:n]
	slices.Sort(chosen)
	sample := make([]T, n)
	for i, index := range chosen {
		sample[i] = items[index]
	}
	return sample
}

func source(seed uint64, name string) rand.Source {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(name)) // a hash returns no error
	return rand.NewPCG(seed, hash.Sum64())
}
