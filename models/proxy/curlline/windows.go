package curlline

import (
	"bytes"
	"regexp"
	"strings"
)

// windows splits a line in two steps. cmd.exe removes carets, except within its quotes. Then the program that it starts
// splits the rest by quotes and backslashes.
type windows struct {
	command
	in     string
	pos    int
	quoted bool // within quotes of cmd.exe
	text   []byte
	origin []int // the offset of each byte of text
	err    error
}

// doubledQuote matches how cmd.exe has a quote within quotes.
var doubledQuote = regexp.MustCompile(`[{\[:,]\s*""\w`)

// isWindows reports whether a line is for cmd.exe: a caret stands before a quote or a line break, outside of POSIX quotes, or
// JSON has doubled quotes.
func isWindows(line string) bool {
	if !strings.Contains(line, "'") && doubledQuote.MatchString(line) {
		return true
	}
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '^':
			if strings.HasPrefix(line[i+1:], `"`) || strings.HasPrefix(line[i+1:], "\n") {
				return true
			}
		case '\\':
			i++
		case '\'':
			end := strings.IndexByte(line[i+1:], '\'')
			if end < 0 {
				return false
			}
			i += end + 1
		case '"':
			end := closingQuote(line[i:])
			if end == 0 {
				return false
			}
			i += end
		}
	}
	return false
}

func splitWindows(line string) (command, error) {
	w := &windows{in: line}
	for w.pos < len(w.in) && w.next() {
	}
	if w.err != nil {
		return command{}, w.err
	}
	w.end = w.pos
	if rest := strings.Trim(w.in[w.pos:], " \t\n&"); rest != "" {
		w.addNote(noteMoreCommands)
	}
	w.splitWords()
	for _, word := range w.words {
		if strings.HasPrefix(word.text, "'") {
			return command{}, errorAt(word.pos, errWindowsQuote)
		}
	}
	return w.command, nil
}

// next removes a caret or copies a character. It reports whether the command continues.
func (w *windows) next() bool {
	switch c := w.in[w.pos]; {
	case c == '\n':
		switch {
		case strings.TrimSpace(string(w.text)) == "":
		case optionsFollow(w.in[w.pos:]):
			w.addNote(noteLineBreak)
		default:
			return false
		}
		w.pos++
		w.text, w.origin = append(w.text, ' '), append(w.origin, w.pos-1)
		return true
	case c == '"':
		w.quoted = !w.quoted
	case c == '%':
		if name := windowsVariable.FindString(w.in[w.pos:]); name != "" {
			w.addVariable(name)
		}
	case w.quoted:
	case c == '^':
		w.caret()
		return true
	case strings.IndexByte("&|<>", c) >= 0:
		return w.operator()
	}
	w.copy()
	return true
}

// operator ends the command, unless it belongs to the word.
func (w *windows) operator() bool {
	n, err := attachedLength(w.in, w.pos, string(w.text[bytes.LastIndexAny(w.text, " \t")+1:]))
	if err == nil && n == 0 && optionsFollow(w.in[w.pos:]) {
		err = errorAt(w.pos, errOptionsFollow, w.in[w.pos:w.pos+1])
	}
	if w.err = err; n == 0 {
		return false
	}
	w.addNote(noteAttached, w.in[w.pos:w.pos+1])
	for range n {
		w.copy()
	}
	return true
}

func (w *windows) copy() {
	w.text, w.origin = append(w.text, w.in[w.pos]), append(w.origin, w.pos)
	w.pos++
}

// caret copies the next character. Before a line break it joins the lines and copies the first character of the next line:
// browsers write a line break in a body as a caret and two line breaks.
func (w *windows) caret() {
	w.pos++
	if strings.HasPrefix(w.in[w.pos:], "\n") {
		if w.pos++; strings.HasPrefix(w.in[w.pos:], `"`) {
			return // cmd.exe would not see the quote, but its author means one
		}
	}
	if w.pos < len(w.in) {
		w.copy()
	}
}

// windowsVariable needs three letters, so that it doesn't match between URL escapes such as %C3%A9.
var windowsVariable = regexp.MustCompile(`^%[A-Za-z_][A-Za-z0-9_]{2,}%`)

// splitWords splits at spaces outside of quotes. A quote in a word has a backslash before it or is doubled.
func (w *windows) splitWords() {
	a := argument{}
	for i := 0; i < len(w.text); i++ {
		c := w.text[i]
		if !a.quoted && (c == ' ' || c == '\t' || c == '\n' && !a.started) { // an empty line is no part of a word
			w.finish(&a)
			continue
		}
		if !a.started {
			a = argument{started: true, at: w.origin[i], fromBrowser: c == '"' && w.origin[i] > 0 && w.in[w.origin[i]-1] == '^'}
		}
		switch {
		case c == '\\':
			i += a.addBackslashes(w.text[i:]) - 1
		case c == '"' && a.quoted && i+1 < len(w.text) && w.text[i+1] == '"':
			a.out = append(a.out, '"')
			i++
		case c == '"':
			a.quoted = !a.quoted
		default:
			a.out = append(a.out, c)
		}
	}
	w.finish(&a)
}

func (w *windows) finish(a *argument) {
	if a.started {
		w.words = append(w.words, word{text: string(a.out), pos: a.at})
	}
	*a = argument{}
}

type argument struct {
	out             []byte
	at              int
	started, quoted bool
	// fromBrowser is set if it starts with a quote after a caret, as only browsers write. Browsers double every backslash and
	// put one before a dollar sign or backquote, which Windows would not undo. This reads what browsers mean.
	fromBrowser bool
}

// addBackslashes handles leading backslashes and a quote that they escape. It returns how many bytes it handled.
func (a *argument) addBackslashes(text []byte) int {
	all := 0
	for all < len(text) && text[all] == '\\' {
		all++
	}
	next := byte(0)
	if all < len(text) {
		next = text[all]
	}
	meant := all
	switch {
	case next == '"', a.fromBrowser && (next == '$' || next == '`'):
		meant = all / 2
	case a.fromBrowser:
		meant = (all + 1) / 2
	}
	a.out = append(a.out, text[:meant]...)
	if next == '"' && all%2 == 1 {
		a.out = append(a.out, '"')
		all++
	}
	return all
}
