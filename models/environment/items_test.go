package environment

import (
	"context"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestMissingItemIsRemoved(t *testing.T) {
	w := asAccount(t)
	number := w.environment("staging")
	if _, err := nango.Send(context.Background(), w.Client, nango.DeleteEnvironment(nango.EnvironmentRef{ID: number})); err != nil {
		t.Fatal(err)
	}
	w.row(envRow(number)).Do(Delete)
	if err := w.Confirm(); err == nil {
		t.Fatal("it was deleted twice")
	}
	w.NotSee("staging")
}

func TestItemsOfOtherKeysAreNotShown(t *testing.T) {
	w := asAccount(t)
	elsewhere := func(host, key string) item {
		return item{Profile: "acme-dev", Host: host, Key: key, Kind: kindEnvironment, Number: 9, Name: "not-mine", Created: noon}
	}
	w.keep(elsewhere("https://api.nango.dev", w.Client.Fingerprint()), elsewhere(w.Profile.Host, "0123456789abcdef"))
	w.Refresh()
	w.NotSee("not-mine")
	w.See("2 more were created with another key or host")
	w.environment("staging")
	if file := w.madeFile(); strings.Count(file, "not-mine") != 2 {
		t.Errorf("what others made is lost:\n%s", file)
	}
}

func TestHostileNameIsCleanInTheFile(t *testing.T) {
	w := asAccount(t)
	w.keep(newItem(&screen.Turn{}, kindEnvironment, 9, "a\x1b[2J\u009b\u202eb\x7f"))
	if file := w.madeFile(); !strings.Contains(file, "name: a␛[2J⟨U+009B⟩⟨U+202E⟩b␡\n") {
		t.Errorf("%q", file)
	}
}

func TestUnreadableFileIsNotChanged(t *testing.T) {
	w := asAccount(t)
	if err := w.Files.WriteOwn(screen.CreatedItems, []byte("made: [unfinished")); err != nil {
		t.Fatal(err)
	}
	w.Refresh()
	w.See("✗ Couldn't load what was created here: made.yaml", "Repair it or move it away")
	w.Do(NewEnvironment)
	w.Type("staging")
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("Number  5", "✗ Couldn't save its number. Write it down")
	if w.madeFile() != "made: [unfinished" {
		t.Errorf("the file was written over:\n%s", w.madeFile())
	}
}

func TestFullDiskIsReported(t *testing.T) {
	w := asAccount(t)
	w.Files.Full = true
	w.Do(NewEnvironment)
	w.Type("staging")
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("Number  5", "Couldn't save its number", "space left on device")
}

func TestHostileNamesInTheFile(t *testing.T) {
	w := asAccount(t)
	hostile := newItem(&screen.Turn{Now: noon, Profile: w.Profile}, kindEnvironment, 9, "red\x1b[31m\u202e\nline "+strings.Repeat("w", 3000))
	hostile.Key = w.Client.Fingerprint()
	w.keep(hostile)
	w.Refresh()
	for _, size := range [][2]int{{1, 1}, {20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
		if raw := w.Raw(); strings.ContainsAny(raw, "\x1b\u202e") {
			t.Fatalf("it acts on the terminal: %q", raw)
		}
	}
}

// Without numbers two environments must not be taken for one: a deletion would be about the other.
func TestItemsWithoutNumbersAreToldApart(t *testing.T) {
	dev, prod := item{Kind: kindEnvironment, UUID: "a"}, item{Kind: kindEnvironment, UUID: "b"}
	key := item{Kind: kindKey, UUID: "k", EnvironmentUUID: "a"}
	if dev.row() == prod.row() {
		t.Error("two environments share a row")
	}
	for _, c := range []struct {
		of, gone item
		want     bool
	}{{dev, dev, true}, {prod, dev, false}, {key, dev, true}, {key, prod, false}, {key, key, true}} {
		if got := c.of.isDeletedWith(c.gone); got != c.want {
			t.Errorf("%s %s is deleted with %s: %t", c.of.Kind, c.of.UUID, c.gone.UUID, got)
		}
	}
}
