package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"nango-tui/internal/clean"
)

// version is the version of the lines that this program writes, and the newest that it reads.
const version = 1

const (
	// maxText is the longest text of a line, in bytes. A longer one ends in an ellipsis.
	maxText = 2000
	// maxName is the longest name that is stored, in bytes. A longer one is left out.
	maxName = 500
	// maxUndo is the longest content that is stored of a change, in bytes. A longer one is left out.
	maxUndo = 64 << 10
	// maxSyncs is the number of syncs of an intent. More are left out altogether.
	maxSyncs = 50
)

// line is a line of the file: an intent or an outcome.
type line struct {
	Version int    `json:"v"`
	ID      string `json:"id"`
	// Run and PID identify the process of an intent.
	Run     string   `json:"run,omitempty"`
	PID     int      `json:"pid,omitempty"`
	Intent  *Intent  `json:"intent,omitempty"`
	Outcome *Outcome `json:"outcome,omitempty"`
}

// text is the line without its line feed. People may read the file, too.
func (l line) text() (clean.Text, error) {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(l) // ends in a line feed
	return clean.JSONLine(strings.TrimSuffix(out.String(), "\n")), err
}

// isValid reports whether the line is one of this version.
func (l line) isValid() bool {
	return l.Version == version && l.ID != "" && (l.Intent != nil) != (l.Outcome != nil)
}

// parsed is a line as it is in the file.
type parsed struct {
	raw []byte // without the line feed
	line
	newer, damaged bool
}

// parse reads all lines of the file. Lines that can't be read are marked.
func parse(data []byte) []parsed {
	var all []parsed
	for raw := range bytes.Lines(data) {
		raw = bytes.TrimRight(raw, "\r\n")
		if len(raw) == 0 {
			continue
		}
		p := parsed{raw: raw}
		err := json.Unmarshal(raw, &p.line)
		p.newer = p.Version > version // its other members may have other types by then
		p.damaged = !p.newer && (err != nil || !p.isValid())
		all = append(all, p)
	}
	return all
}

// contents joins intents with their newest outcomes.
func contents(lines []parsed) (c Contents, runs map[string]string) {
	at := map[string]int{}
	runs = map[string]string{}
	for _, p := range lines {
		i, known := at[p.ID]
		switch {
		case p.newer:
			c.Newer++
		case p.damaged:
			c.Damaged++
		case p.Intent != nil && !known:
			at[p.ID] = len(c.Entries)
			if p.Intent.Undo != nil && p.Intent.Undo.ID != "" {
				at[p.Intent.Undo.ID] = len(c.Entries) // an outcome may name it, too
			}
			runs[p.ID] = p.Run
			c.Entries = append(c.Entries, Entry{ID: p.ID, PID: p.PID, Intent: *p.Intent})
		case p.Outcome != nil && known:
			c.Entries[i].Outcome = *p.Outcome
		}
	}
	c.markUndone()
	return c, runs
}

// markUndone marks what a later change has put back.
func (c *Contents) markUndone() {
	undone := map[string]bool{}
	for i := range c.Entries {
		if e := &c.Entries[i]; e.Undo != nil && e.Undo.Undoes != "" && e.Outcome.State == Done {
			undone[e.Undo.Undoes] = true
		}
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		e.Undone = undone[e.ID] || e.Undo != nil && e.Undo.ID != "" && undone[e.Undo.ID]
	}
}

// isSettled reports whether the outcome is known.
func (e Entry) isSettled() bool {
	return e.Outcome.State == Done || e.Outcome.State == Failed || e.Outcome.State == Checked
}

// IsOpen reports whether the change is to be put back, and neither was nor needs to be.
func (e Entry) IsOpen() bool {
	return e.Undo != nil && e.Undo.ID != "" && !e.Undone && e.Outcome.State != Failed && e.Outcome.State != Checked
}

// isNeeded reports whether the entry must not be dropped. One that was put back is not: without the later change, which can be dropped,
// it would be open again.
func (e Entry) isNeeded() bool { return !e.Undone && !e.isSettled() || e.IsOpen() }

// canBeUndone reports whether the entry is what a change can be put back with.
func (e Entry) canBeUndone() bool {
	return e.Undo != nil && len(e.Undo.Before) > 0 && !e.Undone && e.Outcome.State != Failed
}

// cleaned returns the intent as it can be stored.
func (i Intent) cleaned(toText func(string) clean.Text) Intent {
	for _, text := range []*string{&i.Profile, &i.Host, &i.Key, &i.Operation, &i.Method, &i.Path, &i.Effect} {
		*text = bounded(toText(*text).String())
	}
	names := append([]string{i.Integration, i.Connection}, i.Syncs...)
	for _, name := range names {
		if len(name) > maxName || toText(name).String() != name || len(i.Syncs) > maxSyncs {
			i.Integration, i.Connection, i.Syncs = "", "", nil
			break
		}
	}
	i.Undo = i.Undo.cleaned(toText)
	return i
}

// cleaned returns what can be stored of u. A content that would have to be changed for that is left out, and then nothing stays
// open, because nothing could be put back.
func (u *Undo) cleaned(toText func(string) clean.Text) *Undo {
	if u == nil {
		return nil
	}
	stored := *u
	for _, raw := range []json.RawMessage{u.Before, u.After} {
		if text := string(raw); len(text) > maxUndo || toText(text).String() != clean.Line(text).String() {
			stored.Before, stored.After, stored.ID, stored.Until = nil, nil, "", time.Time{}
		}
	}
	return &stored
}

// bounded cuts a text that is too long.
func bounded(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
