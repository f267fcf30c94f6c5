package ui

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// jsonParser walks over a text once and writes a row for each line of its indented form. It keeps its place
// in a slice and not on the stack, so that a document nested 100,000 deep is like any other.
type jsonParser struct {
	raw    []byte
	pos    int
	rows   []jsonRow
	open   []jsonOpen
	name   uint32 // of the value that comes next
	mask   JSONMask
	masked map[uint32]string

	path       []string // only kept for the mask
	keys       map[string]string
	secretKeys map[string]string
}

// jsonOpen is a container that is not closed yet.
type jsonOpen struct{ row, elements uint32 }

func (p *jsonParser) run() error {
	n := countRows(p.raw)
	if n > JSONRows {
		return p.fault(0, fmt.Sprintf("more than %d lines, too many to fold: shown as text", JSONRows))
	}
	p.rows = make([]jsonRow, 0, n)
	for {
		opened, err := p.value()
		if err != nil {
			return err
		}
		if opened {
			continue
		}
		if done, err := p.after(); done || err != nil {
			return err
		}
	}
}

// countRows is an upper bound of the lines of the indented form, near enough to reserve the room once.
func countRows(raw []byte) int {
	n := 1
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			end, err := stringEnd(raw, i)
			if err != "" {
				return n
			}
			i = end - 1
		case ',':
			n++
		case '{', '[':
			n += 2
		}
	}
	return n
}

// value reads a value, or the opening of a container that holds something.
func (p *jsonParser) value() (opened bool, err error) {
	p.space()
	switch c := p.peek(); {
	case c == '{':
		return p.container(jsonObject, jsonEmptyObject, '}')
	case c == '[':
		return p.container(jsonArray, jsonEmptyArray, ']')
	case c == '"':
		end, reason := stringEnd(p.raw, p.pos)
		return false, p.leaf(jsonString, end, reason)
	case c == '-' || '0' <= c && c <= '9':
		end, reason := numberEnd(p.raw, p.pos)
		return false, p.leaf(jsonNumber, end, reason)
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(string(p.raw[p.pos:min(p.pos+len(word), len(p.raw))]), word) {
			return false, p.leaf(jsonLiteral, p.pos+len(word), "")
		}
	}
	return false, p.unexpected("a value")
}

func (p *jsonParser) add(kind jsonKind, end int) uint32 {
	parent := jsonNoRow
	if n := len(p.open); n > 0 {
		parent = p.open[n-1].row
	}
	p.rows = append(p.rows, jsonRow{
		at: uint32(p.pos), name: p.name, parent: parent, end: uint32(end),
		meta: uint32(len(p.open))<<jsonKindBits | uint32(kind),
	})
	return uint32(len(p.rows) - 1)
}

// leaf takes a plain value that ends at end, or refuses it for the reason.
func (p *jsonParser) leaf(kind jsonKind, end int, reason string) error {
	if reason != "" {
		return p.fault(end, reason)
	}
	row := p.add(kind, end)
	p.hide(row, p.raw[p.pos:end])
	p.pos = end
	return nil
}

// hide asks the mask what is to be shown of a plain value.
func (p *jsonParser) hide(row uint32, raw []byte) {
	if p.mask == nil {
		return
	}
	text := unquote(raw)
	shown := p.mask.at(p.path, text)
	if shown == text {
		return
	}
	if p.masked == nil {
		p.masked = map[uint32]string{}
	}
	p.masked[row] = shown
}

func (p *jsonParser) container(kind, empty jsonKind, closing byte) (opened bool, err error) {
	row := p.add(kind, 0)
	p.pos++
	p.space()
	if p.peek() == closing {
		p.pos++
		p.rows[row].meta += uint32(empty - kind) // wraps around on purpose: the depth stays
		p.rows[row].end = uint32(p.pos)
		return false, nil
	}
	p.open = append(p.open, jsonOpen{row: row})
	return true, p.nextName()
}

// nextName reads the key of the member that comes next, or counts the element.
func (p *jsonParser) nextName() error {
	top := &p.open[len(p.open)-1]
	if p.rows[top.row].kind() == jsonArray {
		p.name = top.elements
		top.elements++
		if p.mask != nil {
			p.path = append(p.path, strconv.Itoa(int(p.name)))
		}
		return nil
	}
	p.space()
	if p.peek() != '"' {
		return p.unexpected("a key in quotes")
	}
	end, reason := stringEnd(p.raw, p.pos)
	if reason != "" {
		return p.fault(end, reason)
	}
	p.name = uint32(p.pos)
	p.pushKey(p.raw[p.pos:end])
	p.pos = end
	p.space()
	if p.peek() != ':' {
		return p.unexpected("a colon after the key")
	}
	p.pos++
	return nil
}

