package models

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// maxClipboard bounds what is sent to the clipboard, in bytes: terminals drop what is much longer without a word.
const maxClipboard = 64 << 10

// copyDone is the outcome of writing this machine's clipboard.
type copyDone struct {
	want screen.CopyWant
	err  error
}

// copyWanted sends what a screen wants copied. What it does not give out as a secret has those hidden that the screen hides.
func (a *App) copyWanted(w screen.CopyWant) {
	switch {
	case w.Secret:
		a.copy(w)
	case len(w.Text) > maxClipboard:
		a.tooLong(w, screen.NewMaskedSave, "secrets in it hidden")
	default:
		w.Text = string(a.config.Secrets.MaskJSON([]byte(w.Text)))
		a.copy(w)
	}
}

// copy sends a text to the clipboard: by the terminal when it is remote, else by this machine's own.
func (a *App) copy(w screen.CopyWant) {
	if len(w.Text) > maxClipboard {
		a.tooLong(w, screen.NewSave, "as it is")
		return
	}
	w.Text = plainLines(w.Text)
	if a.config.Remote || a.config.WriteClipboard == nil {
		a.copyByTerminal(w)
		return
	}
	write := a.config.WriteClipboard
	a.do(func() tea.Msg { return copyDone{want: w, err: write(w.Text)} })
}

// tooLong offers a file in place of the clipboard, by the form that is given. Over a dialog there is no place for that
// question.
func (a *App) tooLong(w screen.CopyWant, save func(what, note, file string, data []byte) *screen.Save, how string) {
	note := fmt.Sprintf("A clipboard takes %s: it can go to a file instead, %s.", ui.Bytes(maxClipboard), how)
	if a.overlay != nil || a.active == nil {
		a.fail(w.What+" is "+ui.Bytes(int64(len(w.Text))).String()+": too long for a clipboard", nil)
		return
	}
	e := a.top()
	a.push(e.profile, save(w.What, note, fileOf(w), []byte(w.Text)), e.route)
}

// fileOf is what a file with a copied text is called at first.
func fileOf(w screen.CopyWant) string {
	ending := ".txt"
	if first := strings.TrimSpace(w.Text); strings.HasPrefix(first, "{") || strings.HasPrefix(first, "[") {
		ending = ".json"
	}
	name := strings.NewReplacer(" ", "-", "/", "-", "\\", "-").Replace(w.What)
	return cmp.Or(screen.SafeFileName(name), "copied") + ending
}

// copyByTerminal uses OSC 52, which a terminal may refuse without saying so: hence "sent", not "copied".
func (a *App) copyByTerminal(w screen.CopyWant) {
	a.do(tea.SetClipboard(w.Text))
	a.toast(w.What + " sent to your terminal's clipboard")
}

func (a *App) copyDone(msg copyDone) {
	if msg.err != nil {
		a.copyByTerminal(msg.want)
		return
	}
	a.toast(msg.want.What + " copied")
}

// plainLines makes a text fit for the clipboard: line breaks stay, everything else that acts on a terminal goes.
func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = ui.StripControls(line)
	}
	return strings.Join(lines, "\n")
}

// editDone is a text that was in the user's editor.
type editDone struct {
	entry *entry
	want  screen.EditWant
	text  string
	err   error
}

// edit has a text edited in the user's editor. The terminal has room for one: a key that was pressed twice before the editor
// came asks for it once.
func (a *App) edit(e *entry, w screen.EditWant) {
	if a.editing {
		return
	}
	if a.config.Edit == nil {
		a.editDone(editDone{entry: e, want: w, err: errors.New("there is no editor: VISUAL or EDITOR names one")})
		return
	}
	a.editing = true
	a.do(a.config.Edit(w.Name, w.Text, func(text string, err error) tea.Msg { return editDone{e, w, text, err} }))
}

