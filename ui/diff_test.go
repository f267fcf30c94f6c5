package ui

import (
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui/uitest"
)

func drawn(d *Diff, f Frame) string {
	var lines []string
	for _, l := range d.Lines(f) {
		lines = append(lines, l.View(f, f.Width))
	}
	return strings.Join(lines, "\n")
}

func TestDiffView(t *testing.T) {
	before := `{"plan":"team","seats":5,"a":{"b":1,"c":2,"d":3,"e":4,"f":5},"region":"eu"}`
	after := `{ "plan": "business", "seats": 5, "a": {"b":1,"c":2,"d":3,"e":4,"f":5}, "owner": "株" }`
	d := DiffJSON([]byte(before), []byte(after), nil)
	uitest.Golden(t, "diff/json", drawn(d, testFrame(60, 20)))
	if d.added != 2 || d.removed != 2 {
		t.Errorf("%d lines added, %d removed", d.added, d.removed)
	}
}

func TestDiffOfEqualTexts(t *testing.T) {
	for _, d := range []*Diff{
		DiffJSON([]byte(`{"a":1}`), []byte("{\n\t\"a\": 1 }"), nil),
		diffTexts("a\nb", "a\nb"),
		diffTexts("a\nb", "a\nb\n"),
		DiffJSON([]byte(`"x"`), []byte(`"x"`), nil),
	} {
		if out := drawn(d, testFrame(60, 20)); !d.isEqual() || out != "no changes" {
			t.Errorf("drawn as %q", out)
		}
	}
}

func TestDiffMasksSecrets(t *testing.T) {
	d := DiffJSON([]byte(`{"token":"old-s3cret","credentials":{"a":"same"}}`),
		[]byte(`{"token":"new-s3cret","credentials":{"a":"same"}}`), secretMask)
	out := drawn(d, testFrame(60, 20))
	if strings.Contains(out, "s3cret") || strings.Contains(out, "same\"") {
		t.Errorf("a secret is shown:\n%s", out)
	}
	uitest.Golden(t, "diff/secret", out)
	half := DiffJSON([]byte(`{"token":"old-s3cret"`), []byte(`{"token":"new-s3cret"}`), secretMask)
	if out := drawn(half, testFrame(60, 20)); strings.Contains(out, "s3cret") {
		t.Errorf("half a body shows a secret:\n%s", out)
	}
}

func TestDiffIsLimited(t *testing.T) {
	var a, b strings.Builder
	for i := range 5000 {
		fmt.Fprintln(&a, "before", i)
		fmt.Fprintln(&b, "after", i)
	}
	d := diffTexts(a.String(), b.String())
	if lines := d.Lines(testFrame(80, 24)); len(lines) != maxDiffLines+1 {
		t.Errorf("%d lines are kept", len(lines))
	}
	if d.added != 5000 || d.removed != 5000 {
		t.Errorf("%d added, %d removed", d.added, d.removed)
	}
	long := strings.Repeat("x\n", maxDiffBytes)
	if d := diffTexts(long, "y"); d.isEqual() || !strings.Contains(drawn(d, testFrame(80, 24)), "too long") {
		t.Errorf("a long text: %q", drawn(d, testFrame(80, 24)))
	}
}

func FuzzDiff(f *testing.F) {
	f.Add(`{"a":1}`, `{"a":2}`)
	f.Add("a\r\nb\x1b[2J", "\u202ea\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		frame := testFrame(30, 1000)
		uitest.CheckView(t, drawn(diffTexts(a, b), frame), 30, 1000)
		uitest.CheckView(t, drawn(DiffJSON([]byte(a), []byte(b), secretMask), frame), 30, 1000)
	})
}
