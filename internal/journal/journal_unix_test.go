//go:build unix

package journal

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nango-tui/internal/clean"
	"nango-tui/internal/longtest"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// open returns a journal in a folder, as each start of the program does.
func open(t testing.TB, folder string) *Journal {
	j := New(Options{Folder: folder, Clean: masked, Now: func() time.Time { return noon }})
	t.Cleanup(j.Close)
	return j
}

func masked(text string) clean.Text {
	return clean.Line(strings.ReplaceAll(text, "s3cret", "•••"))
}

func newFolder(t testing.TB) string { return filepath.Join(t.TempDir(), "state", "nango-tui") }

// pause is an intent as the program has it.
func pause() Intent {
	return Intent{Profile: "prod", Host: "https://api.nango.dev", Key: "0123456789abcdef", Operation: "sync.pause", Method: "POST",
		Path: "/sync/pause", Effect: "writes", Integration: "hubspot", Connection: "c1", Syncs: []string{"contacts"}}
}

func begin(t testing.TB, j *Journal, i Intent) func(Outcome) {
	t.Helper()
	end, err := j.Begin(i)
	if err != nil {
		t.Fatal(err)
	}
	return end
}

func read(t testing.TB, j *Journal) Contents {
	t.Helper()
	c, err := j.Read()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// states are those of all entries, the oldest first.
func states(t testing.TB, j *Journal) string {
	t.Helper()
	var all []string
	for _, e := range read(t, j).Entries {
		all = append(all, string(e.Outcome.State))
	}
	return strings.Join(all, ", ")
}

func path(folder string) string { return filepath.Join(folder, FileName) }

func fileText(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func appendText(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(fileText(t, path)+text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func wantStates(t *testing.T, j *Journal, want string) {
	t.Helper()
	if got := states(t, j); got != want {
		t.Errorf("the states are %q, not %q", got, want)
	}
}

func TestIntentIsInTheFileBeforeItsOutcome(t *testing.T) {
	folder := newFolder(t)
	j := open(t, folder)
	end := begin(t, j, pause())
	if text := fileText(t, path(folder)); !strings.Contains(text, `"path":"/sync/pause"`) || !strings.Contains(text, "12:00:00Z") {
		t.Errorf("%s", text)
	}
	if all := j.Pending(); len(all) != 1 || all[0].Path != "/sync/pause" {
		t.Errorf("pending: %+v", all)
	}
	wantStates(t, j, "sent")
	end(Outcome{State: Done, Status: 200})
	wantStates(t, j, "done")
	e := read(t, open(t, folder)).Entries[0]
	if e.Intent.Connection != "c1" || e.Outcome.Status != 200 || e.PID != os.Getpid() || e.Own || len(j.Pending()) != 0 {
		t.Errorf("%+v", e)
	}
}

func TestFileIsPrivate(t *testing.T) {
	folder := newFolder(t)
	begin(t, open(t, folder), pause())
	for path, want := range map[string]os.FileMode{folder: 0o700, path(folder): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestReadingCreatesNothing(t *testing.T) {
	folder := newFolder(t)
	if c := read(t, open(t, folder)); len(c.Entries) != 0 {
		t.Errorf("%+v", c)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was created")
	}
}

func TestOutcomeOfADeadProcessIsNotKnown(t *testing.T) {
	folder := newFolder(t)
	first, second := open(t, folder), open(t, folder)
	begin(t, first, pause())
	wantStates(t, second, "sent")
	first.Close() // the system does the same with the lock of a process that was killed
	wantStates(t, second, "not known")
	wantStates(t, open(t, folder), "not known")
	id := read(t, second).Entries[0].ID
	if err := second.Settle(id, Outcome{State: Checked, Text: "it is paused"}); err != nil {
		t.Fatal(err)
	}
	wantStates(t, open(t, folder), "checked")
	appendText(t, path(folder), `{"v":1,"id":"`+id+`","outcome":{"state":"perhaps"}}`+"\n")
	wantStates(t, open(t, folder), "not known")
}

func TestLocksOfDeadProcessesAreRemoved(t *testing.T) {
	folder := newFolder(t)
	living := open(t, folder)
	begin(t, living, pause())
	for _, left := range []string{".journal-dead.run", ".journal.jsonl.12345"} {
		if err := os.WriteFile(filepath.Join(folder, left), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	begin(t, open(t, folder), pause())
	entries, err := os.ReadDir(folder)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if len(names) != 4 || err != nil { // the journal, its lock, and those of two processes
		t.Errorf("%q, %v", names, err)
	}
	wantStates(t, living, "sent, sent")
}

func TestLinesOfManyProcessesAreKept(t *testing.T) {
	folder := newFolder(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			j := open(t, folder)
			for range 5 {
				begin(t, j, pause())(Outcome{State: Done})
			}
		})
	}
	all.Wait()
	if c := read(t, open(t, folder)); len(c.Entries) != 40 || c.Damaged != 0 {
		t.Errorf("%d entries, %d damaged", len(c.Entries), c.Damaged)
	}
}

func TestUnreadableLinesDoNotStopTheJournal(t *testing.T) {
	folder := newFolder(t)
	begin(t, open(t, folder), pause())(Outcome{State: Done})
	future := `{"v":2,"id":17,"intent":["of another shape"]}`
	appendText(t, path(folder), "\x00\x01 rubbish\n"+future+"\n{}\n"+`{"v":1,"id":"x-1","run":"x","intent":{"time":"2026-`)
	j := open(t, folder)
	begin(t, j, pause())(Outcome{State: Failed, Status: 400})
	c := read(t, j)
	if len(c.Entries) != 2 || c.Damaged != 3 || c.Newer != 1 || c.Entries[1].Outcome.Status != 400 {
		t.Errorf("%+v", c)
	}
	if err := j.shrink(0); err != nil {
		t.Fatal(err)
	}
	if c := read(t, j); len(c.Entries) != 2 || c.Newer != 1 || !strings.Contains(fileText(t, path(folder)), future+"\n") {
		t.Errorf("after shrinking: %+v", c)
	}
}

// grow makes the file nearly as large as it may be, with entries of that outcome.
func grow(t testing.TB, folder string, outcome string) {
	t.Helper()
	var text strings.Builder
	long := strings.Repeat("x", 1500)
	for n := 0; text.Len() < maxFile-2000; n++ {
		fmt.Fprintf(&text, `{"v":1,"id":"old-%d","run":"old","intent":{"path":"/%s"}}`+"\n", n, long)
		if outcome != "" {
			fmt.Fprintf(&text, `{"v":1,"id":"old-%d","outcome":{"state":"%s"}}`+"\n", n, outcome)
		}
	}
	if err := os.WriteFile(path(folder), []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFullFileDropsTheOldestSettledEntries(t *testing.T) {
	longtest.SkipInShort(t)
	folder := newFolder(t)
	first := open(t, folder)
	begin(t, first, pause())
	open := open(t, folder)
	intent := fileText(t, path(folder))
	grow(t, folder, "done")
	const newer = `{"v":9,"what":"is this"}` + "\n"
	if err := os.WriteFile(path(folder), []byte(newer+intent+fileText(t, path(folder))), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		begin(t, open, Intent{Path: "/" + strings.Repeat("y", 1500)})(Outcome{State: Done})
	}
	if !strings.HasPrefix(fileText(t, path(folder)), newer) {
		t.Error("a line of a newer version was dropped")
	}
	all := read(t, open).Entries
	info, _ := os.Stat(path(folder))
	if info.Size() > maxFile || info.Size() < maxFile/3 || len(all) < 1000 || all[0].Path != "/sync/pause" || all[0].Outcome.State != Sent {
		t.Errorf("%d bytes, %d entries, the oldest: %+v", info.Size(), len(all), all[0])
	}
	if newest := all[len(all)-1]; newest.Path[:2] != "/y" || newest.Outcome.State != Done || all[len(all)-4].ID[:4] != "old-" {
		t.Errorf("the newest: %+v", newest)
	}
}

func TestJournalFullOfUnknownOutcomesRefuses(t *testing.T) {
	longtest.SkipInShort(t)
	for _, outcome := range []string{"", "not known"} {
		folder := newFolder(t)
		j := open(t, folder)
		begin(t, j, pause())
		grow(t, folder, outcome)
		before := fileText(t, path(folder))
		var err error
		for range 3 {
			if _, err = j.Begin(Intent{Path: strings.Repeat("y", 1500)}); err != nil {
				break
			}
		}
		if err == nil || !strings.Contains(err.Error(), "dismiss them") || !strings.HasPrefix(fileText(t, path(folder)), before) {
			t.Errorf("%q: %v", outcome, err)
		}
	}
}

// limitedFolderVariable names the folder of the journal that a child process writes with a limit on the size of files.
const limitedFolderVariable = "NANGO_TUI_TEST_LIMITED_FOLDER"

// The limit holds for a whole process, and a test process writes files of its own, so a child has it.
func TestFullDiskRefusesAndLeavesNoHalfLine(t *testing.T) {
	if folder := os.Getenv(limitedFolderVariable); folder != "" {
		writeToFullDisk(t, folder)
		return
	}
	folder := newFolder(t)
	begin(t, open(t, folder), pause())
	child := exec.Command(os.Args[0], "-test.run=^TestFullDiskRefusesAndLeavesNoHalfLine$", "-test.v")
	child.Env = append(os.Environ(), limitedFolderVariable+"="+folder)
	output, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "--- PASS") {
		t.Errorf("%v\n%s", err, output)
	}
}

func writeToFullDisk(t *testing.T, folder string) {
	t.Helper()
	j := open(t, folder)
	before := fileText(t, path(folder))
	pending := len(j.Pending())
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	small := limit
	small.Cur = uint64(len(before) + 50)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Fatal(err)
	}
	_, err := j.Begin(pause())
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if err == nil || !strings.Contains(err.Error(), "cannot write "+path(folder)+": file too large") {
		t.Errorf("%v", err)
	}
	if text := fileText(t, path(folder)); text != before || len(j.Pending()) != pending {
		t.Errorf("%d bytes and then %d; %d pending and then %d", len(before), len(text), pending, len(j.Pending()))
	}
	begin(t, j, pause())
}

func TestIntentIsSynced(t *testing.T) {
	_, pipe, err := os.Pipe() // can be written, and not be synced
	if err != nil {
		t.Fatal(err)
	}
	if err := writeAndSync(pipe, []byte("x"), true); err == nil {
		t.Error("an intent is not synced")
	}
	if err := writeAndSync(pipe, []byte("x"), false); err != nil {
		t.Errorf("an outcome is synced: %v", err)
	}
}

func TestJournalThatOthersCanChangeIsRefused(t *testing.T) {
	for want, spoil := range map[string]func(folder string) error{
		"readable by other users": func(folder string) error { return os.Chmod(path(folder), 0o644) },
		"writable by other users": func(folder string) error { return os.Chmod(folder, 0o777) },
		"symbolic link": func(folder string) error {
			if err := os.Rename(path(folder), path(folder)+"2"); err != nil {
				return err
			}
			return os.Symlink(path(folder)+"2", path(folder))
		},
		"not a regular file": func(folder string) error {
			if err := os.Remove(path(folder)); err != nil {
				return err
			}
			return syscall.Mkfifo(path(folder), 0o600)
		},
	} {
		folder := newFolder(t)
		begin(t, open(t, folder), pause())
		if err := spoil(folder); err != nil {
			t.Fatal(err)
		}
		if _, err := open(t, folder).Begin(pause()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: begin: %v", want, err)
		}
		if _, err := open(t, folder).Read(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: read: %v", want, err)
		}
	}
}

func TestTextsAreCleanedAndNamesStayAsTheyAre(t *testing.T) {
	folder := newFolder(t)
	i := pause()
	i.Path, i.Connection = "/a?token=s3cret\x1b[2J\n"+strings.Repeat("é", 2000), "cust\x1bomer"
	end := begin(t, open(t, folder), i)
	end(Outcome{State: Failed, Text: "no s3cret\n" + strings.Repeat("x", 5000)})
	text := fileText(t, path(folder))
	if strings.Contains(text, "s3cret") || strings.ContainsAny(text, "\x1b") || len(text) > 5000 || strings.Contains(text, "customer") {
		t.Errorf("%s", text)
	}
	e := read(t, open(t, folder)).Entries[0]
	if !strings.HasPrefix(e.Path, "/a?token=•••␛[2J⏎é") || e.Connection != "" || e.Integration != "" || e.Syncs != nil {
		t.Errorf("%+v", e)
	}
}

func TestJournalInMemoryIsBounded(t *testing.T) {
	j := open(t, "")
	for range maxInMemory + 5 {
		begin(t, j, pause())(Outcome{State: Done})
	}
	begin(t, j, pause())
	c := read(t, j)
	if len(c.Entries) != maxInMemory || c.Entries[0].Outcome.State != Done || c.Entries[maxInMemory-1].Outcome.State != Sent {
		t.Errorf("%d entries", len(c.Entries))
	}
	if len(j.Pending()) != 1 {
		t.Errorf("%d pending", len(j.Pending()))
	}
}

// BenchmarkWrite is what the journal adds to a change: the intent, synced to the disk, and the outcome. -benchtime=200x is
// enough.
func BenchmarkWrite(b *testing.B) {
	j := open(b, filepath.Join(b.TempDir(), "state"))
	begin(b, j, pause())(Outcome{State: Done})
	for b.Loop() {
		begin(b, j, pause())(Outcome{State: Done, Status: 200})
	}
}

// BenchmarkIntent is what a change waits for before it is sent.
func BenchmarkIntent(b *testing.B) {
	j := open(b, filepath.Join(b.TempDir(), "state"))
	begin(b, j, pause())
	for b.Loop() {
		begin(b, j, pause())
	}
}

// BenchmarkReadFull is what opening the screen costs at most, off App's goroutine.
func BenchmarkReadFull(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "state")
	j := open(b, folder)
	begin(b, j, pause())
	grow(b, folder, "done")
	for b.Loop() {
		read(b, j)
	}
}

// detour is a change that is to be put back.
func detour() Intent {
	i := pause()
	i.Operation, i.Undo = "connection.update", &Undo{ID: "d1", Until: noon, Before: []byte(`{"webhook":"https://a.example"}`)}
	return i
}

func TestOpenChangeStaysUntilItIsPutBackOrChecked(t *testing.T) {
	for _, outcome := range []Outcome{{}, {State: Done}, {State: NotKnown}} {
		folder := newFolder(t)
		first, second := open(t, folder), open(t, folder)
		end := begin(t, first, detour())
		if outcome.State != "" {
			end(outcome)
		}
		if e := read(t, second).Entries[0]; !e.IsOpen() || e.Abandoned || len(first.Open()) != 1 || len(second.Open()) != 0 {
			t.Errorf("while its process lives: %+v", e)
		}
		first.Close()
		if e := read(t, second).Entries[0]; !e.IsOpen() || !e.Abandoned || string(e.Undo.Before) != `{"webhook":"https://a.example"}` {
			t.Errorf("after its process has ended: %+v", e)
		}
		back := pause()
		back.Undo = &Undo{Undoes: "d1"}
		failed := begin(t, second, back)
		failed(Outcome{State: Failed})
		if e := read(t, second).Entries[0]; !e.Abandoned || e.Undone {
			t.Errorf("after it couldn't be put back: %+v", e)
		}
		begin(t, second, back)(Outcome{State: Done})
		if e := read(t, open(t, folder)).Entries[0]; e.IsOpen() || e.Abandoned || !e.Undone {
			t.Errorf("after it was put back: %+v", e)
		}
	}
	folder := newFolder(t)
	first := open(t, folder)
	begin(t, first, detour())(Outcome{State: Done})
	first.Close()
	second := open(t, folder)
	if err := second.Settle("d1", Outcome{State: Checked}); err != nil {
		t.Fatal(err)
	}
	if e := read(t, second).Entries[0]; e.IsOpen() || e.Abandoned {
		t.Errorf("after it was checked: %+v", e)
	}
}

func TestUndoOfSecretsIsNotStored(t *testing.T) {
	folder := newFolder(t)
	i := detour()
	i.Undo.After = []byte(`{"webhook":"https://s3cret.example"}`)
	begin(t, open(t, folder), i)
	if e := read(t, open(t, folder)).Entries[0]; e.Undo.Before != nil || e.Undo.After != nil || e.IsOpen() {
		t.Errorf("%+v", e.Undo)
	}
	i = detour()
	i.Undo.After = []byte(`{"metadata":{"hostile":"\u202e\u001b株"}}`)
	begin(t, open(t, folder), i)
	if e := read(t, open(t, folder)).Entries[1]; string(e.Undo.After) != `{"metadata":{"hostile":"\u202e\u001b株"}}` {
		t.Errorf("%s", e.Undo.After)
	}
}

func TestFullFileKeepsWhatIsOpenAndWhatCanBeUndone(t *testing.T) {
	longtest.SkipInShort(t)
	folder := newFolder(t)
	j := open(t, folder)
	begin(t, j, detour())(Outcome{State: Done})
	tags := pause()
	tags.Undo = &Undo{Before: []byte(`{"tags":{}}`)}
	begin(t, j, tags)(Outcome{State: Done})
	begin(t, j, pause())(Outcome{State: Done})
	early := fileText(t, path(folder))
	grow(t, folder, "done")
	if err := os.WriteFile(path(folder), []byte(early+fileText(t, path(folder))), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		begin(t, j, Intent{Path: "/" + strings.Repeat("y", 1500)})(Outcome{State: Done})
	}
	all := read(t, j).Entries
	if len(all) < 2 || !all[0].IsOpen() || all[1].Undo == nil || all[2].Path == "/sync/pause" {
		t.Errorf("the oldest: %+v", all[:3])
	}
}

func TestChangeThatWasPutBackIsDroppedBeforeWhatPutItBack(t *testing.T) {
	folder := newFolder(t)
	j := open(t, folder)
	begin(t, j, detour())(Outcome{State: NotKnown})
	if e := read(t, j).Entries[0]; !e.isNeeded() {
		t.Errorf("it isn't needed while it is open: %+v", e)
	}
	back := pause()
	back.Undo = &Undo{Undoes: "d1"}
	begin(t, j, back)(Outcome{State: Done})
	if e := read(t, j).Entries[0]; e.isNeeded() {
		t.Errorf("it is needed after it was put back: %+v", e)
	}
}