func (a *App) editDone(msg editDone) {
	a.editing = false
	if msg.err != nil {
		a.fail(msg.want.Name+" was not edited", msg.err)
	}
	switch {
	case !msg.entry.gone:
		a.turn(msg.entry, func(t *screen.Turn) { msg.want.Then(t, msg.text, msg.err) })
	case msg.err == nil && msg.text != msg.want.Text:
		a.fail(msg.want.Name+" was edited for a form that is gone by now: nothing came of it", nil)
	}
}

// browseDone is the outcome of starting a browser.
type browseDone struct {
	url string
	err error
}

// browse opens an address in the browser of this machine, or shows it where there is none or it is remote.
func (a *App) browse(url string) {
	if a.config.Remote || a.config.Browse == nil || !ui.IsLink(url) {
		a.notice("Open in a browser", []string{url})
		return
	}
	open := a.config.Browse
	a.do(func() tea.Msg { return browseDone{url: url, err: open(url)} })
}

func (a *App) browseDone(msg browseDone) {
	if msg.err != nil {
		a.notice("No browser could be started", []string{msg.err.Error(), "", msg.url})
		return
	}
	a.toast("opened in the browser")
}

// toast shows a short message for a few seconds.
func (a *App) toast(text string) {
	a.toasts.Add(ui.Toast{Text: a.clean(text), Until: a.config.Now().Add(toastTime)})
	a.do(a.config.After(toastTime, clockTick{}))
}

// news shows what a watch has seen. Nobody may be looking, so it stays until a key is pressed.
func (a *App) news(text string) { a.toasts.Add(ui.Toast{Text: a.clean(text)}) }

// settle has news go a while after a key has shown that somebody is there.
func (a *App) settle() {
	if a.toasts.ExpireAt(a.config.Now().Add(toastTime)) {
		a.do(a.config.After(toastTime, clockTick{}))
	}
}

// fail shows what failed. It stays until it is dismissed.
func (a *App) fail(what string, err error) { a.failAbout("", what, err) }

// failAbout shows what failed, until it is dismissed or the thing of that name works.
func (a *App) failAbout(id, what string, err error) {
	toast := ui.Toast{ID: id, Text: a.clean(what), Error: true}
	if err != nil {
		toast.Text = a.clean(what + ": " + err.Error())
		toast.Detail = a.explain(err)
	}
	a.toasts.Add(toast)
}

// errorHint names the keys of an error.
func (a *App) errorHint() ui.Text {
	if a.typing() {
		return ui.Clean(a.firstKey(Palette) + " tells all, or dismisses")
	}
	return ui.Clean(a.firstKey(ErrorDetails) + " tells all, " + a.firstKey(ErrorDismiss) + " dismisses")
}

// explain is all that is known of an error, a line each.
func (a *App) explain(err error) []ui.Text {
	lines := []string{err.Error()}
	if e, ok := nango.AsError(err); ok {
		lines = e.Detail()
	}
	return a.cleanAll(lines)
}

// errorDetails shows all that is known of the newest error: the one that stands at the foot, else why the screen on
// top could not be read.
func (a *App) errorDetails() {
	if last, ok := a.toasts.LastError(); ok {
		a.cover(newNotice("Error", append([]ui.Text{last.Text, {}}, last.Detail...)))
		return
	}
	a.cover(newNotice("Error", a.explain(a.top().failed)))
}

func (a *App) notice(title string, lines []string) {
	a.cover(newNotice(title, a.cleanAll(lines)))
}

// mask replaces the secrets that the program has seen, in whichever profile.
func (a *App) mask(s string) string { return a.config.Secrets.Mask(s) }

func (a *App) clean(s string) ui.Text { return ui.Clean(a.mask(s)) }

func (a *App) cleanAll(lines []string) []ui.Text {
	clean := make([]ui.Text, 0, len(lines))
	for _, line := range lines {
		clean = append(clean, ui.CleanLines(a.mask(line))...)
	}
	return clean
}
