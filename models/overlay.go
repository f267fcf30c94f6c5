package models

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/dialog"
)

// overlay lies over the screen and takes every key and all input while it does.
type overlay interface {
	key(a *App, k tea.KeyPressMsg)
	input(a *App, msg tea.Msg)
	view(f ui.Frame) string
}

// cover lays an overlay over the screen. A dialog that lay there is answered with no: it was not seen to its end.
func (a *App) cover(o overlay) {
	covered := a.overlay
	a.overlay = nil
	if dialog, ok := covered.(*confirmOverlay); ok {
		dialog.decline(a)
	}
	a.overlay = o
}

// widest is the most cells that a box over the screen takes.
const widest = 90

// boxed is what can stand in a box: it tells how high it would like to be, and what its keys are.
type boxed interface {
	Height(f ui.Frame) int
	View(f ui.Frame) string
	KeyHint() ui.Text
}

func box(f ui.Frame, title, right ui.Line, content boxed) string {
	f = f.Sized(min(widest, f.Width), f.Height)
	inside := ui.InsideBox(f)
	height := min(content.Height(inside), inside.Height)
	body := content.View(inside.Sized(inside.Width, height))
	return ui.Box(title, right, body, ui.Line{{Text: content.KeyHint(), Role: ui.RoleMuted}}, f)
}

func heading(t ui.Text) ui.Line { return ui.Line{{Text: t, Role: ui.RoleTitle}} }

// noticeOverlay shows a text until it is closed.
type noticeOverlay struct{ notice dialog.Notice }

func newNotice(title string, lines []ui.Text) *noticeOverlay {
	n := &noticeOverlay{notice: dialog.Notice{Title: ui.Clean(title)}}
	for _, line := range lines {
		n.notice.Lines = append(n.notice.Lines, ui.Line{{Text: line}})
	}
	return n
}

func (o *noticeOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.notice.Key(k) {
	case dialog.Closed:
		a.overlay = nil
	case dialog.Copy:
		a.copy(screen.CopyWant{What: "text", Text: o.notice.Text()})
	}
}

func (o *noticeOverlay) input(*App, tea.Msg) {}

func (o *noticeOverlay) view(f ui.Frame) string {
	return box(f, heading(o.notice.Title), nil, &o.notice)
}

// choiceOverlay lets the user pick one of a few, for the screen that asked.
type choiceOverlay struct {
	entry   *entry
	choice  dialog.Menu
	options []screen.Option
}

// pick lets the user pick one of a few, for the screen of the entry; nil before the first screen is there.
func (a *App) pick(e *entry, w screen.PickWant) {
	o := &choiceOverlay{entry: e, options: w.Options, choice: dialog.Menu{Title: a.clean(w.Title)}}
	for i, option := range w.Options {
		o.choice.Items = append(o.choice.Items, dialog.MenuItem{ID: strconv.Itoa(i), Title: a.clean(option.Title), Detail: a.clean(option.Detail)})
	}
	a.cover(o)
}

func (o *choiceOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.choice.Key(k) {
	case dialog.Closed:
		a.overlay = nil
	case dialog.Accepted:
		a.overlay = nil
		o.picked(a)
	}
}

func (o *choiceOverlay) picked(a *App) {
	item, _ := o.choice.Current()
	if i, err := strconv.Atoi(item.ID); err == nil && (o.entry == nil || !o.entry.gone) {
		a.perform(o.entry, screen.Action{Do: o.options[i].Do})
	}
}

func (o *choiceOverlay) input(*App, tea.Msg) {}

func (o *choiceOverlay) view(f ui.Frame) string {
	return box(f, heading(o.choice.Title), nil, &o.choice)
}

// helpOverlay shows every key of where one is.
type helpOverlay struct{ help *dialog.Help }

func (a *App) openHelp() {
	var here, everywhere, moving []dialog.HelpItem
	own := len(a.own())
	all := a.actions()
	for i, action := range all {
		keys := a.keysOf(action.ID)
		if keys == "" {
			continue
		}
		item := dialog.HelpItem{Keys: keys, Title: a.clean(action.Title), Disabled: a.clean(action.Disabled), Effect: effectWord(action)}
		switch {
		case action.Motion:
			moving = append(moving, item)
		case i < len(all)-own:
			here = append(here, item)
		default:
			everywhere = append(everywhere, item)
		}
	}
	a.cover(&helpOverlay{dialog.NewHelp([]dialog.HelpGroup{
		{Title: ui.Clean("Here"), Items: here},
		{Title: ui.Clean("Moving"), Items: moving},
		{Title: ui.Clean("Everywhere"), Items: everywhere},
	})})
}

