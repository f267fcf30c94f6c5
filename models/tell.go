package models

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// maxClipboard is the maximum length of a copied text, in bytes: terminals silently drop what is much longer.
const maxClipboard = 64 << 10

// copyDone is the outcome of writing to this machine's clipboard.
type copyDone struct {
	what string
	text clean.Block
	err  error
}

// copyWanted copies what a screen wants copied. Unless it is a secret itself, secrets in it are masked.
func (a *App) copyWanted(w screen.CopyWant) {
	switch {
	case w.Secret:
		a.copy(w)
	case len(w.Text) > maxClipboard:
		a.offerFile(w, screen.NewMaskedSave, textSaveMasked)
	default:
		w.Text = string(a.config.Secrets.MaskJSON([]byte(w.Text)))
		a.copy(w)
	}
}

// copy copies a text to the clipboard: the terminal's if it is remote, or else this machine's.
func (a *App) copy(w screen.CopyWant) {
	if len(w.Text) > maxClipboard {
		a.offerFile(w, screen.NewTextSave, textSaveUnchanged)
		return
	}
	text := clean.StripControls(w.Text)
	if a.config.Remote || a.config.WriteClipboard == nil {
		a.copyByTerminal(w.What, text)
		return
	}
	write := a.config.WriteClipboard
	a.do(func() tea.Msg { return copyDone{what: w.What, text: text, err: write(text)} })
}

// offerFile opens a form for a file instead of the clipboard. Over an overlay it only shows an error.
func (a *App) offerFile(w screen.CopyWant, save func(what, note, file string, data []byte) *screen.Save, how string) {
	note := fmt.Sprintf(textSaveInstead, ui.Bytes(maxClipboard), how)
	if a.overlay != nil || a.active == nil {
		a.showError(fmt.Sprintf(textTooLong, w.What, ui.Bytes(int64(len(w.Text)))), nil)
		return
	}
	e := a.top()
	a.push(e.profile, save(w.What, note, fileOf(w), []byte(w.Text)), e.route)
}

// fileOf is the suggested name of a file for a copied text.
func fileOf(w screen.CopyWant) string {
	ending := ".txt"
	if first := strings.TrimSpace(w.Text); strings.HasPrefix(first, "{") || strings.HasPrefix(first, "[") {
		ending = ".json"
	}
	name := strings.NewReplacer(" ", "-", "/", "-", "\\", "-").Replace(w.What)
	return cmp.Or(screen.SafeFileName(name), "copied") + ending
}

// copyByTerminal uses OSC 52, which a terminal may silently refuse: hence "sent", not "copied".
func (a *App) copyByTerminal(what string, text clean.Block) {
	a.do(tea.SetClipboard(text.String()))
	a.toast(fmt.Sprintf(textSentToTerminal, what))
}

func (a *App) copyDone(msg copyDone) {
	if msg.err != nil {
		a.copyByTerminal(msg.what, msg.text)
		return
	}
	a.toast(fmt.Sprintf(textCopied, msg.what))
}

// editDone is the outcome of editing a text.
type editDone struct {
	entry *entry
	want  screen.EditWant
	text  string
	err   error
}

// edit opens a text in the user's editor. Only one is open at a time: a key pressed twice before it opens counts once.
func (a *App) edit(e *entry, w screen.EditWant) {
	if a.editing {
		return
	}
	if a.config.Edit == nil {
		a.editDone(editDone{entry: e, want: w, err: errors.New(textNoEditor)})
		return
	}
	a.editing = true
	a.do(a.config.Edit(w.Name, w.Text, func(text string, err error) tea.Msg { return editDone{e, w, text, err} }))
}

func (a *App) editDone(msg editDone) {
	a.editing = false
	a.unsee()
	if msg.err != nil {
		a.showError(fmt.Sprintf(textNotEdited, msg.want.Name), msg.err)
	}
	switch {
	case !msg.entry.gone:
		a.turn(msg.entry, func(t *screen.Turn) { msg.want.Then(t, msg.text, msg.err) })
	case msg.err == nil && msg.text != msg.want.Text:
		a.showError(fmt.Sprintf(textEditDiscarded, msg.want.Name), nil)
	}
}

// browseDone is the outcome of starting the browser.
type browseDone struct {
	url string
	err error
}

