//go:build unix

package runfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nango-tui/internal/clean"
)

func lines(texts ...string) []clean.Text {
	all := make([]clean.Text, len(texts))
	for i, text := range texts {
		all[i] = clean.JSONLine(text)
	}
	return all
}

func create(t *testing.T, f *Folder, name string, texts ...string) *File {
	t.Helper()
	file, err := f.Create(name, lines(texts...))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func list(t *testing.T, f *Folder) []Kept {
	t.Helper()
	all, err := f.List()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAFileBelongsToOneProcessUntilItEnds(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state", "nango-tui")
	one, other := New(folder), New(folder)
	defer other.Close()
	if all := list(t, one); len(all) != 0 {
		t.Fatalf("%v", all)
	}
	file := create(t, one, "a", `{"v":1}`)
	if err := file.Append(clean.JSONLine(`{"s":"done"}`)); err != nil {
		t.Fatal(err)
	}
	if all := list(t, one); len(all) != 1 || !all[0].Live || !all[0].Own || string(all[0].Data) != "{\"v\":1}\n{\"s\":\"done\"}\n" {
		t.Errorf("its own: %+v", all)
	}
	if all := list(t, other); len(all) != 1 || !all[0].Live || all[0].Own {
		t.Errorf("another's: %+v", all)
	}
	if _, err := other.Take("a"); err == nil {
		t.Error("another process took it, too")
	}
	if err := other.Remove("a"); err == nil {
		t.Error("another process removed it")
	}
	one.Close() // the process has ended
	if all := list(t, other); all[0].Live {
		t.Error("it lives")
	}
	if _, err := other.Take("a"); err != nil {
		t.Error(err)
	}
	if err := other.Remove("a"); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state")
	f := New(folder)
	defer f.Close()
	file := create(t, f, "a", "{}")
	path := filepath.Join(folder, "run-a.jsonl")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := file.Append(clean.JSONLine("{}")); err == nil {
		t.Error("it was appended to a file that others can read")
	}
	if all := list(t, f); all[0].Err == nil {
		t.Error("a file that others can read was read")
	}
	if _, err := f.Create("../b", lines("{}")); err == nil {
		t.Error("it was created elsewhere")
	}
}

func TestALineAfterOneThatWasCutOffBeginsAnew(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state")
	f := New(folder)
	defer f.Close()
	file := create(t, f, "a", "{}")
	path := filepath.Join(folder, "run-a.jsonl")
	if err := os.WriteFile(path, []byte("{}\n{\"s\":"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := file.Append(clean.JSONLine(`{"s":"left"}`)); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); !strings.HasSuffix(string(text), "\n{\"s\":\"left\"}\n") {
		t.Errorf("%q", text)
	}
}

func TestThereIsABoundOfFiles(t *testing.T) {
	f := New(filepath.Join(t.TempDir(), "state"))
	defer f.Close()
	for i := range MaxFiles {
		create(t, f, string(rune('a'+i%26))+string(rune('a'+i/26)), "{}")
	}
	if _, err := f.Create("more", lines("{}")); err == nil || !strings.Contains(err.Error(), "remove some") {
		t.Errorf("%v", err)
	}
}

func TestAFileThatWasNotCreatedLeavesNoLock(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state")
	f := New(folder)
	defer f.Close()
	if _, err := f.Create("a", lines(strings.Repeat("x", maxFile/2))); err == nil {
		t.Error("it was created, but is too large")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}
