package longtest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func numbers(n int) []int {
	items := make([]int, n)
	for i := range items {
		items[i] = i
	}
	return items
}

func TestSampleKeepsTheOrderAndHasNoItemTwice(t *testing.T) {
	sample := choose(numbers(1000), 50, 7, "a test")
	if len(sample) != 50 || !slices.IsSorted(sample) || len(slices.Compact(slices.Clone(sample))) != 50 {
		t.Errorf("%v", sample)
	}
}

func TestASeedRepeatsASample(t *testing.T) {
	items := numbers(1000)
	first := choose(items, 20, 7, "a test")
	if !slices.Equal(first, choose(items, 20, 7, "a test")) {
		t.Error("the same seed chose other items")
	}
	if slices.Equal(first, choose(items, 20, 8, "a test")) {
		t.Error("another seed chose the same items")
	}
	if slices.Equal(first, choose(items, 20, 7, "another test")) {
		t.Error("another test chose the same items")
	}
}

func TestEveryItemIsChosenBySomeSeed(t *testing.T) {
	chosen := map[int]bool{}
	for seed := range uint64(200) {
		for _, item := range choose(numbers(10), 2, seed, "a test") {
			chosen[item] = true
		}
	}
	if len(chosen) != 10 {
		t.Errorf("200 seeds chose %d of 10 items", len(chosen))
	}
}

func TestLongModeTriesAllAndShortModeLess(t *testing.T) {
	for _, c := range []struct {
		long, flag string
		want       string
	}{
		{"", "", "sample 8 size 1 "},
		{"0", "", "sample 8 size 1 "},
		{"1", "", "sample 100 size 2 "},
		{"", "-test.short", "sample 2 size 1 "},
		{"1", "-test.short", "sample 2 size 1 "},
	} {
		if out := child(t, c.flag, LongVariable+"="+c.long); !strings.Contains(out, c.want) {
			t.Errorf("%s=%s %s: want %q in\n%s", LongVariable, c.long, c.flag, c.want, out)
		}
	}
}

func TestAFailureNamesTheSeed(t *testing.T) {
	out := child(t, "", SeedVariable+"=42", failVariable+"=1")
	if !strings.Contains(out, SeedVariable+"=42") || !strings.Contains(out, "a sample of 8 of 100 cases") {
		t.Errorf("%s", out)
	}
	if out := child(t, "", SeedVariable+"=forty-two"); !strings.Contains(out, SeedVariable+": ") {
		t.Errorf("a seed that is no number was accepted:\n%s", out)
	}
	if out := child(t, "", SeedVariable+"=42"); strings.Contains(out, SeedVariable) {
		t.Errorf("a test that passes names the seed:\n%s", out)
	}
}

// The variables make TestInAChild run, and fail.
const (
	childVariable = "LONGTEST_CHILD"
	failVariable  = "LONGTEST_FAIL"
)

// child runs TestInAChild in a process of its own and returns its output.
func child(t *testing.T, flag string, env ...string) string {
	t.Helper()
	args := []string{"-test.run=^TestInAChild$", "-test.v"}
	if flag != "" {
		args = append(args, flag)
	}
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), append([]string{childVariable + "=1", LongVariable + "=", SeedVariable + "="}, env...)...)
	out, _ := cmd.CombinedOutput() // a failure is what some tests want
	return string(out)
}

func TestInAChild(t *testing.T) {
	if os.Getenv(childVariable) == "" {
		t.Skip("other tests run it as a process of its own")
	}
	t.Logf("sample %d size %d ", len(Sample(t, numbers(100), 8)), Size(1, 2))
	if os.Getenv(failVariable) != "" {
		t.Fail()
	}
}

func TestFewItemsAreAllTried(t *testing.T) {
	if sample := Sample(t, numbers(1), 8); len(sample) != 1 {
		t.Errorf("%v", sample)
	}
}
