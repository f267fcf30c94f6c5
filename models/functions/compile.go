package functions

import (
	"errors"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// compilation has Nango compile a local file, and shows what came of it. It is done again by a key, with the file as it is
// then: so one can mend it beside.
type compilation struct {
	screen.Base
	sent *file // the code that was sent last
	file screen.Task[*file]

	working bool
	begun   time.Time
	done    *nango.Compiled
	err     error
	at      time.Time

	page  ui.Fields
	built bool
	width int
}

func newCompilation(code *file) *compilation { return &compilation{sent: code} }

// Title names the screen by the file.
func (s *compilation) Title() string { return "Compile " + s.sent.name() }

// Open sends the code.
func (s *compilation) Open(t *screen.Turn) { s.send(t) }

// Refresh reads the file again and sends it.
func (s *compilation) Refresh(t *screen.Turn) {
	if s.working || s.file.IsRunning() {
		return
	}
	s.built = false
	s.file.Start(t, readFile(s.sent.path), func(t *screen.Turn) {
		if s.file.Err != nil {
			s.built, s.done, s.err = false, nil, s.file.Err
			return
		}
		s.sent = s.file.Value
		s.send(t)
	})
}

func (s *compilation) send(t *screen.Turn) {
	s.built, s.working, s.begun = false, true, t.Now
	screen.Propose(t, screen.Proposal[nango.Compiled]{
		Request: nango.CompileFunction(s.sent.text), Title: "Compile", About: s.sent.path,
		Then: func(t *screen.Turn, done nango.Compiled, err error) {
			s.working, s.built, s.done, s.err, s.at = false, false, nil, err, t.Now
			switch {
			case err == nil:
				s.done = &done
			case errors.Is(err, screen.ErrDeclined):
				s.err = nil
			}
		},
	})
}

// RedrawInterval runs while Nango compiles: its time is shown by the second, for it may take three minutes.
func (s *compilation) RedrawInterval() time.Duration {
	if s.working {
		return time.Second
	}
	return 0
}

// Leave says that the answer is not waited for.
func (s *compilation) Leave(t *screen.Turn) {
	if s.working {
		t.Toast("Compiling changes nothing at Nango; its answer is not waited for")
	}
}

// Update puts the cursor where one clicks.
func (s *compilation) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		s.page.Select(s.page.RowAt(click.Y))
	}
}

// Actions is doing it again, and looking at what came of it.
func (s *compilation) Actions() []screen.Action {
	row, busy := s.page.Selected(), ""
	if s.working || s.file.IsRunning() {
		busy = "it is just being compiled"
	}
	noLine := ""
	if !strings.HasPrefix(row, lineRow) {
		noLine = "there is no line of the code under the cursor"
	}
	line, _ := strconv.Atoi(strings.TrimPrefix(row, lineRow)) // 0 where there is none
	return append([]screen.Action{
		{ID: screen.Refresh, Title: "Compile again", Disabled: busy, Do: s.Refresh},
		{ID: RunOpen, Title: "Open", HideInFooter: noLine != "", Disabled: noLine,
			Do: func(t *screen.Turn) { t.Show(newMarked(s.sent, s.faults(), line)) }},
		{ID: RunSource, Title: "Source code", Do: func(t *screen.Turn) { t.Show(newMarked(s.sent, s.faults(), 0)) }},
		{ID: RunCopy, Title: "Copy", Disabled: copiesNothing(row), Do: func(t *screen.Turn) { t.Copy("error", errorText(s.err)) }},
	}, screen.MoveActions(&s.page)...)
}

func (s *compilation) faults() []fault { return faultsOf(errorText(s.err)) }

// errorText is what Nango said of an error, with its line breaks.
func errorText(err error) string {
	known, ok := nango.AsError(err)
	switch {
	case err == nil:
		return ""
	case ok && known.Message != "":
		return known.Message + "\n" + string(known.Payload())
	}
	return err.Error()
}

// View draws what came of it.
func (s *compilation) View(f ui.Frame) string {
	switch {
	case s.file.IsRunning():
		return screen.Loading(f, "Reading "+s.sent.path)
	case s.working:
		return screen.Loading(f, "Nango compiles "+s.sent.path+": "+seconds(f.Now.Sub(s.begun))+" so far, three minutes at most")
	case s.done == nil && s.err == nil:
		return screen.Failure(f, "Nothing was compiled", errors.New("it was not sent"))
	}
	if !s.built || s.width != f.Width {
		s.page.SetSections(s.sections(f))
		s.built, s.width = true, f.Width
	}
	return s.page.View(f)
}

func (s *compilation) sections(f ui.Frame) []ui.Section {
	about := ui.Section{Title: "FILE", Rows: []ui.Row{
		f.NewRow("", "Path", s.sent.path), f.NewRow("", "Size", ui.Bytes(int64(len(s.sent.text))).String()),
	}}
	if s.done != nil {
		return []ui.Section{{Title: "COMPILED", Note: ui.Line{ui.Styled(ui.RoleGood, "✓ it compiles")}, Rows: []ui.Row{
			f.NewRow("", "Bundle", ui.Bytes(s.done.Size).String()+" of JavaScript"),
			f.NewRow("", "Took", seconds(s.at.Sub(s.begun))),
		}}, about}
	}
	section := ui.Section{Title: "ERROR"}
	known, ok := nango.AsError(s.err)
	if !ok {
		section.Rows = []ui.Row{failureText(f, "", s.err.Error())}
		return []ui.Section{section, about}
	}
	section.Note = ui.Line{f.Styled(ui.RoleWarn, whose(known.Origin()))}
	code := known.Code
	if code == "" {
		code = known.Kind.Error()
	}
	section.Rows = append([]ui.Row{failureText(f, code, known.Message)}, faultRows(f, s.sent, s.faults())...)
	if advice := known.Advice(); advice != "" && known.Origin() != nango.OriginFunction {
		section.Rows = append(section.Rows, f.NewRow("", "", advice))
	}
	return []ui.Section{section, about}
}