// effectWord says what an action may do to the world, where it does anything.
func effectWord(action screen.Action) ui.Text {
	if action.Operation == "" {
		return ui.Text{}
	}
	return ui.Clean(action.Effect().String())
}

func (o *helpOverlay) key(a *App, k tea.KeyPressMsg) {
	if o.help.Key(k) == dialog.Closed {
		a.overlay = nil
	}
}

func (o *helpOverlay) input(_ *App, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		o.help.Type(paste.Content)
	}
}

func (o *helpOverlay) view(f ui.Frame) string {
	return box(f, heading(ui.Clean("All keys")), nil, o.help)
}

// paletteOverlay finds an action by its name.
type paletteOverlay struct{ palette *dialog.Palette }

func (a *App) openPalette() {
	var items []dialog.PaletteItem
	for _, action := range a.actions() {
		if action.Motion || action.ID == Palette {
			continue
		}
		items = append(items, dialog.PaletteItem{
			ID: string(action.ID), Title: a.clean(action.Title), Detail: effectWord(action),
			Keys: a.keysNow(action.ID), Disabled: a.clean(action.Disabled),
		})
	}
	a.cover(&paletteOverlay{dialog.NewPalette(items)})
}

func (o *paletteOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.palette.Key(k) {
	case dialog.Closed:
		a.overlay = nil
	case dialog.Accepted:
		a.overlay = nil
		if item, ok := o.palette.Current(); ok {
			a.doOffered(item)
		}
	}
}

// doOffered does the action that was offered as it stands now: while the palette was open, an answer may have come, and the
// screen may be another.
func (a *App) doOffered(item dialog.PaletteItem) {
	for _, action := range a.actions() {
		if string(action.ID) == item.ID {
			a.dispatch(action)
			return
		}
	}
	a.toast(item.Title.String() + ": the screen is another by now")
}

func (o *paletteOverlay) input(_ *App, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		o.palette.Type(paste.Content)
	}
}

func (o *paletteOverlay) view(f ui.Frame) string {
	return box(f, heading(ui.Clean("All actions")), nil, o.palette)
}

// goToOverlay takes the name of a place.
type goToOverlay struct{ line *dialog.GoTo }

// maxHistory is how many places the line remembers.
const maxHistory = 100

func (a *App) openGoTo() {
	a.cover(&goToOverlay{dialog.NewGoTo(completePlace, a.history)})
}

// completePlace offers the places whose name begins with what is typed. One that is named by more than that is offered as
// its beginning, up to the slash; while the rest is typed, it says what belongs there.
func completePlace(typed string) []dialog.PaletteItem {
	typed = strings.TrimLeft(typed, ":/")
	if i := strings.IndexAny(typed, "/?"); i >= 0 {
		if p := places[typed[:i]]; p.shape != "" {
			return []dialog.PaletteItem{p.item(typed)}
		}
	}
	var items []dialog.PaletteItem
	for _, name := range placeNames() {
		if p := places[name]; strings.HasPrefix(name, typed) {
			items = append(items, p.item(strings.SplitAfter(p.shape[:cut(p.shape)], "/")[0]))
		}
	}
	return items
}

// item offers the place as the text that completes to it.
func (p place) item(text string) dialog.PaletteItem {
	return dialog.PaletteItem{ID: text, Title: ui.Clean(p.shape), Detail: ui.Clean(p.about)}
}

// cut is where what can be left out of a shape begins.
func cut(shape string) int {
	if i := strings.IndexAny(shape, "[?"); i >= 0 {
		return i
	}
	return len(shape)
}

func (o *goToOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.line.Key(k) {
	case dialog.Closed:
		a.overlay = nil
	case dialog.Accepted:
		a.overlay = nil
		a.goTo(o.line.Value())
	}
}

func (a *App) goTo(typed string) {
	route, err := screen.ParseRoute(typed)
	if err != nil {
		a.fail("cannot go there", err)
		return
	}
	a.history = append(a.history, typed)
	a.history = a.history[max(len(a.history)-maxHistory, 0):]
	if route.Name == profileRoute {
		a.askBefore(func() { a.open(a.active, route, nil) }, a.stack...)
		return
	}
	if reason := a.disconnected(); reason != "" {
		a.fail("cannot go there: "+reason, nil)
		return
	}
	a.open(a.active, route, nil)
}

func (o *goToOverlay) input(_ *App, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		o.line.Type(paste.Content)
	}
}

func (o *goToOverlay) view(f ui.Frame) string {
	return box(f, heading(ui.Clean("Go to")), nil, o.line)
}
