package jsontext

import (
	"iter"
	"strings"
)

// Word is the kind of a text that is not JSON, or of a piece of one.
const Word Kind = 'w'

// Nested is the kind of a value whose place is unknown because it is in too many containers, or in too many levels of JSON
// in strings. A policy hides it.
const Nested Kind = 'N'

// Place is what a policy needs to know about the position of a value. The root is 0.
type Place uint8

// Scalar is a string, number, literal or name of a text, or a text that is not JSON, for a [Policy].
type Scalar struct {
	Place Place
	// Name is that of the member that the value belongs to, also as an element of an array; empty at the root and for a name.
	Name string
	Kind Kind
	// Text is the decoded string or name, or anything else as written.
	Text string
	// Start and End are the offsets in the text, the quotes included.
	Start, End int
}

// Policy decides what is secret. It must be pure, because its results for names are cached.
type Policy interface {
	// Under returns the place of a member's value, by the place of the object and the member's name.
	Under(at Place, name string) Place
	// Show returns what may be shown of a scalar: its text unless something in it is secret.
	Show(s Scalar) string
}

// Redactor applies a policy. It is used on one goroutine. A nil one hides nothing.
type Redactor struct {
	policy Policy
	// names caches the results for the last names, which repeat in most texts; nil before the first one.
	names  *[nameSlots]nameAnswer
	nested int // number of strings around this text
}

type nameAnswer struct {
	at    Place
	name  string
	known bool
	shown string
	under Place
}

const (
	// nameSlots is the number of cached names.
	nameSlots = 64
	// maxNested is the maximum number of levels of JSON in strings. Deeper strings are hidden: with short escapes each
	// level costs little, and reading a text of a few megabytes would take minutes.
	maxNested = 12
	// maxOpen is the maximum number of remembered open containers, 24 bytes each. A response can open one with each byte.
	maxOpen = 1 << 20
)

func slotOf(at Place, name string) int {
	n := len(name)
	if n == 0 {
		return int(at) % nameSlots
	}
	return (int(at) + 7*n + 3*int(name[0]) + 5*int(name[n/2]) + int(name[n-1])) % nameSlots
}

// NewRedactor returns a redactor. A nil policy gives a nil redactor.
func NewRedactor(p Policy) *Redactor {
	if p == nil {
		return nil
	}
	return &Redactor{policy: p}
}

// Name returns what may be shown of a name, and the place of its value.
func (r *Redactor) Name(at Place, name string) (shown string, under Place) {
	if r == nil {
		return name, at
	}
	if r.names == nil {
		r.names = new([nameSlots]nameAnswer)
	}
	if last := &r.names[slotOf(at, name)]; last.known && last.at == at && last.name == name {
		return last.shown, last.under
	}
	name = strings.Clone(name) // not to keep the whole text
	answer := nameAnswer{at: at, name: name, known: true, shown: r.show(Scalar{Kind: Name, Text: name}), under: r.policy.Under(at, name)}
	r.names[slotOf(at, name)] = answer
	return answer.shown, answer.under
}

// Show returns what may be shown of a scalar. JSON in a string is redacted first.
func (r *Redactor) Show(s Scalar) string {
	switch {
	case r == nil, s.Kind == Null, s.Kind == True, s.Kind == False:
		return s.Text
	case s.Kind == Name:
		shown, _ := r.Name(s.Place, s.Text)
		return shown
	}
	return r.show(s)
}

func (r *Redactor) show(s Scalar) string {
	if (s.Kind == String || s.Kind == Name) && holdsJSON(s.Text) {
		if r.nested == maxNested {
			s.Kind = Nested
		} else {
			r.nested++
			s.Text, _ = r.redact(s.Text, s.Place, s.Name, 0)
			r.nested--
		}
	}
	return r.policy.Show(s)
}

// holdsJSON reports whether a string may contain JSON, or its beginning, also after a byte order mark.
func holdsJSON(text string) bool {
	text = strings.TrimPrefix(text, "\ufeff")
	if text == "" || text[0] > '"' && text[0] != '{' && text[0] != '[' {
		return false
	}
	text = strings.TrimLeft(text, " \t\r\n")
	return text != "" && (text[0] == '{' || text[0] == '[' || text[0] == '"' && Valid(text))
}

// Redact returns a text with its secrets hidden. JSON stays JSON of the same shape, and the rest is unchanged. A text that
// is not JSON is redacted by the same rules as far as possible, so that a truncated text doesn't show what the whole text
// would hide.
func (r *Redactor) Redact(text string, at Place) string {
	text, _ = r.RedactAt(text, at, 0)
	return text
}

// RedactAt is [Redactor.Redact] that also returns where an offset of the text is in the result.
func (r *Redactor) RedactAt(text string, at Place, offset int) (shown string, moved int) {
	if r == nil {
		return text, offset
	}
	return r.redact(text, at, "", offset)
}

