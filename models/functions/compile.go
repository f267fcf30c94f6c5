package functions

import (
	"cmp"
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// compilation lets Nango compile a local file and shows the result. A key reads the file again and repeats it, so
// that the user can edit the file meanwhile.
type compilation struct {
	screen.Page
	code *file // the code that was sent last
	file screen.Task[*file]

	compiling bool
	start     time.Time
	result    *nango.Compiled
	err       error
	at        time.Time
}

func (s *compilation) Title() string { return "Compile " + s.code.name() }

func (s *compilation) Open(t *screen.Turn) { s.send(t) }

// Refresh reads the file again and sends it.
func (s *compilation) Refresh(t *screen.Turn) {
	if s.compiling || s.file.IsRunning() {
		return
	}
	s.file.Start(t, readFile(s.code.path), func(t *screen.Turn) {
		if s.file.Err != nil {
			s.Rebuild(t)
			s.result, s.err = nil, s.file.Err
			return
		}
		s.code = s.file.Value
		s.send(t)
	})
}

func (s *compilation) send(t *screen.Turn) {
	s.compiling, s.start = true, t.Now
	screen.Propose(t, screen.Proposal[nango.Compiled]{
		Request: nango.CompileFunction(s.code.text), Title: "Compile", About: s.code.path,
		Then: func(t *screen.Turn, done nango.Compiled, err error) {
			s.Rebuild(t)
			s.compiling, s.result, s.err, s.at = false, nil, err, t.Now
			switch {
			case err == nil:
				s.result = &done
			case errors.Is(err, screen.ErrDeclined):
				s.err = nil
			}
		},
	})
}

// RedrawInterval is a second while Nango compiles, which may take three minutes, to show the elapsed time.
func (s *compilation) RedrawInterval() time.Duration {
	return screen.RedrawIf(s.compiling, time.Second)
}

// Leave says that the response will be ignored.
func (s *compilation) Leave(t *screen.Turn) {
	if s.compiling {
		t.Toast(textResponseIgnored)
	}
}

func (s *compilation) Actions() []screen.Action {
	on := s.OnSelected()
	busy := screen.DisabledIf(s.compiling || s.file.IsRunning(), textCompiling)
	noLine := screen.DisabledIf(on.Open == nil, textNoLine)
	return append([]screen.Action{
		{ID: screen.Refresh, Title: "Compile again", Disabled: busy, Do: s.Refresh},
		{ID: RunOpen, Title: "Open", HideInFooter: noLine != "", Disabled: noLine, Do: on.Open},
		{ID: RunSource, Title: "Show source", Do: func(t *screen.Turn) { t.Show(newAnnotatedCode(s.code, s.locations(), 0)) }},
		{ID: RunCopy, Title: "Copy", Disabled: copyDisabled(s.Rows.Selected()), Do: func(t *screen.Turn) { t.Copy("error", errorText(s.err)) }},
	}, screen.MoveActions(&s.Rows)...)
}

func (s *compilation) locations() []errorLocation { return findLocations(errorText(s.err)) }

// errorText is Nango's text for an error, with its line breaks.
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

func (s *compilation) View(f ui.Frame) string {
	switch {
	case s.file.IsRunning():
		return screen.Loading(f, "Reading "+s.code.path)
	case s.compiling:
		return screen.Loading(f, "Compiling "+s.code.path+": "+seconds(f.Now.Sub(s.start))+textThreeMinutes)
	case s.result == nil && s.err == nil:
		return screen.Failure(f, "Not compiled", errors.New(textRequestNotSent))
	}
	return s.Draw(f, s.sections)
}

func (s *compilation) sections(f ui.Frame) []ui.Section {
	about := ui.Section{Title: "FILE", Rows: []ui.Row{
		f.NewRow("", "Path", s.code.path), f.NewRow("", "Size", ui.Bytes(int64(len(s.code.text))).String()),
	}}
	if s.result != nil {
		return []ui.Section{{Title: "COMPILED", Note: ui.Line{ui.Styled(ui.RoleGood, "✓ compiled")}, Rows: []ui.Row{
			f.NewRow("", "Bundle", ui.Bytes(s.result.Size).String()+" of JavaScript"),
			f.NewRow("", "Took", seconds(s.at.Sub(s.start))),
		}}, about}
	}
	section := ui.Section{Title: "ERROR"}
	known, ok := nango.AsError(s.err)
	if !ok {
		section.Rows = []ui.Row{failureText(f, "", s.err.Error())}
		return []ui.Section{section, about}
	}
	section.Note = ui.Line{f.Styled(ui.RoleWarn, originText(known.Origin()))}
	code := cmp.Or(known.Code, known.Kind.Error())
	section.Rows = append([]ui.Row{failureText(f, code, known.Message)}, locationRows(&s.Page, f, s.code, s.locations())...)
	if advice := known.Advice(); advice != "" && known.Origin() != nango.OriginFunction {
		section.Rows = append(section.Rows, f.NewRow("", "", advice))
	}
	return []ui.Section{section, about}
}