// pushKey puts a key on the path of the mask. Keys repeat, so each is made a string once.
func (p *jsonParser) pushKey(raw []byte) {
	if p.mask == nil {
		return
	}
	key, known := p.keys[string(raw)]
	if !known {
		key = unquote(raw)
		if p.keys == nil {
			p.keys = map[string]string{}
		}
		p.keys[string(raw)] = key
		if shown := p.mask(nil, key); shown != key {
			if p.secretKeys == nil {
				p.secretKeys = map[string]string{}
			}
			p.secretKeys[key] = shown
		}
	}
	p.path = append(p.path, key)
}

// after reads what follows a value: a comma, or closing brackets, or the end.
func (p *jsonParser) after() (done bool, err error) {
	for {
		p.space()
		if len(p.open) == 0 {
			if p.pos < len(p.raw) {
				return false, p.unexpected("nothing more after the value")
			}
			return true, nil
		}
		if len(p.path) > 0 {
			p.path = p.path[:len(p.path)-1]
		}
		top := p.open[len(p.open)-1].row
		closing := byte(']')
		if p.rows[top].kind() == jsonObject {
			closing = '}'
		}
		switch p.peek() {
		case ',':
			p.pos++
			return false, p.nextName()
		case closing:
			p.close(top)
		default:
			return false, p.unexpected("a comma or " + string(closing))
		}
	}
}

// close writes the closing line of the innermost container.
func (p *jsonParser) close(opener uint32) {
	p.open = p.open[:len(p.open)-1]
	row := p.add(jsonClose, int(opener))
	p.rows[row].name = p.rows[opener].name
	p.rows[opener].end = row
	p.pos++
}

func (p *jsonParser) space() {
	for p.pos < len(p.raw) {
		switch p.raw[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (p *jsonParser) peek() byte {
	if p.pos < len(p.raw) {
		return p.raw[p.pos]
	}
	return 0
}

func (p *jsonParser) unexpected(wanted string) error {
	if p.pos >= len(p.raw) {
		return p.fault(p.pos, "the text ends where "+wanted+" was expected")
	}
	return p.fault(p.pos, wanted+" was expected")
}

func (p *jsonParser) fault(at int, reason string) error { return place(p.raw, at, reason) }

// stringEnd is the offset behind the string that begins at at, or the offset of the fault and its reason.
func stringEnd(raw []byte, at int) (end int, reason string) {
	for i := at + 1; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			return i + 1, ""
		case c < ' ':
			return i, "a control character inside a string"
		case c == '\\':
			n, reason := escapeLength(raw, i)
			if reason != "" {
				return i, reason
			}
			i += n - 1
		}
	}
	return len(raw), "the text ends inside a string"
}

// escapeLength is the length of the escape sequence at at.
func escapeLength(raw []byte, at int) (int, string) {
	if at+1 >= len(raw) {
		return 0, "the text ends inside a string"
	}
	switch raw[at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, ""
	case 'u':
		if _, ok := hex4(raw, at+2); ok {
			return 6, ""
		}
	}
	return 0, "an escape that JSON does not know"
}

// hex4 reads four hexadecimal digits.
func hex4(raw []byte, at int) (rune, bool) {
	if at+4 > len(raw) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[at:at+4]), 16, 16)
	return rune(n), err == nil
}

// numberEnd is the offset behind the number at at, or that of the fault.
func numberEnd(raw []byte, at int) (end int, reason string) {
	const fault = "a number that is not finished"
	i := at
	if raw[i] == '-' {
		i++
	}
	whole := digits(raw, i)
	if whole == i {
		return i, fault
	}
	if raw[i] == '0' {
		whole = i + 1
	}
	i = whole
	if i < len(raw) && raw[i] == '.' {
		if i = digits(raw, i+1); raw[i-1] == '.' {
			return i, fault
		}
	}
	if i < len(raw) && (raw[i] == 'e' || raw[i] == 'E') {
		i++
		if i < len(raw) && (raw[i] == '+' || raw[i] == '-') {
			i++
		}
		if end := digits(raw, i); end > i {
			return end, ""
		}
		return i, fault
	}
	return i, ""
}

// digits is the offset behind the digits at at.
func digits(raw []byte, at int) int {
	for at < len(raw) && '0' <= raw[at] && raw[at] <= '9' {
		at++
	}
	return at
}

// unquote is what a value says: the text of a string, anything else as it was written.
func unquote(raw []byte) string {
	if len(raw) < 2 || raw[0] != '"' {
		return string(raw)
	}
	inner := string(raw[1 : len(raw)-1])
	if !strings.Contains(inner, `\`) {
		return inner
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return inner
	}
	return s
}
