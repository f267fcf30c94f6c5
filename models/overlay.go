package models

import (
	"fmt"
	"slices"
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

// chooser is an overlay with a selected item. Enter takes it only after a frame that shows the selection, see [App.accepts].
type chooser interface {
	// selected identifies the item; empty if none is.
	selected() string
	// typed is the text that filters the items.
	typed() string
}

// isToggle reports whether a key closes the overlay that it opened. A letter closes only what nothing was typed into: behind others
// it is text of the filter.
func (a *App) isToggle(k tea.KeyPressMsg) bool {
	if a.openedBy == "" || k.String() != a.openedBy {
		return false
	}
	switch o := a.overlay.(type) {
	case *noticeOverlay:
		return true
	case chooser:
		return k.Text == "" || o.typed() == ""
	}
	return false
}

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

// box draws content in a box. Where its cursor is, stands at the right of its upper edge, unless something else does.
func box(f ui.Frame, title, right ui.Line, content boxContent) string {
	f = f.Sized(min(maxBoxWidth, f.Width), f.Height)
	var position ui.Position
	inside := ui.InsideBox(f)
	inside.Position = &position
	height := min(content.Height(inside), inside.Height)
	drawn := strings.Split(content.View(inside.Sized(inside.Width, height)), "\n")
	body := strings.Join(padLines(drawn, height), "\n") // one size, whatever is shown
	if right == nil {
		right = position.Line()
	}
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
	entry   *entry
	choice  *dialog.Palette
	options []screen.Option
	// staying means that an option is chosen that stays open.
	staying bool
}

// pick lets the user pick one of a few options. The entry is nil before the first screen is there.
func (a *App) pick(e *entry, w screen.PickWant) {
	items := make([]dialog.Item, len(w.Options))
	for i, option := range w.Options {
		items[i] = dialog.Item{ID: strconv.Itoa(i), Title: a.clean(option.Title), Detail: a.clean(option.Detail),
			Keys: option.Key}
	}
	title := w.Title
	if e != nil {
		title = withCustomer(e.profile, connectionOf(e.route), title, false)
	}
	at := slices.IndexFunc(w.Options, func(o screen.Option) bool { return o.Selected })
	if o, ok := a.overlay.(*choiceOverlay); ok && o.staying {
		o.options = w.Options
		o.choice.Replace(items, at)
		return
	}
	choice := dialog.NewMenu(a.clean(title), items)
	choice.Select(at)
	if slices.ContainsFunc(w.Options, func(o screen.Option) bool { return o.Stays }) {
		choice.Hint = ui.Clean(hintStays)
	}
	a.showOverlay(&choiceOverlay{entry: e, options: w.Options, choice: choice})
}

func (o *choiceOverlay) key(a *App, k tea.KeyPressMsg) {
	if i := o.optionOf(k); i >= 0 {
		a.overlay = nil
		o.pick(a, i)
		return
	}
	if do := o.staysFor(k); do != nil {
		o.staying = true
		a.runAction(o.entry, screen.Action{Do: do})
		o.staying = false
		return
	}
	switch o.choice.Key(k) {
	case dialog.Closed:
		a.overlay = nil
	case dialog.Accepted:
		a.overlay = nil
		o.picked(a)
	}
}

// staysFor returns what the key does with the selected option while the options stay open; nil if nothing. With a text in the filter
// letters and spaces are more of it.
func (o *choiceOverlay) staysFor(k tea.KeyPressMsg) func(*screen.Turn) {
	i, err := strconv.Atoi(o.selected())
	if err != nil || !o.options[i].Stays || k.Text != "" && o.typed() != "" || o.entry == nil || o.entry.gone {
		return nil
	}
	switch k.String() {
	case enter, "space":
		return o.options[i].Do
	case "shift+up", "K":
		return o.options[i].Up
	case "shift+down", "J":
		return o.options[i].Down
	}
	return nil
}

// optionOf returns the number of the option that the key picks, or -1.
func (o *choiceOverlay) optionOf(k tea.KeyPressMsg) int {
	return slices.IndexFunc(o.options, func(option screen.Option) bool {
		return option.Key != "" && option.Key == k.Text && o.typed() == ""
	})
}

func (o *choiceOverlay) picked(a *App) {
	item, _ := o.choice.Current()
	if i, err := strconv.Atoi(item.ID); err == nil {
		o.pick(a, i)
	}
}

func (o *choiceOverlay) pick(a *App, i int) {
	if o.entry == nil || !o.entry.gone {
		a.runAction(o.entry, screen.Action{Do: o.options[i].Do})
	}
}

func (o *choiceOverlay) input(_ *App, msg tea.Msg) { typePaste(o.choice, msg) }

func (o *choiceOverlay) selected() string { return selectedID(o.choice) }

func (o *choiceOverlay) typed() string { return o.choice.Typed() }

func (o *choiceOverlay) view(f ui.Frame) string {
	return box(f, heading(o.choice.Title), nil, o.choice)
}

// typePaste types a paste into an overlay.
func typePaste(into interface{ Type(string) }, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		into.Type(paste.Content)
	}
}

// selectedID identifies the selected item; empty if none is.
func selectedID(of interface{ Current() (dialog.Item, bool) }) string {
	item, _ := of.Current()
	return item.ID
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
	a.showOverlay(&helpOverlay{help: dialog.NewHelp(append([]dialog.HelpGroup{
		{Title: ui.Clean(helpHere), Items: here},
		{Title: ui.Clean(helpMoving), Items: moving},
		{Title: ui.Clean(helpEverywhere), Items: everywhere},
	}, a.elsewhereGroups()...))})
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

func (o *helpOverlay) input(_ *App, msg tea.Msg) { typePaste(o.help, msg) }

// Help takes nothing: it has no selection.
func (o *helpOverlay) selected() string { return "" }

func (o *helpOverlay) typed() string { return o.help.Typed() }

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
	items = append(items, a.elsewhereItems()...)
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
	if strings.HasPrefix(item.ID, elsewherePrefix) {
		a.goElsewhere(item)
		return
	}
	for _, action := range a.actions() {
		if string(action.ID) == item.ID {
			a.dispatch(action)
			return
		}
	}
	a.toast(fmt.Sprintf(textNotAvailable, item.Title))
}

func (o *paletteOverlay) input(_ *App, msg tea.Msg) { typePaste(o.palette, msg) }

func (o *paletteOverlay) selected() string { return selectedID(o.palette) }

func (o *paletteOverlay) typed() string { return o.palette.Typed() }

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
	a.readViews()
	a.showOverlay(&goToOverlay{line: dialog.NewGoTo(a.completeRoute, a.history)})
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

func (o *goToOverlay) input(_ *App, msg tea.Msg) { typePaste(o.line, msg) }

func (o *goToOverlay) selected() string { return selectedID(o.line) }

func (o *goToOverlay) typed() string { return o.line.Typed() }

func (o *goToOverlay) view(f ui.Frame) string {
	return box(f, heading(ui.Clean(titleGoTo)), nil, o.line)
}
