package records

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// exportBuffer is the size of the write buffer in bytes.
const exportBuffer = 64 << 10

type exportPage struct {
	workForm
	query           nango.RecordQuery
	source          *source
	hasServerFilter bool // the server query excludes records
	syncs           screen.Load[[]nango.SyncStatus]
	total           int64 // records of the model according to its syncs; 0 if unknown
	task            screen.Task[exportResult]
	progress        *progress
	path            string
	field           screen.PathField
}

// exportDisabled is why nothing can be exported now; empty if it can.
func (l *List) exportDisabled(unloaded string) string {
	shown, _ := l.shown()
	nothing := shown == 0 && l.pages.Done() // else records on the server may match
	return cmp.Or(unloaded, screen.DisabledIf(l.expr.task.IsRunning(), textExpressionRuns),
		screen.DisabledIf(l.load.IsLoading(), textStillLoading), screen.DisabledIf(nothing, textNothingToExport))
}

func (l *List) exportForm(t *screen.Turn) {
	e := &exportPage{query: l.query, source: l.source(), hasServerFilter: l.hasServerFilter()}
	stop := screen.Action{ID: screen.LeaveForm, Title: textStop, Do: func(t *screen.Turn) {
		e.task.Stop(t)
		t.Toast(textExportStopped)
	}}
	submit := func(t *screen.Turn, values form.Values) {
		e.start(t, strings.TrimSpace(values[screen.FieldFile]), false)
	}
	e.workForm = workForm{isRunning: e.task.IsRunning, stop: func() screen.Action { return stop },
		leaveText: func() string { return textExportStopped },
		Form:      screen.Form{Name: textExport, SubmitTitle: textExport, Submit: submit, Head: e.head, Disposable: true}}
	file := screen.FileField("~/" + cmp.Or(screen.SafeFileName(l.query.Model), "records") + ".json")
	file.Check = checkFileName
	file.About = textExportAbout
	e.Fields = form.New(file)
	t.Show(e)
}

func (e *exportPage) head(ui.Frame) []ui.Line {
	n, what := len(e.source.texts), "record"
	if !e.source.records {
		what = "value"
	}
	text := textExportShown
	switch {
	case e.source.more:
		text = textExportMore
		if e.total > 0 {
			text += fmt.Sprintf(textExportTotal, ui.Count(int(e.total)))
		}
	case n == 1:
		text = textExportOne
	}
	return []ui.Line{{ui.Styled(ui.RoleText, fmt.Sprintf(text, ui.Pluralize(n, what))+textExportMasked)}}
}

// Open offers the last path, and loads the total number of records if not all are loaded. For a variant, Nango only counts the base.
func (e *exportPage) Open(t *screen.Turn) {
	e.field.Offer(t, e.Fields)
	if !e.source.more || e.hasServerFilter || e.query.Variant != "" {
		return
	}
	e.syncs.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: e.query.Connection, All: true}), func(*screen.Turn) {
		for _, sync := range e.syncs.Value {
			e.total = max(e.total, sync.Records[e.query.Model])
		}
	})
}

func (e *exportPage) RedrawInterval() time.Duration {
	return screen.RedrawIf(e.task.IsRunning(), progressStep)
}

// start starts writing. It overwrites a file only if the user confirmed it.
func (e *exportPage) start(t *screen.Turn, path string, over bool) {
	p := &progress{total: int64(len(e.source.texts))}
	if e.source.more {
		p.total = 0
		if e.source.records && e.source.filter.isEmpty() && e.source.code == nil { // all further records are exported
			p.total = e.total
		}
	}
	e.path, e.progress = path, p
	source, began := e.source, t.Now
	e.task.Start(t, func(ctx context.Context, tools screen.Tools) (exportResult, error) {
		return writeFile(ctx, tools, path, over, &export{source: source, tools: tools, progress: p, began: began})
	}, e.finish)
}

// writeFile writes the file. An incomplete file is removed.
func writeFile(ctx context.Context, tools screen.Tools, path string, over bool, e *export) (exportResult, error) {
	full, err := tools.Files.Path(path)
	if err != nil {
		return exportResult{}, err
	}
	draft, err := tools.Files.Create(full, over)
	if err != nil {
		return exportResult{}, err
	}
	e.done.path = full
	to := &countingWriter{to: draft}
	buffer := bufio.NewWriterSize(to, exportBuffer)
	if e.sink, err = newFormatWriter(path, buffer, func() *header { return e.source.header(tools.Policy) }); err == nil {
		err = e.write(ctx)
	}
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil {
		return exportResult{}, errors.Join(err, draft.Discard())
	}
	e.done.bytes = to.bytes
	if table, ok := e.sink.(*csvWriter); ok {
		e.done.incomplete = table.incomplete
	}
	return e.done, draft.Commit()
}

func (e *exportPage) finish(t *screen.Turn) {
	err, path := e.task.Err, e.path
	switch {
	case errors.Is(err, fs.ErrExist):
		screen.AskOverwrite(t, path, func(t *screen.Turn) { e.start(t, path, true) })
	case err != nil:
		e.Fields.SetError("", textExportFailed+err.Error())
	default:
		e.report(t, e.task.Value)
		t.Back()
	}
}

func (e *exportPage) report(t *screen.Turn, done exportResult) {
	what := "records"
	if !e.source.records {
		what = "values"
	}
	text := fmt.Sprintf(textExportDone, ui.Count(int(done.count)), what, done.path, ui.Bytes(done.bytes))
	lines := []string{text}
	for _, note := range []struct {
		n    int
		text string
	}{{done.incomplete, textExportColumns}, {done.changed, textExportChanged}, {done.failed, textExportErrors}} {
		if note.n > 0 {
			lines = append(lines, fmt.Sprintf(note.text, ui.Count(note.n)))
		}
	}
	if len(lines) == 1 {
		t.Toast(text)
		return
	}
	t.Notice("Exported", lines...)
}

// View draws the form, or the progress.
func (e *exportPage) View(f ui.Frame) string {
	if !e.task.IsRunning() {
		return e.Form.View(f)
	}
	return drawProgress(f, textExporting+e.path, e.progress, strings.TrimSpace(screen.Key(f, screen.LeaveForm)+textExportStops))
}
