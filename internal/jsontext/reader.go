// Package jsontext reads JSON texts with positions and exact numbers, and redacts secrets in them.
//
// [Reader] is the only JSON tokenizer of this program; [Redactor] applies a [Policy], which says what is secret. The
// package knows nothing of Nango or of the screen, and imports nothing of this project.
//
// encoding/json/jsontext (github.com/go-json-experiment/json) is not used: it rejects texts that are nested deeper
// than 10,000, can't continue in a truncated text, needs an allocated decoder for each of the many small texts of a
// list, and is neither released nor part of Go without GOEXPERIMENT=jsonv2.
package jsontext

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// Kind is the kind of a token: the first byte of it, except for numbers and names.
type Kind byte

// The kinds of tokens. Name is the name of a member, with its quotes; the colon and the comma are no tokens.
const (
	Null        Kind = 'n'
	False       Kind = 'f'
	True        Kind = 't'
	Number      Kind = '0'
	String      Kind = '"'
	Name        Kind = ':'
	ObjectStart Kind = '{'
	ObjectEnd   Kind = '}'
	ArrayStart  Kind = '['
	ArrayEnd    Kind = ']'
)

// Token is a piece of a text, by its byte offsets.
type Token struct {
	Kind       Kind
	simple     bool // a string of ASCII without escapes
	Start, End int
}

// In returns the token as written. It shares the memory of the text.
func (t Token) In(text string) string { return text[t.Start:t.End] }

// TextIn returns the decoded text of a string or name, like [Text], or any other token as written.
func (t Token) TextIn(text string) string {
	if t.simple {
		return text[t.Start+1 : t.End-1]
	}
	return Text(text[t.Start:t.End])
}

// Limits are the limits of a [Reader]. Zero means no limit.
type Limits struct {
	// Bytes is the maximum length of the text, String that of a string or name as written, Depth the maximum number of open
	// containers.
	Bytes, String, Depth int
}

// Error is the place where a text is not JSON.
type Error struct {
	// Offset is in bytes from 0. Line and Column count from 1, Column in characters.
	Offset, Line, Column int
	Reason               string
}