func (r *Redactor) redact(text string, at Place, name string, offset int) (shown string, moved int) {
	if !Valid(text) {
		shown := r.policy.Show(Scalar{Place: 0, Kind: Word, Text: text})
		text, offset = shown, movedOffset(text, shown, offset)
	}
	var out strings.Builder
	kept := 0
	moved = -1
	for s := range r.scalars(text, at, name) {
		shown := r.Show(s)
		if shown == s.Text {
			continue
		}
		if moved < 0 && offset < s.End {
			moved = out.Len() + min(offset, s.Start) - kept
		}
		out.WriteString(text[kept:s.Start])
		out.WriteString(Quote(shown))
		kept = s.End
	}
	if moved < 0 {
		moved = out.Len() + offset - kept
	}
	if kept == 0 {
		return text, moved
	}
	out.WriteString(text[kept:])
	return out.String(), moved
}

// movedOffset returns where an offset is after a text has become another one.
func movedOffset(before, after string, offset int) int {
	same := 0
	for same < min(len(before), len(after)) && before[same] == after[same] {
		same++
	}
	if offset <= same {
		return offset
	}
	return min(max(len(after)-(len(before)-offset), same), len(after))
}

// Scalars yields the strings, numbers, literals and names of a text in order, each with its place. Text that is not JSON is
// read too: brackets needn't match, and a piece without quotes is a [Word].
func (r *Redactor) Scalars(text string, at Place) iter.Seq[Scalar] { return r.scalars(text, at, "") }

func (r *Redactor) scalars(text string, at Place, name string) iter.Seq[Scalar] {
	return func(yield func(Scalar) bool) {
		w := walker{redactor: r, text: text, now: member{at, name}}
		w.open = append(w.open, w.now)
		for w.pos < len(text) {
			if s, found := w.next(); found && !yield(s) {
				return
			}
		}
	}
}

type walker struct {
	redactor *Redactor
	text     string
	pos      int
	now      member   // the value that comes next
	open     []member // of the open containers, the root first
	deeper   int      // the number of open containers beyond maxOpen
}

// member is what a policy needs to know about the path of a value.
type member struct {
	place Place
	name  string
}

func (w *walker) next() (s Scalar, found bool) {
	switch c := w.text[w.pos]; c {
	case '{':
		w.now.name = ""
		w.push()
	case '[':
		w.push()
	case '}', ']':
		w.pop()
	case ',':
		w.now = w.open[len(w.open)-1]
	case ' ', '\t', '\r', '\n', ':':
	case '"':
		return w.marked(w.quoted()), true
	default:
		return w.marked(w.word()), true
	}
	w.pos++
	return s, false
}

func (w *walker) push() {
	if len(w.open) == maxOpen {
		w.deeper++
		return
	}
	w.open = append(w.open, w.now)
}

func (w *walker) pop() {
	if w.deeper > 0 {
		w.deeper--
	} else {
		w.open = w.open[:max(len(w.open)-1, 1)]
	}
	w.now = w.open[len(w.open)-1]
}

// marked returns the scalar as [Nested] if its place is not known. Names and literals stay what they are.
func (w *walker) marked(s Scalar) Scalar {
	if w.deeper > 0 && (s.Kind == String || s.Kind == Number || s.Kind == Word) {
		s.Kind = Nested
	}
	return s
}

// quoted handles a string: a name if a colon follows.
func (w *walker) quoted() Scalar {
	end := StringEnd(w.text, w.pos)
	s := Scalar{Place: w.now.place, Name: w.now.name, Kind: String, Text: Text(w.text[w.pos:end]), Start: w.pos, End: end}
	w.pos = end
	for end < len(w.text) && strings.IndexByte(" \t\r\n", w.text[end]) >= 0 {
		end++
	}
	if end == len(w.text) || w.text[end] != ':' {
		return s
	}
	w.pos = end + 1
	s.Place, s.Name, s.Kind = w.open[len(w.open)-1].place, "", Name
	_, under := w.redactor.Name(s.Place, s.Text)
	w.now = member{under, s.Text}
	return s
}

// word handles a number, a literal, or a piece of what is not JSON.
func (w *walker) word() Scalar {
	end := len(w.text)
	if n := strings.IndexAny(w.text[w.pos:], ",{}[]\"\n"); n >= 0 {
		end = w.pos + n
	}
	written := strings.TrimRight(w.text[w.pos:end], " \t\r")
	s := Scalar{Place: w.now.place, Name: w.now.name, Kind: wordKind(written), Text: written, Start: w.pos, End: w.pos + len(written)}
	w.pos = end
	return s
}

func wordKind(written string) Kind {
	switch c := written[0]; {
	case c == '-' || '0' <= c && c <= '9':
		if end, reason := numberEnd(written, 0); reason == "" && end == len(written) {
			return Number
		}
	case (c == 't' || c == 'f' || c == 'n') && written == literal(Kind(c)):
		return Kind(c)
	}
	return Word
}
