package functions

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Ids of the actions on source code.
const (
	CodeSearch   screen.ActionID = "code.search"
	CodeNext     screen.ActionID = "code.next"
	CodePrevious screen.ActionID = "code.previous"
	CodeWrap     screen.ActionID = "code.wrap"
	CodeCopy     screen.ActionID = "code.copy"
	CodeCopyLine screen.ActionID = "code.copyLine"
)

// code is source code that is read on a screen: searched, and copied from.
type code struct {
	view   *ui.CodeView
	parsed screen.Task[*ui.CodeDoc]
}

// take cuts the text by its meaning, off App's goroutine; then is called when it can be shown. Secrets that the program has
// seen are hidden before, so that no search finds them and no copy holds them.
func (c *code) take(t *screen.Turn, text string, then func(*screen.Turn)) {
	c.parsed.Start(t, func(_ context.Context, tools screen.Tools) (*ui.CodeDoc, error) {
		return ui.ParseCode(tools.Mask(text), ui.TypeScript), nil
	}, func(t *screen.Turn) {
		line := 1
		if c.view != nil {
			line = c.view.Line()
		}
		c.view = ui.NewCodeView(c.parsed.Value)
		c.view.GoTo(line)
		if then != nil {
			then(t)
		}
	})
}

// typing says that keys are searched for.
func (c *code) typing() bool { return c.view != nil && c.view.Searching() }

// update takes what is typed or pasted into the search, and puts the cursor where one clicks.
func (c *code) update(msg tea.Msg) {
	if c.view == nil {
		return
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		c.view.Key(msg)
	case tea.PasteMsg:
		c.view.Type(msg.Content)
	case tea.MouseClickMsg:
		if line := c.view.LineAt(msg.Y); line > 0 {
			c.view.GoTo(line)
		}
	}
}

// actions is what can be done with the code.
func (c *code) actions() []screen.Action {
	switch {
	case c.view == nil:
		return nil
	case c.typing():
		return []screen.Action{
			{ID: screen.FilterDone, Title: "Done", WhileTyping: true, Do: func(*screen.Turn) { c.view.Key(tea.KeyPressMsg{Code: tea.KeyEnter}) }},
			{ID: screen.FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*screen.Turn) { c.view.EndSearch() }},
			{ID: screen.FilterUp, Title: "Match before", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { c.view.PrevMatch() }},
			{ID: screen.FilterDown, Title: "Next match", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { c.view.NextMatch() }},
		}
	}
	unsearched := ""
	if n, _ := c.view.Matches(); n == 0 {
		unsearched = "nothing was searched for, or nothing found"
	}
	do := func(f func()) func(*screen.Turn) { return func(*screen.Turn) { f() } }
	return append([]screen.Action{
		{ID: CodeSearch, Title: "Search", Do: do(c.view.StartSearch)},
		{ID: CodeNext, Title: "Next match", HideInFooter: true, Disabled: unsearched, Do: do(c.view.NextMatch)},
		{ID: CodePrevious, Title: "Match before", HideInFooter: true, Disabled: unsearched, Do: do(c.view.PrevMatch)},
		{ID: CodeCopy, Title: "Copy all", Do: func(t *screen.Turn) { t.Copy("source code", c.view.Doc().Text()) }},
		{ID: CodeCopyLine, Title: "Copy the line", HideInFooter: true,
			Do: func(t *screen.Turn) { t.CopyLine("line", c.view.Doc().Line(c.view.Line())) }},
		{ID: CodeWrap, Title: "Break long lines", Do: do(c.view.ToggleWrap)},
	}, screen.MoveActions(c.view)...)
}

// source is the source code of a function that Nango has.
type source struct {
	screen.Base
	integration, name string
	kind              nango.FunctionType

	read screen.Load[nango.FunctionCode]
	code code
}

func newSource(integration string, kind nango.FunctionType, name string) *source {
	return &source{integration: integration, kind: kind, name: name}
}

// Title names the screen.
func (s *source) Title() string { return s.name + " · source" }

// Open reads the code.
func (s *source) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again; the cursor stays on its line. The type is always named: Nango refuses a name that a sync and an
// action share.
func (s *source) Refresh(t *screen.Turn) {
	s.read.Fetch(t, nango.GetFunctionCode(s.integration, s.name, s.kind), func(t *screen.Turn) {
		if !s.read.HasFailed() {
			s.code.take(t, s.read.Value.Code, nil)
		}
	})
}

// LoadedAt is when the code was read.
func (s *source) LoadedAt() time.Time { return s.read.At }

// Concerns says whether functions of the integration changed.
func (s *source) Concerns(c nango.Call) bool { return changes(c, s.integration) }

// Typing says that keys are searched for.
func (s *source) Typing() bool { return s.code.typing() }

// Update takes what is typed, and clicks.
func (s *source) Update(_ *screen.Turn, msg tea.Msg) { s.code.update(msg) }

// Actions is what can be done with the code.
func (s *source) Actions() []screen.Action {
	actions := s.code.actions()
	if !s.Typing() {
		actions = append(actions, screen.RefreshAction(s))
	}
	return actions
}

// View draws the code, or why it is not there.
func (s *source) View(f ui.Frame) string {
	switch {
	case s.read.HasFailed() && s.code.view == nil:
		return screen.Failure(f, "The source code of "+s.name+" cannot be read", s.read.Err)
	case s.code.view == nil:
		return screen.Loading(f, "Reading the source code of "+s.name)
	case s.code.view.Doc().Text() == "":
		return screen.Empty(f, s.name+" has no source code that Nango would show.")
	case s.read.HasFailed() && f.Height > 1:
		note := ui.Line{f.Styled(ui.RoleBad, "✗ Not read again: "+s.read.Err.Error())}
		return note.View(f, f.Width) + "\n" + s.code.view.View(f.Sized(f.Width, f.Height-1))
	}
	return s.code.view.View(f)
}