// browse opens a URL in the browser of this machine. If there is none, it shows the URL, and copies it if the terminal is remote.
func (a *App) browse(url string) {
	if a.config.Remote || a.config.Browse == nil || !ui.IsLink(url) {
		a.notice(textOpenInBrowser, []string{url})
		if a.config.Remote && ui.IsLink(url) {
			a.copyWanted(screen.CopyWant{What: textPageAddress, Text: url})
		}
		return
	}
	open := a.config.Browse
	a.do(func() tea.Msg { return browseDone{url: url, err: open(url)} })
}

func (a *App) browseDone(msg browseDone) {
	if msg.err != nil {
		a.notice(textNoBrowser, []string{msg.err.Error(), "", msg.url})
		return
	}
	a.toast(textOpened)
}

// toast shows a short message for a few seconds.
func (a *App) toast(text string) {
	a.toasts.Add(ui.Toast{Text: a.clean(text), Until: a.config.Now().Add(toastTime)})
	a.do(a.config.After(toastTime, clockTick{}))
}

// news shows a message that stays until a key is pressed, because the user may be away.
func (a *App) news(text string) { a.toasts.Add(ui.Toast{Text: a.clean(text)}) }

// expireNews lets news expire a while after a key has shown that the user is there.
func (a *App) expireNews() {
	if a.toasts.ExpireAt(a.config.Now().Add(toastTime)) {
		a.do(a.config.After(toastTime, clockTick{}))
	}
}

// showError shows what failed, until it is dismissed.
func (a *App) showError(what string, err error) { a.showErrorFor("", what, err) }

// showErrorFor shows what failed, until it is dismissed or what the id stands for succeeds.
func (a *App) showErrorFor(id, what string, err error) {
	toast := ui.Toast{ID: id, Text: a.clean(what), Error: true}
	if err != nil {
		toast.Text = a.clean(what + ": " + err.Error())
		toast.Detail = a.errorLines(err)
	}
	a.addError(toast)
}

// addError shows an error in a message, which is the newest one now.
func (a *App) addError(toast ui.Toast) {
	a.screenFailedLast = false
	a.toasts.Add(toast)
}

// errorHint names the keys for errors.
func (a *App) errorHint() ui.Text {
	if a.typing() {
		return ui.Clean(fmt.Sprintf(textErrorInPalette, a.firstKey(Palette)))
	}
	return ui.Clean(fmt.Sprintf(textErrorKeys, a.firstKey(ErrorDetails), a.firstKey(ErrorDismiss)))
}

// cutHint names the key for a message that was cut.
func (a *App) cutHint() ui.Text {
	if a.typing() {
		return ui.Text{}
	}
	return ui.Clean(fmt.Sprintf(textCutKeys, a.firstKey(ErrorDetails)))
}

// errorLines are the details of an error.
func (a *App) errorLines(err error) []ui.Text {
	lines := []string{err.Error()}
	if e, ok := nango.AsError(err); ok {
		lines = e.Detail()
	}
	return a.cleanAll(lines)
}

// learn notes the outcome of a request that its screen shows by itself, for the details of the newest error.
func (a *App) learn(e *entry, op nango.Operation, err error) {
	e.learn(op, err)
	a.screenFailedLast = a.screenFailedLast || err != nil
}

// errorDetails shows the whole newest error: that of the screen on top, or that of a message. Without one it shows the message
// that was cut.
func (a *App) errorDetails() {
	last, hasToast := a.toasts.LastError()
	e := a.top()
	if cut, isCut := a.toasts.LastCut(a.config.Now()); isCut && !hasToast && (e == nil || e.failed() == nil) {
		a.showOverlay(newNotice(titleMessage, []ui.Text{cut.Text}))
		return
	}
	if hasToast && (e == nil || e.failed() == nil || !a.screenFailedLast) {
		a.showOverlay(newNotice(titleError, append([]ui.Text{last.Text, {}}, last.Detail...)))
		return
	}
	a.showOverlay(newNotice(titleError, a.errorLines(e.failed())))
}

func (a *App) notice(title string, lines []string) {
	a.showOverlay(newNotice(title, a.cleanAll(lines)))
}

// mask masks the secrets that the program has seen, in all profiles.
func (a *App) mask(s string) string { return a.config.Secrets.Mask(s) }

func (a *App) clean(s string) ui.Text { return ui.Clean(a.mask(s)) }

func (a *App) cleanAll(lines []string) []ui.Text {
	clean := make([]ui.Text, 0, len(lines))
	for _, line := range lines {
		clean = append(clean, ui.CleanLines(a.mask(line))...)
	}
	return clean
}
