package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
)

// Ids of the actions on a JSON text.
const (
	JSONToggle   ActionID = "json.toggle"
	JSONFold     ActionID = "json.fold"
	JSONUnfold   ActionID = "json.unfold"
	JSONSearch   ActionID = "json.search"
	JSONNext     ActionID = "json.next"
	JSONPrevious ActionID = "json.previous"
	JSONCopy     ActionID = "json.copy"
	JSONCopyPath ActionID = "json.copyPath"
	JSONWrap     ActionID = "json.wrap"
	JSONReveal   ActionID = "json.reveal"
)

// RevealTime is how long a secret stays revealed.
const RevealTime = 15 * time.Second

// JSON is a JSON text on a screen, which can be folded, searched, copied and whose secrets can be revealed one at a time. A text
// that isn't JSON is shown line by line. A nil or zero JSON stands for a text that isn't loaded yet: it has no actions.
type JSON struct {
	text  *ui.JSONView
	until time.Time // when what is revealed is hidden again
}

// NewJSON shows a parsed text. A long one is parsed off App's goroutine.
func NewJSON(doc *ui.JSONDoc) *JSON { return &JSON{text: ui.NewJSONView(doc)} }

// IsLoaded reports whether there is a text.
func (j *JSON) IsLoaded() bool { return j != nil && j.text != nil }

// Typing reports whether keys are text of the search.
func (j *JSON) Typing() bool { return j.IsLoaded() && j.text.Searching() }

// Update passes keys and pastes to the search.
func (j *JSON) Update(_ *Turn, msg tea.Msg) { j.Type(msg) }

// Type passes keys and pastes to the search.
func (j *JSON) Type(msg tea.Msg) {
	if j.IsLoaded() {
		TypeSearch(j.text, msg)
	}
}

// RedrawInterval is a second while a secret is revealed, so that it is masked in time.
func (j *JSON) RedrawInterval() time.Duration {
	return RedrawIf(j.IsLoaded() && j.text.Revealed(), time.Second)
}

// View draws the text.
func (j *JSON) View(f ui.Frame) string {
	if !f.Now.Before(j.until) {
		j.text.Hide()
	}
	return j.text.View(f)
}

// Actions is what can be done with the text and the value under the cursor.
func (j *JSON) Actions() []Action {
	if !j.IsLoaded() {
		return nil
	}
	if j.Typing() {
		return SearchActions(j.text)
	}
	matches, _ := j.text.Matches()
	unsearched, flat := DisabledIf(matches == 0, textNoMatches), DisabledIf(j.text.Path() == "", textNotJSON)
	do := func(f func()) func(*Turn) { return func(*Turn) { f() } }
	return append([]Action{
		{ID: JSONToggle, Title: "Fold", Disabled: flat, Do: do(j.text.Toggle)},
		{ID: JSONCopy, Title: "Copy", Do: j.copyValue},
		{ID: JSONCopyPath, Title: "Copy path", Disabled: flat, Do: func(t *Turn) { t.CopyLine("path", j.text.Path()) }},
		{ID: JSONSearch, Title: "Search", Do: do(j.text.StartSearch)},
		{ID: JSONNext, Title: "Next match", HideInFooter: true, Disabled: unsearched, Do: do(j.text.NextMatch)},
		{ID: JSONPrevious, Title: "Previous match", HideInFooter: true, Disabled: unsearched, Do: do(j.text.PrevMatch)},
		{ID: JSONFold, Title: textFoldOrGoParent, HideInFooter: true, Disabled: flat, Do: do(j.text.Fold)},
		{ID: JSONUnfold, Title: "Unfold", HideInFooter: true, Disabled: flat, Do: do(j.text.Unfold)},
		{ID: JSONWrap, Title: "Wrap long lines", HideInFooter: true, Do: do(j.text.ToggleWrap)},
		{ID: JSONQuery, Title: textQueryTitle, HideInFooter: true, Disabled: flat,
			Do: func(t *Turn) { t.Show(newQueryForm(j.text.Source())) }},
		{ID: JSONReveal, Title: "Reveal", HideInFooter: true, Do: j.reveal},
	}, MoveActions(j.text)...)
}

func (j *JSON) reveal(t *Turn) {
	if j.text.Revealed() {
		j.text.Hide()
		return
	}
	if !j.text.Reveal() {
		t.Toast(textNothingMaskedHere)
		return
	}
	j.until = t.Now.Add(RevealTime)
}

// copyValue copies the value under the cursor. A secret is copied unmasked; secrets inside other values are masked.
func (j *JSON) copyValue(t *Turn) {
	shown, fits := j.text.Value()
	whole, _ := j.text.RawValue()
	switch {
	case !fits:
		t.Notice("Not copied", textValueTooLongClipboard)
	case shown == nango.Masked && whole != shown:
		t.CopySecret("masked value", nango.Secret(whole))
	default:
		t.Copy("value", shown)
	}
}
