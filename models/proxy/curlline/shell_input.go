package curlline

import (
	"slices"
	"strings"
)

// redirections are operators, the longer ones first.
var redirections = []string{"<<<", "<<-", "<<", "<&", "<", ">>", ">|", ">&", ">"}

// redirection handles an operator; the next word is its file.
func (s *shell) redirection() error {
	if s.started && !s.quoted && strings.Trim(string(s.out), "0123456789") == "" {
		s.out, s.started = s.out[:0], false // a file descriptor
	}
	s.endWord()
	if s.redirect != "" {
		return errorAt(s.pos, errNoFile, s.redirect)
	}
	rest := s.in[s.pos:]
	s.redirect = redirections[slices.IndexFunc(redirections, func(o string) bool { return strings.HasPrefix(rest, o) })]
	s.pos += len(s.redirect)
	if strings.HasPrefix(s.in[s.pos:], "(") {
		return s.substitution()
	}
	return nil
}

// hereDocs reads the here-documents after the line break. The last one is curl's input.
func (s *shell) hereDocs() error {
	if s.redirect != "" {
		return errorAt(s.pos, errNoFile, s.redirect)
	}
	s.pos++
	for _, doc := range s.here {
		text, err := s.hereDoc(doc)
		if err != nil {
			return err
		}
		s.input = input{text: text, here: true}
	}
	s.here = nil
	return s.stop()
}

func (s *shell) hereDoc(doc hereDoc) (string, error) {
	open := s.pos
	var text strings.Builder
	for s.pos < len(s.in) {
		line, _, more := strings.Cut(s.in[s.pos:], "\n")
		at := s.pos
		s.pos += len(line)
		if more {
			s.pos++
		}
		if doc.tabs {
			line = strings.TrimLeft(line, "\t")
		}
		if line == doc.end {
			if doc.quoted {
				return text.String(), nil
			}
			return s.expandHere(text.String(), at)
		}
		text.WriteString(line + "\n")
	}
	return "", errorAt(open, errHereDoc, truncate(doc.end))
}

// expandHere handles a here-document with variables, as in double quotes.
func (s *shell) expandHere(text string, at int) (string, error) {
	inner := &shell{in: text}
	if err := inner.expand(-1, "$`\\"); err != nil {
		return "", errorAt(at, "%s", err.(*Error).Reason)
	}
	for _, name := range inner.variables {
		s.addVariable(name)
	}
	return string(inner.out), nil
}
