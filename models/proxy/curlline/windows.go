package curlline

import (
	"regexp"
	"strings"
)

// windows cuts a line as cmd.exe and then the program that it starts do, in two steps: cmd.exe takes the carets away,
// and knows quotes of its own by which it leaves carets; the program reads quotes and backslashes in what is left.
type windows struct {
	command
	in     string
	pos    int
	quoted bool // within quotes as cmd.exe sees them
	text   []byte
	origin []int // where each byte of plain stood
}

// forWindows says whether a line shows that it is for cmd.exe: a caret, outside of what a POSIX shell would take
// for quotes, before a quote or a line break.
func isWindows(line string) bool {
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
			i = closingDoubleQuote(line, i)
		}
	}
	return false
}

// doubleEnd is where the double quote at open is closed.
func closingDoubleQuote(line string, open int) int {
	for i := open + 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(line)
}

func splitWindows(line string) (command, error) {
	w := &windows{in: line}
	for w.pos < len(w.in) {
		if !w.next() {
			break
		}
	}
	w.end = w.pos
	if rest := strings.Trim(w.in[w.pos:], " \t\n&"); rest != "" {
		w.addNote("Only the first command was read: there is more behind it.")
	}
	w.splitWords()
	return w.command, nil
}

// next takes away a caret, or keeps a character. It says whether the command goes on.
func (w *windows) next() bool {
	switch c := w.in[w.pos]; {
	case c == '\n':
		if strings.TrimSpace(string(w.text)) != "" {
			return false
		}
		w.pos++
		return true
	case c == '"':
		w.quoted = !w.quoted
	case c == '%':
		w.percent()
	case w.quoted:
	case c == '^':
		w.caret()
		return true
	case c == '&' || c == '|' || c == '<' || c == '>':
		return false
	}
	w.copy()
	return true
}

func (w *windows) copy() {
	w.text, w.origin = append(w.text, w.in[w.pos]), append(w.origin, w.pos)
	w.pos++
}

// caret takes the character behind it as it is. Before a line break it joins the lines, and takes the first character
// of the next line as it is: that is how a browser writes a line break of a body, as a caret and two of them.
func (w *windows) caret() {
	w.pos++
	if strings.HasPrefix(w.in[w.pos:], "\n") {
		w.pos++
	}
	if w.pos < len(w.in) {
		w.copy()
	}
}

// windowsVariable has three letters at least, so that none is seen between escapes of a URL such as %C3%A9.
var windowsVariable = regexp.MustCompile(`^%[A-Za-z_][A-Za-z0-9_]{2,}%`)

// percent notes a variable.
func (w *windows) percent() {
	if name := windowsVariable.FindString(w.in[w.pos:]); name != "" {
		w.addVariable(name)
	}
}

// cut reads the words: blanks part them, but not in quotes; a quote in them has a backslash before it, or is doubled.
func (w *windows) splitWords() {
	a := argument{}
	for i := 0; i < len(w.text); i++ {
		c := w.text[i]
		if !a.quoted && (c == ' ' || c == '\t' || c == '\n' && !a.started) { // an empty line is part of no word
			w.finish(&a)
			continue
		}
		if !a.started {
			a = argument{started: true, at: w.origin[i], fromBrowser: w.isCareted(i) && c == '"'}
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
		w.words = append(w.words, word{string(a.out), a.at})
	}
	*a = argument{}
}

// careted says whether a byte of plain stood behind a caret.
func (w *windows) isCareted(i int) bool { return w.origin[i] > 0 && w.in[w.origin[i]-1] == '^' }

// argument is a word that is being read.
type argument struct {
	out             []byte
	at              int
	started, quoted bool
	// byBrowser: it begins with a quote behind a caret, as nobody writes but a browser. Browsers double every backslash,
	// and put one before a dollar sign and a backquote, though Windows would take that away before a quote alone. What they mean is
	// read, not what Windows would make of it.
	fromBrowser bool
}

// backslashes takes in those that a text begins with, and a quote that they escape. It says how many bytes that were.
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
