package records

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// exportBuffer is how much is written to the file at once.
const exportBuffer = 64 << 10

// exporting is the page of an export: the form, and how far it is.
type exportPage struct {
	*formPage
	query           nango.RecordQuery
	source          *source
	hasServerFilter bool // the server was asked for some of the records only
	syncs           screen.Load[[]nango.SyncStatus]
	total           int64 // of the model as the syncs count; 0 where nobody knows
	task            screen.Task[exportResult]
	progress        *progress
	path            string
}

// unexported is why nothing can be exported now.
func (l *List) exportDisabled(unloaded string) string {
	switch {
	case unloaded != "":
		return unloaded
	case l.expr.task.IsRunning():
		return "the expression is still at work"
	case l.load.IsLoading():
		return "reading goes on; what is shown is not settled yet"
	}
	if shown, _ := l.shown(); shown == 0 && l.pages.Done() { // else what follows on the server may be like that
		return "nothing is shown that could be exported"
	}
	return ""
}

// exportForm asks for the file.
func (l *List) exportForm(t *screen.Turn) {
	e := &exportPage{query: l.query, source: l.source(), hasServerFilter: l.hasServerFilter()}
	e.formPage = &formPage{submitTitle: "Export", head: e.head}
	e.Name, e.Submit = "Export", e.submit
	file := screen.FileField("~/" + cmp.Or(screen.SafeFileName(l.query.Model), "records") + ".json")
	file.Check = checkFileName
	file.About = "Its end says what is written: .json is one array, .jsonl a line for each, .csv a table. ~/ is your home folder."
	e.Fields = form.New(file)
	t.Show(e)
}

// says what is exported.
func (e *exportPage) head(ui.Frame) []ui.Line {
	n, what := len(e.source.texts), "record"
	if !e.source.records {
		what = "value"
	}
	text := "The " + ui.Pluralize(n, what) + " that are shown, as they are shown."
	if n == 1 {
		text = "The " + what + " that is shown, as it is shown."
	}
	if e.source.more {
		text = "The " + ui.Pluralize(n, what) + " that are shown, and what follows on the server, narrowed the same way, in Nango's order."
		if e.total > 0 {
			text += " The model has " + ui.Count(int(e.total)).String() + " records, deleted ones not counted."
		}
	}
	return []ui.Line{{ui.Styled(ui.RoleText, text+" Secrets are masked.")}}
}

// Open finds out how many there are, where not all of them have been read. For a variant Nango counts the base.
func (e *exportPage) Open(t *screen.Turn) {
	if !e.source.more || e.hasServerFilter || e.query.Variant != "" {
		return
	}
	e.syncs.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: e.query.Connection, All: true}), func(*screen.Turn) {
		for _, sync := range e.syncs.Value {
			e.total = max(e.total, sync.Records[e.query.Model])
		}
	})
}

// Typing says that keys are text, while the file is asked for.
func (e *exportPage) Typing() bool { return !e.task.IsRunning() }

// Update gives keys and pastes to the form.
func (e *exportPage) Update(t *screen.Turn, msg tea.Msg) {
	if !e.task.IsRunning() {
		e.formPage.Update(t, msg)
	}
}

// RedrawInterval draws again while it goes on.
func (e *exportPage) RedrawInterval() time.Duration {
	if e.task.IsRunning() {
		return progressStep
	}
	return 0
}

// Actions is exporting, or stopping it.
func (e *exportPage) Actions() []screen.Action {
	if !e.task.IsRunning() {
		return e.formPage.Actions()
	}
	return []screen.Action{{ID: screen.LeaveForm, Title: "Stop", Do: func(t *screen.Turn) {
		e.task.Stop(t)
		t.Toast("The export was stopped; nothing was written.")
	}}}
}

// Leave says that the export ends with its page.
func (e *exportPage) Leave(t *screen.Turn) {
	if e.task.IsRunning() {
		t.Toast("The export was stopped; nothing was written.")
	}
}

func (e *exportPage) submit(t *screen.Turn, values form.Values) {
	e.start(t, strings.TrimSpace(values[screen.FieldFile]), false)
}

// start begins to write. A file that is there is only replaced when that was agreed to.
func (e *exportPage) start(t *screen.Turn, path string, over bool) {
	p := &progress{total: int64(len(e.source.texts))}
	if e.source.more {
		p.total = 0
		if e.isUnfiltered() && e.source.code == nil {
			p.total = e.total
		}
	}
	e.path, e.progress = path, p
	source, began := e.source, t.Now
	e.task.Start(t, func(ctx context.Context, tools screen.Tools) (exportResult, error) {
		return writeFile(ctx, tools, path, over, &export{source: source, tools: tools, progress: p, began: began})
	}, e.finish)
}

// records says that every record that follows is written.
func (e *exportPage) isUnfiltered() bool { return e.source.records && e.source.sieve.isEmpty() }

// writeFile writes the file, and keeps it only when all of it is written.
func writeFile(ctx context.Context, tools screen.Tools, path string, over bool, e *export) (exportResult, error) {
	draft, err := tools.Files.Create(path, over)
	if err != nil {
		return exportResult{}, err
	}
	to := &countingWriter{to: draft}
	buffer := bufio.NewWriterSize(to, exportBuffer)
	if e.sink, err = newFormatWriter(path, buffer, e.source.header); err == nil {
		err = e.write(ctx)
	}
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil {
		return exportResult{}, errors.Join(err, draft.Discard())
	}
	e.done.bytes, e.done.incomplete = to.bytes, incompleteIn(e.sink)
	return e.done, draft.Commit()
}

func (e *exportPage) finish(t *screen.Turn) {
	err, path := e.task.Err, e.path
	switch {
	case errors.Is(err, fs.ErrExist):
		screen.AskOverwrite(t, path, func(t *screen.Turn) { e.start(t, path, true) })
	case err != nil:
		e.Fields.SetError("", "Nothing was written: "+err.Error())
	default:
		e.report(t, e.task.Value)
		t.Back()
	}
}

// told says what was written, and what one might not expect of it.
func (e *exportPage) report(t *screen.Turn, done exportResult) {
	what := "records"
	if !e.source.records {
		what = "values"
	}
	text := ui.Count(int(done.count)).String() + " " + what + " written to " + e.path + ", " + ui.Bytes(done.bytes).String() + "."
	var notes []string
	if done.incomplete > 0 {
		notes = append(notes, ui.Count(done.incomplete).String()+" of them have fields that the records read before did not have, and that have no column. A .json or .jsonl file has all.")
	}
	if done.changed > 0 {
		notes = append(notes, ui.Count(done.changed).String()+" records have changed while they were read: they may be in it twice, the newer behind the older.")
	}
	if done.failed > 0 {
		notes = append(notes, "The expression failed for "+ui.Count(done.failed).String()+" records that were read for this; they are not in it.")
	}
	if len(notes) == 0 {
		t.Toast(text)
		return
	}
	t.Notice("Exported", append([]string{text}, notes...)...)
}

// View draws the form, or how far it is.
func (e *exportPage) View(f ui.Frame) string {
	if !e.task.IsRunning() {
		return e.formPage.View(f)
	}
	return drawProgress(f, "Writing "+e.path, e.progress, strings.TrimSpace(screen.Key(f, screen.LeaveForm)+" stops; nothing is kept of what is half written"))
}
