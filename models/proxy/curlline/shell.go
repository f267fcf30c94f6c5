package curlline

import (
	"strings"
	"unicode/utf8"
)

// shell splits a line as a POSIX shell does, with the extensions of bash and zsh. It runs nothing and fills in nothing: it
// keeps variables as written and rejects command substitutions.
type shell struct {
	command
	in  string
	pos int

	out      []byte // the current word
	started  bool   // there is a word, even if it is empty
	quoted   bool   // a part of it is quoted
	start    int
	redirect string // an operator that waits for its word
	here     []hereDoc
	done     bool
}

type hereDoc struct {
	end    string
	quoted bool // it has no variables
	tabs   bool // leading tabs are removed
}

func splitShell(line string) (command, error) {
	s := &shell{in: line}
	err := s.split()
	if at := s.powerShell(); at >= 0 {
		err = errorAt(at, errPowerShell)
	}
	return s.command, err
}

func (s *shell) split() error {
	for !s.done && s.pos < len(s.in) {
		if err := s.next(); err != nil {
			return err
		}
	}
	if !s.done {
		s.end = s.pos
		s.endWord()
	}
	if s.redirect != "" {
		return errorAt(s.pos, errNoFile, s.redirect)
	}
	return nil
}

// next handles a character, or what a quote starts.
func (s *shell) next() error {
	switch c := s.in[s.pos]; c {
	case ' ', '\t':
		s.pos++
		s.endWord()
		return nil
	case '\n':
		return s.newline()
	case '\\':
		s.backslash()
		return nil
	case '\'':
		return s.single()
	case '"':
		return s.double()
	case '$':
		return s.dollar(false)
	case '`':
		return s.substitution()
	case '#':
		if !s.started { // a comment
			text, _, _ := strings.Cut(s.in[s.pos:], "\n")
			s.pos += len(text)
			if len(s.words) > 0 {
				s.addNote(noteComment)
			}
			return nil
		}
	case '(', ')':
		return errorAt(s.pos, errParenthesis, string(c))
	case ';', '&', '|', '<', '>':
		return s.operator()
	}
	if quote, _ := utf8.DecodeRuneInString(s.in[s.pos:]); !s.started && strings.ContainsRune("“”‘’–—", quote) {
		return errorAt(s.pos, errTypographic, string(quote))
	}
	s.copy(1)
	return nil
}

func (s *shell) startWord() {
	if !s.started {
		s.started, s.start = true, s.pos
	}
}

func (s *shell) copy(n int) {
	s.startWord()
	s.out = append(s.out, s.in[s.pos:s.pos+n]...)
	s.pos += n
}

// endWord ends the current word, if there is one.
func (s *shell) endWord() {
	if !s.started {
		return
	}
	w := word{text: string(s.out), pos: s.start}
	operator, quoted := s.redirect, s.quoted
	s.out, s.started, s.quoted, s.redirect = s.out[:0], false, false, ""
	switch operator {
	case "":
		s.words = append(s.words, w)
	case "<":
		s.input = input{path: w.text}
	case "<<<":
		s.input = input{text: w.text + "\n", here: true}
	case "<<", "<<-":
		s.here = append(s.here, hereDoc{w.text, quoted, operator == "<<-"})
	case ">&", "<&":
	default:
		s.addNote(noteRedirect)
	}
}

// backslash copies the next character unchanged. A backslash before a line break is removed; spaces between them, which
// copying adds, are ignored.
func (s *shell) backslash() {
	after := strings.TrimLeft(s.in[s.pos+1:], " \t")
	if after == "" || after[0] == '\n' {
		if after != s.in[s.pos+1:] {
			s.endWord()
		}
		s.pos = min(len(s.in)-len(after)+1, len(s.in))
		return
	}
	s.startWord()
	s.quoted = true
	s.pos++
	s.copy(1)
}

func (s *shell) single() error {
	s.startWord()
	s.quoted = true
	text, _, closed := strings.Cut(s.in[s.pos+1:], "'")
	if !closed {
		return errorAt(s.pos, errQuote, "'")
	}
	s.out = append(s.out, text...)
	s.pos += len(text) + 2
	return nil
}

func (s *shell) double() error {
	s.startWord()
	s.quoted = true
	open := s.pos
	s.pos++
	if err := s.expand('"', `$"`+"`\\"); err != nil {
		return err
	}
	if s.pos == len(s.in) {
		return errorAt(open, errQuote, `"`)
	}
	s.pos++
	return nil
}

// expand copies a text with variables up to a character, or to the end if there is none. A backslash counts before the
// escapable characters only.
func (s *shell) expand(end rune, escapable string) error {
	for s.pos < len(s.in) {
		switch c := rune(s.in[s.pos]); c {
		case end:
			return nil
		case '\\':
			s.escapeInDouble(escapable)
		case '$':
			if err := s.dollar(true); err != nil {
				return err
			}
		case '`':
			return s.substitution()
		default:
			s.copy(1)
		}
	}
	return nil
}

// escapeInDouble handles a backslash that only counts before some characters and a line break.
func (s *shell) escapeInDouble(escapable string) {
	after := s.in[s.pos+1:]
	switch {
	case strings.HasPrefix(after, "\n"):
		s.pos += 2
	case after != "" && strings.IndexByte(escapable, after[0]) >= 0:
		s.pos++
		s.copy(1)
	default:
		s.copy(1)
	}
}

func (s *shell) substitution() error { return errorAt(s.pos, errSubstitution) }

// operator handles a redirection or the end of the command, unless it belongs to the word.
func (s *shell) operator() error {
	n, err := attachedLength(s.in, s.pos, string(s.out))
	switch rest := s.in[s.pos:]; {
	case err != nil:
		return err
	case n > 0:
		s.addNote(noteAttached, rest[:1])
		s.copy(n)
		return nil
	case rest[0] == '<' || rest[0] == '>':
		return s.redirection()
	case strings.HasPrefix(rest, "&>"):
		s.endWord()
		s.pos += 2
		s.redirect = ">"
		return nil
	case optionsFollow(rest):
		return errorAt(s.pos, errOptionsFollow, rest[:1])
	}
	return s.stop()
}

// stop ends the command, and adds a note if more follows.
func (s *shell) stop() error {
	s.end = s.pos
	s.endWord()
	if s.redirect != "" {
		return errorAt(s.pos, errNoFile, s.redirect)
	}
	s.done = true
	if rest := strings.Trim(s.in[s.pos:], "; \t\n&"); rest != "" {
		at := Error{Offset: len(s.in) - len(strings.TrimLeft(s.in[s.pos:], "; \t\n"))}
		at.locate(s.in)
		s.addNote(noteFirstCommand, at.Line, at.Column)
	}
	return nil
}

// newline ends the command, unless it is empty or an option follows: docs sometimes omit the backslash.
func (s *shell) newline() error {
	s.endWord()
	if len(s.here) > 0 {
		return s.hereDocs()
	}
	after := strings.TrimLeft(s.in[s.pos:], " \t\n")
	switch {
	case s.redirect != "":
		return errorAt(s.pos, errNoFile, s.redirect)
	case len(s.words) == 0 || after == "":
	case optionsFollow(after):
		s.addNote(noteLineBreak)
	default:
		return s.stop()
	}
	s.pos = len(s.in) - len(after)
	return nil
}