// Error returns the place and the reason in one line.
func (e *Error) Error() string {
	return fmt.Sprintf("not JSON at line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// ErrorAt returns an [Error] at an offset of a text.
func ErrorAt(text string, offset int, reason string) *Error {
	start := strings.LastIndexByte(text[:offset], '\n') + 1
	return &Error{
		Offset: offset, Line: strings.Count(text[:start], "\n") + 1,
		Column: utf8.RuneCountInString(text[start:offset]) + 1, Reason: reason,
	}
}

// Reader reads the tokens of a text in order and checks that it is JSON: one value, with nothing after it. Like
// encoding/json it accepts repeated names, invalid UTF-8 and unpaired surrogates, and no byte order mark. It doesn't
// recurse, so any depth is read. After an error, all methods return that error.
type Reader struct {
	text   string
	pos    int
	limits Limits
	state  state
	next   Kind // of the token that begins at pos; 0 while it is not known
	err    error

	depth int
	bits  uint64   // of the innermost containers: 1 is an object
	outer []uint64 // of those around, 64 each
}

type state uint8

const (
	wantValue state = iota
	wantValueOrEnd
	wantName
	wantNameOrEnd
	wantColon
	wantSeparator // or the end of the container or text
)

// NewReader returns a reader of a text.
func NewReader(text string, limits Limits) *Reader {
	r := &Reader{text: text, limits: limits}
	switch most := limits.Bytes; {
	case most == 0 || len(text) <= most:
	case most%(1<<20) == 0:
		r.err = fmt.Errorf("longer than %d MB", most>>20)
	default:
		r.err = fmt.Errorf("longer than %d bytes", most)
	}
	return r
}

// Valid reports whether a text is JSON.
func Valid(text string) bool {
	r := Reader{text: text}
	return r.End() == nil
}

// End reads to the end of the text.
func (r *Reader) End() error {
	for {
		if _, err := r.Next(); err != nil {
			return r.Err()
		}
	}
}

// Offset returns the start of the next token after a [Reader.Peek], and the end of the last one after any other call.
func (r *Reader) Offset() int { return r.pos }

// Err returns the error of the reader, or nil if there was none so far.
func (r *Reader) Err() error {
	if r.err == io.EOF {
		return nil
	}
	return r.err
}

// Peek returns the kind of the next token; 0 at the end of the text or after an error.
func (r *Reader) Peek() Kind {
	if r.next != 0 || r.err != nil {
		return r.next
	}
	c := r.space()
	if r.state == wantSeparator {
		switch {
		case r.depth == 0 && r.pos == len(r.text):
			r.err = io.EOF
			return 0
		case r.depth == 0:
			r.fail(r.pos, "unexpected text after the value")
			return 0
		case c == r.closing():
			r.next = Kind(c)
			return r.next
		case c != ',':
			return r.unexpected("a comma or " + string(rune(r.closing())))
		}
		r.pos++
		c = r.space()
		r.state = wantValue
		if r.inObject() {
			r.state = wantName
		}
	}
	r.next = r.kindOf(c)
	return r.next
}

// kindOf returns the kind of the token that begins with c, by what may come next.
func (r *Reader) kindOf(c byte) Kind {
	switch {
	case r.state == wantNameOrEnd && c == '}', r.state == wantValueOrEnd && c == ']':
		return Kind(c)
	case r.state == wantName || r.state == wantNameOrEnd:
		if c != '"' {
			return r.unexpected("a key in quotes")
		}
		return Name
	case r.state == wantColon:
		if c != ':' {
			return r.unexpected("a colon after the key")
		}
		r.pos++
		c = r.space()
		r.state = wantValue
	}
	switch c {
	case '{', '[', '"':
		return Kind(c)
	case 't', 'f', 'n':
		if strings.HasPrefix(r.text[r.pos:], literal(Kind(c))) {
			return Kind(c)
		}
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return Number
	}
	return r.unexpected("a value")
}

func literal(kind Kind) string {
	switch kind {
	case True:
		return "true"
	case False:
		return "false"
	}
	return "null"
}

// Next reads a token. The error is [io.EOF] after the last one, an [*Error], or says which limit the text exceeds.
func (r *Reader) Next() (Token, error) {
	kind := r.Peek()
	if r.err != nil {
		return Token{}, r.err
	}
	t := Token{Kind: kind, Start: r.pos, End: r.pos + 1}
	reason := ""
	switch kind {
	case ObjectStart, ArrayStart:
		r.push(kind)
	case ObjectEnd, ArrayEnd:
		r.pop()
	default:
		reason = t.readScalar(r.text)
		if most := r.limits.String; most > 0 && t.End-t.Start > most && (kind == String || kind == Name) {
			r.err = fmt.Errorf("a string is longer than %d bytes", most)
		}
	}
	if reason != "" {
		r.fail(t.End, reason)
	}
	r.pos, r.next = t.End, 0
	switch kind {
	case Name:
		r.state = wantColon
	case ObjectStart:
		r.state = wantNameOrEnd
	case ArrayStart:
		r.state = wantValueOrEnd
	default:
		r.state = wantSeparator
	}
	if r.err != nil {
		return Token{}, r.err
	}
	return t, nil
}

// readScalar sets the end of a scalar that begins with its kind, or returns the mistake in it.
func (t *Token) readScalar(text string) (reason string) {
	switch t.Kind {
	case Name, String:
		t.End, t.simple, reason = stringEnd(text, t.Start)
	case Number:
		t.End, reason = numberEnd(text, t.Start)
	default:
		t.End = t.Start + len(literal(t.Kind))
	}
	return reason
}

// Value reads a value to its end. The token of a container is that of its start and ends where the container does.
func (r *Reader) Value() (Token, error) {
	t, err := r.Next()
	if err != nil || t.Kind != ObjectStart && t.Kind != ArrayStart {
		return t, err
	}
	for around := r.depth - 1; r.depth > around; {
		end, err := r.Next()
		if err != nil {
			return t, err
		}
		t.End = end.End
	}
	return t, nil
}

// Members reads an object and yields its names. The loop reads the value after each; one that it doesn't read is skipped. A
// value of another kind is skipped and yields nothing. After a break, the rest of the object is still to be read.
func (r *Reader) Members() iter.Seq[Token] {
	return func(yield func(Token) bool) { r.members(yield) } // inlined, so that a loop allocates nothing
}

func (r *Reader) members(yield func(Token) bool) {
	if r.Peek() != ObjectStart {
		_, _ = r.Value()
		return
	}
	for t, err := r.Next(); err == nil; {
		if t, err = r.Next(); err != nil || t.Kind == ObjectEnd {
			return
		}
		if !yield(t) {
			return
		}
		if r.state == wantColon {
			_, err = r.Value()
		}
	}
}

// Elements reads an array and yields the number of each element, as [Reader.Members] does.
func (r *Reader) Elements() iter.Seq[int] { return func(yield func(int) bool) { r.elements(yield) } }

func (r *Reader) elements(yield func(int) bool) {
	if r.Peek() != ArrayStart {
		_, _ = r.Value()
		return
	}
	_, _ = r.Next()
	for n := 0; r.Peek() != 0; n++ {
		if r.Peek() == ArrayEnd {
			_, _ = r.Next()
			return
		}
		at := r.pos
		if !yield(n) {
			return
		}
		if r.pos == at {
			_, _ = r.Value()
		}
	}
}

// String reads a value and returns the text of it if it is a string, else nothing.
func (r *Reader) String() string {
	t, err := r.Value()
	if err != nil || t.Kind != String {
		return ""
	}
	return r.Text(t)
}

// Text returns the decoded text of a string or name. Like encoding/json it replaces bytes that are not UTF-8 by U+FFFD. Any
// other token is returned as written. The result can share the memory of the text.
func (r *Reader) Text(t Token) string {
	text := r.ExactText(t)
	if !t.simple && !utf8.ValidString(text) {
		return string([]rune(text))
	}
	return text
}

// ExactText is [Reader.Text] that keeps bytes that are not UTF-8, for a [Redactor].
func (r *Reader) ExactText(t Token) string { return t.TextIn(r.text) }

// Raw returns a token as written. It shares the memory of the text.
func (r *Reader) Raw(t Token) string { return t.In(r.text) }

// Member is a member of an object. Its value is complete, as [Reader.Value] returns it.
type Member struct{ Name, Value Token }

// Members yields the members of the object that a text is. It ends where the text is not JSON.
func Members(text string) iter.Seq[Member] {
	return func(yield func(Member) bool) { members(text, yield) }
}

// members reads names without [Reader.Next]: it is called for thousands of rows while the user types.
func members(text string, yield func(Member) bool) {
	r := Reader{text: text}
	for opening := byte('{'); r.space() == opening; opening = ',' {
		r.pos++
		if r.space() != '"' {
			return
		}
		m := Member{Name: Token{Kind: Name, Start: r.pos}}
		reason := ""
		if m.Name.End, m.Name.simple, reason = stringEnd(text, r.pos); reason != "" {
			return
		}
		if r.pos = m.Name.End; r.space() != ':' {
			return
		}
		r.pos++
		r.state = wantValue
		m.Value = Token{Kind: r.kindOf(r.space()), Start: r.pos}
		switch m.Value.Kind {
		case 0:
			return
		case ObjectStart, ArrayStart:
			m.Value, _ = r.Value()
		default:
			reason = m.Value.readScalar(text)
			r.pos = m.Value.End
		}
		if reason != "" || r.err != nil || !yield(m) {
			return
		}
	}
}

func (r *Reader) space() byte {
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; c {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return c
		}
	}
	return 0
}

func (r *Reader) unexpected(wanted string) Kind {
	if r.pos >= len(r.text) {
		wanted = "the text ends where " + wanted
	}
	r.fail(r.pos, wanted+" was expected")
	return 0
}

func (r *Reader) fail(offset int, reason string) { r.err = ErrorAt(r.text, offset, reason) }

func (r *Reader) push(kind Kind) {
	if r.limits.Depth > 0 && r.depth == r.limits.Depth {
		r.err = fmt.Errorf("nested more than %d levels deep", r.limits.Depth)
		return
	}
	if r.depth > 0 && r.depth%64 == 0 {
		r.outer = append(r.outer, r.bits)
	}
	r.bits <<= 1
	if kind == ObjectStart {
		r.bits |= 1
	}
	r.depth++
}

func (r *Reader) pop() {
	r.depth--
	r.bits >>= 1
	if r.depth > 0 && r.depth%64 == 0 {
		r.bits = r.outer[len(r.outer)-1]
		r.outer = r.outer[:len(r.outer)-1]
	}
}

func (r *Reader) inObject() bool { return r.bits&1 != 0 }

func (r *Reader) closing() byte {
	if r.inObject() {
		return '}'
	}
	return ']'
}
