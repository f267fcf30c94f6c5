package models

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/dialog"
)

// overlay covers the screen and takes all keys and input.
type overlay interface {
	key(a *App, k tea.KeyPressMsg)
	input(a *App, msg tea.Msg)
	view(f ui.Frame) string
	// asks reports whether a key can agree to something here. Then keys count only after the overlay was seen.
	asks() bool
}

// question is an overlay in which a key can agree to something, and answerless one in which none can.
type (
	question   struct{}
	answerless struct{}
)

func (question) asks() bool   { return true }
func (answerless) asks() bool { return false }

// noInput is an overlay that ignores pastes.
type noInput struct{}

func (noInput) input(*App, tea.Msg) {}

// showOverlay opens an overlay. A dialog that was open is declined.
func (a *App) showOverlay(o overlay) {
	covered := a.overlay
	a.overlay = nil
	if dialog, ok := covered.(*confirmOverlay); ok {
		dialog.decline(a)
	}
	a.overlay = o
}

// maxBoxWidth is the maximum width of a box, in cells.
const maxBoxWidth = 90

// boxContent is what can be drawn in a box. Height is the preferred one, Foot the keys.
type boxContent interface {
	Height(f ui.Frame) int
	View(f ui.Frame) string
	KeyHint() ui.Text
}

func box(f ui.Frame, title, right ui.Line, content boxContent) string {
	f = f.Sized(min(maxBoxWidth, f.Width), f.Height)
	inside := ui.InsideBox(f)
	height := min(content.Height(inside), inside.Height)
	body := content.View(inside.Sized(inside.Width, height))
	hint := content.KeyHint()
	if f.OnlyEsc {
		hint = ui.Clean(hintOnlyEsc)
	}
	return ui.Box(title, right, body, ui.Line{{Text: hint, Role: ui.RoleMuted}}, f)
}

func heading(t ui.Text) ui.Line { return ui.Line{{Text: t, Role: ui.RoleTitle}} }

// noticeOverlay shows a text until it is closed.
type noticeOverlay struct {
	answerless
	noInput
	notice dialog.Notice
}

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

func (o *noticeOverlay) view(f ui.Frame) string {
	return box(f, heading(o.notice.Title), nil, &o.notice)
}

// choiceOverlay lets the user pick one of a few options, for the screen that asked.
type choiceOverlay struct {
	question
	noInput
	entry   *entry
	choice  dialog.Menu
	options []screen.Option
}

// pick lets the user pick one of a few options. The entry is nil before the first screen is there.
func (a *App) pick(e *entry, w screen.PickWant) {
	o := &choiceOverlay{entry: e, options: w.Options, choice: dialog.Menu{Title: a.clean(w.Title)}}
	for i, option := range w.Options {
		o.choice.Items = append(
			o.choice.Items,
			dialog.Item{ID: strconv.Itoa(i), Title: a.clean(option.Title), Detail: a.clean(option.Detail)},
		)
	}
	a.showOverlay(o)
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
		a.runAction(o.entry, screen.Action{Do: o.options[i].Do})
	}
}

func (o *choiceOverlay) view(f ui.Frame) string {
	return box(f, heading(o.choice.Title), nil, &o.choice)
}

// helpOverlay shows all keys of the current screen.
type helpOverlay struct {
	answerless
	help *dialog.Help
}

func (a *App) openHelp() {
	var here, everywhere, moving []dialog.Item
	own := len(a.appActions())
	all := a.actions()
	for i, action := range all {
		keys := a.keysOf(action.ID)
		if keys == "" {
			continue
		}
		item := dialog.Item{Keys: keys, Title: a.clean(action.Title), Disabled: a.clean(action.Disabled), Detail: effectWord(action)}
		switch {
		case action.Motion:
			moving = append(moving, item)
		case i < len(all)-own:
			here = append(here, item)
		default:
			everywhere = append(everywhere, item)
		}
	}
	a.showOverlay(&helpOverlay{help: dialog.NewHelp([]dialog.HelpGroup{
		{Title: ui.Clean(helpHere), Items: here},
		{Title: ui.Clean(helpMoving), Items: moving},
		{Title: ui.Clean(helpEverywhere), Items: everywhere},
	})})
}

// effectWord is the name of an action's effect; empty if it sends nothing.
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
	return box(f, heading(ui.Clean(titleHelp)), nil, o.help)
}

// paletteOverlay finds an action by its name.
type paletteOverlay struct {
	answerless
	palette *dialog.Palette
}

func (a *App) openPalette() {
	var items []dialog.Item
	for _, action := range a.actions() {
		if action.Motion || action.ID == Palette {
			continue
		}
		items = append(items, dialog.Item{
			ID: string(action.ID), Title: a.clean(action.Title), Detail: effectWord(action),
			Keys: a.activeKeys(action.ID), Disabled: a.clean(action.Disabled),
		})
	}
	a.showOverlay(&paletteOverlay{palette: dialog.NewPalette(items)})
}

func (o *paletteOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.palette.Key(k) {
	case dialog.Closed:
		a.overlay = nil
	case dialog.Accepted:
		a.overlay = nil
		if item, ok := o.palette.Current(); ok {
			a.runPaletteItem(item)
		}
	}
}

// runPaletteItem runs the action as it is now: while the palette was open, a response may have changed it, or the screen.
func (a *App) runPaletteItem(item dialog.Item) {
	for _, action := range a.actions() {
		if string(action.ID) == item.ID {
			a.dispatch(action)
			return
		}
	}
	a.toast(fmt.Sprintf(textNotAvailable, item.Title))
}

func (o *paletteOverlay) input(_ *App, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		o.palette.Type(paste.Content)
	}
}

func (o *paletteOverlay) view(f ui.Frame) string {
	return box(f, heading(ui.Clean(titlePalette)), nil, o.palette)
}

// goToOverlay takes a route.
type goToOverlay struct {
	answerless
	line *dialog.GoTo
}

// maxHistory is how many routes the line remembers.
const maxHistory = 100

func (a *App) openGoTo() {
	a.showOverlay(&goToOverlay{line: dialog.NewGoTo(completePlace, a.history)})
}

// completePlace offers the places whose names begin with what was typed, up to the first slash. While the rest is typed, it
// shows the shape of the route.
func completePlace(typed string) []dialog.Item {
	typed = strings.TrimLeft(typed, ":/")
	if i := strings.IndexAny(typed, "/?"); i >= 0 {
		if p := places[typed[:i]]; p.shape != "" {
			return []dialog.Item{p.item(typed)}
		}
	}
	var items []dialog.Item
	for _, name := range placeNames() {
		if p := places[name]; strings.HasPrefix(name, typed) {
			items = append(items, p.item(strings.SplitAfter(p.shape[:optionalIndex(p.shape)], "/")[0]))
		}
	}
	return items
}

// item offers the place, completed to text.
func (p place) item(text string) dialog.Item {
	return dialog.Item{ID: text, Title: ui.Clean(p.shape), Detail: ui.Clean(p.about)}
}

// optionalIndex is where the optional part of a shape begins.
func optionalIndex(shape string) int {
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
		a.showError(textCannotGo, err)
		return
	}
	a.history = append(a.history, typed)
	a.history = a.history[max(len(a.history)-maxHistory, 0):]
	if route.Name == profileRoute {
		a.confirmLeaving(func() { a.open(a.active, route, nil) }, a.stack...)
		return
	}
	if reason := a.disconnected(); reason != "" {
		a.showError(textCannotGo+": "+reason, nil)
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
	return box(f, heading(ui.Clean(titleGoTo)), nil, o.line)
}
