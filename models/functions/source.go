package functions

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions on source code.
const (
	CodeSearch   screen.ActionID = "code.search"
	CodeNext     screen.ActionID = "code.next"
	CodePrevious screen.ActionID = "code.previous"
	CodeWrap     screen.ActionID = "code.wrap"
	CodeCopy     screen.ActionID = "code.copy"
	CodeCopyLine screen.ActionID = "code.copyLine"
)

// codePane is a screen of source code, with search and copy.
type codePane struct {
	screen.Base
	view   *ui.CodeView
	parsed screen.Task[*ui.CodeDoc]
}

// setText parses the text off App's goroutine; then is called when it can be shown. Known secrets are masked first,
// so that no search finds and no copy contains them.
func (c *codePane) setText(t *screen.Turn, text string, then func()) {
	c.parsed.Start(t, func(_ context.Context, tools screen.Tools) (*ui.CodeDoc, error) {
		return ui.ParseCode(tools.Mask(text), ui.TypeScript), nil
	}, func(*screen.Turn) {
		line := 1
		if c.view != nil {
			line = c.view.Line()
		}
		c.view = ui.NewCodeView(c.parsed.Value)
		c.view.GoTo(line)
		then()
	})
}

func (c *codePane) Typing() bool { return c.view != nil && c.view.Searching() }

func (c *codePane) Update(_ *screen.Turn, msg tea.Msg) {
	if c.view == nil {
		return
	}
	screen.TypeSearch(c.view, msg)
	if click, ok := msg.(tea.MouseClickMsg); ok {
		if line := c.view.LineAt(click.Y); line > 0 {
			c.view.GoTo(line)
		}
	}
}

func (c *codePane) Actions() []screen.Action {
	switch {
	case c.view == nil:
		return nil
	case c.Typing():
		return screen.SearchActions(c.view)
	}
	matches, _ := c.view.Matches()
	unsearched := screen.DisabledIf(matches == 0, textNoMatches)
	do := func(f func()) func(*screen.Turn) { return func(*screen.Turn) { f() } }
	return append([]screen.Action{
		{ID: CodeSearch, Title: "Search", Do: do(c.view.StartSearch)},
		{ID: CodeNext, Title: "Next match", HideInFooter: true, Disabled: unsearched, Do: do(c.view.NextMatch)},
		{ID: CodePrevious, Title: "Previous match", HideInFooter: true, Disabled: unsearched, Do: do(c.view.PrevMatch)},
		{ID: CodeCopy, Title: "Copy all", Do: func(t *screen.Turn) { t.Copy("source code", c.view.Doc().Text()) }},
		{ID: CodeCopyLine, Title: "Copy line", HideInFooter: true,
			Do: func(t *screen.Turn) { t.CopyLine("line", c.view.Doc().Line(c.view.Line())) }},
		{ID: CodeWrap, Title: "Wrap lines", Do: do(c.view.ToggleWrap)},
	}, screen.MoveActions(c.view)...)
}

type source struct {
	codePane
	integration, name string
	kind              nango.FunctionType

	load screen.Load[nango.FunctionCode]
}

func newSource(integration string, kind nango.FunctionType, name string) *source {
	return &source{integration: integration, kind: kind, name: name}
}

func (s *source) Title() string { return s.name + " · source" }

// Refresh loads the code; the cursor stays on its line. It always names the type: Nango refuses a name that a sync
// and an action share.
func (s *source) Refresh(t *screen.Turn) {
	s.load.Fetch(t, nango.GetFunctionCode(s.integration, s.name, s.kind), func(t *screen.Turn) {
		if !s.load.HasFailed() {
			s.setText(t, s.load.Value.Code, func() {})
		}
	})
}

func (s *source) LoadedAt() time.Time { return s.load.At }

func (s *source) Concerns(c nango.Call) bool { return changesFunctions(c, s.integration) }

func (s *source) Actions() []screen.Action {
	actions := s.codePane.Actions()
	if !s.Typing() {
		actions = append(actions, screen.RefreshAction(s))
	}
	return actions
}

func (s *source) View(f ui.Frame) string {
	switch {
	case s.load.HasFailed() && s.view == nil:
		return screen.Failure(f, textCouldntLoadSourceCode+s.name, s.load.Err)
	case s.view == nil:
		return screen.Loading(f, textLoadingSourceCode+s.name)
	case s.view.Doc().Text() == "":
		return screen.Empty(f, s.name+textHasNoSource)
	case s.load.HasFailed() && f.Height > 1:
		note := ui.Line{f.Styled(ui.RoleBad, "✗ not reloaded: "+s.load.Err.Error())}
		return note.View(f, f.Width) + "\n" + s.view.View(f.Sized(f.Width, f.Height-1))
	}
	return s.view.View(f)
}

// annotatedCode shows the code of a local file, with the lines that an error names marked.
type annotatedCode struct {
	codePane
	file      *file
	locations []errorLocation
	line      int // the line to start at; 0 for the first location
}

func newAnnotatedCode(code *file, faults []errorLocation, at int) *annotatedCode {
	if at == 0 && len(faults) > 0 {
		at = faults[0].line
	}
	return &annotatedCode{file: code, locations: faults, line: at}
}

func (s *annotatedCode) Title() string { return s.file.name() }

// Open shows the code as it was sent.
func (s *annotatedCode) Open(t *screen.Turn) {
	s.setText(t, s.file.text, func() {
		for _, one := range s.locations {
			s.view.Mark(one.line, one.message)
		}
		s.view.GoTo(s.line)
	})
}

func (s *annotatedCode) View(f ui.Frame) string {
	if s.view == nil {
		return screen.Loading(f, "Preparing the code")
	}
	return s.view.View(f)
}
