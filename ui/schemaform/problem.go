package schemaform

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Problem is one thing that is wrong with the input.
type Problem struct {
	// Pointer is the JSON pointer of the place, empty for the whole; Path is the same as one reads it.
	Pointer, Path string
	// Message reads on from the path: "has to be filled in".
	Message string
}

// String is the problem as a sentence.
func (p Problem) String() string {
	if p.Path == "" {
		return "the input " + p.Message
	}
	return p.Path + " " + p.Message
}

// Check checks the input by the schema, puts what is wrong at its fields, and gives it back. Nothing is wrong with what
// cannot be checked; [Form.Shown] then says so.
func (f *Form) Check() []Problem {
	v, err := f.value()
	var bad *unreadable
	if errors.As(err, &bad) {
		found := []fault{{bad.at, bad.err.Error()}}
		f.put(found)
		return problems(found)
	}
	if f.checker == nil {
		return nil
	}
	f.checker.begin()
	found, err := f.judge(v)
	f.check = ""
	if err != nil {
		f.check = err.Error()
	}
	f.put(found)
	return problems(found)
}

// judge judges the input. What is not sent arrives as null.
func (f *Form) judge(v *value) ([]fault, error) {
	if v != nil {
		return f.checker.judge(*v, "")
	}
	found, err := f.checker.judge(literal(null, nullWord), "")
	if len(found) > 0 {
		found = []fault{{says: errMissing.Error()}}
	}
	return found, err
}

func problems(found []fault) []Problem {
	var all []Problem
	for _, one := range found {
		all = append(all, Problem{Pointer: pointer(one.at), Path: path(one.at), Message: one.says})
	}
	return all
}

// put tells faults at their fields, and those of a field together. The focus goes to the first of them.
func (f *Form) put(found []fault) {
	says := map[string][]string{}
	var order []string
	for _, one := range found {
		id, text := f.place(one)
		if says[id] == nil {
			order = append(order, id)
		}
		says[id] = append(says[id], text)
	}
	for _, id := range slices.Backward(f.byFields(order)) {
		f.fields.SetError(id, joinFaults(says[id]))
	}
}

// place is the id of the field that a fault is told at, and the sentence for there.
func (f *Form) place(one fault) (id, says string) {
	if f.root == nil {
		return wholeID, strings.TrimSpace(path(one.at) + " " + one.says)
	}
	n := f.root.find(one.at)
	if n == nil {
		return noField, "The input " + one.says
	}
	one.at = one.at[min(len(n.keys), len(one.at)):]
	return n.id(), n.relative(one)
}

// noField is the id of no field: what is told of it stands over the form.
const noField = "~"

// byFields sorts ids as their fields stand in the form.
func (f *Form) byFields(ids []string) []string {
	if f.root == nil {
		return ids
	}
	var all []string
	f.root.walk(func(n *node) {
		if slices.Contains(ids, n.id()) {
			all = append(all, n.id())
		}
	})
	if slices.Contains(ids, noField) {
		all = append(all, noField)
	}
	return all
}

// walk calls do for the place and each in it.
func (n *node) walk(do func(*node)) {
	do(n)
	for _, child := range n.inner() {
		child.walk(do)
	}
}

// SetError puts an error, such as the server's, at the field of a JSON pointer or at the one that it is part of, until that
// is changed or the form is sent again. What belongs to no field stands over the form.
func (f *Form) SetError(pointer, text string) {
	if f.root == nil {
		f.fields.SetError(wholeID, text)
		return
	}
	id := noField
	if n := f.root.find(keysOf(pointer)); n != nil {
		id = n.id()
	}
	f.fields.SetError(id, text)
}

// keysOf is a JSON pointer as keys.
func keysOf(pointer string) []string {
	var keys []string
	for _, token := range strings.Split(pointer, "/")[1:] {
		keys = append(keys, plainKey(token))
	}
	return keys
}

// pointer is keys as a JSON pointer.
func pointer(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		b.WriteString("/" + escaped(key))
	}
	return b.String()
}

// Changes is what of a JSON text does not arrive as it is written: JavaScript keeps 15 to 17 digits of a number. An id that is
// longer has to be sent as text, where it may be. A text that is no JSON has none.
func Changes(raw json.RawMessage) []Problem {
	v, err := parse(raw)
	if err != nil {
		return nil
	}
	var found []fault
	v.rounded(nil, &found)
	return problems(found)
}

// rounded finds the numbers that a float64 cannot hold.
func (v *value) rounded(at []string, found *[]fault) {
	if len(*found) >= maxFaults {
		return
	}
	if v.kind == number && !survives(v.raw) {
		*found = append(*found, fault{slices.Clone(at), "has more digits than arrive: the server makes " + arrives(v.raw) + " of it"})
	}
	for i := range v.elems {
		key := strconv.Itoa(i)
		if v.kind == object {
			key = v.keys[i]
		}
		v.elems[i].rounded(append(at, key), found)
	}
}

func survives(written string) bool {
	if !ordinary(written) {
		return false
	}
	exact, okExact := new(big.Rat).SetString(written)
	made, okMade := new(big.Rat).SetString(arrives(written))
	return okExact && okMade && exact.Cmp(made) == 0
}

// arrives is what JavaScript reads of a number.
func arrives(written string) string {
	n, err := strconv.ParseFloat(written, 64)
	if err != nil {
		return nullWord
	}
	if size := math.Abs(n); size != 0 && (size >= 1e21 || size < 1e-6) {
		return strconv.FormatFloat(n, 'e', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// schemaFault says what is wrong with a schema, without the library's words.
func schemaFault(err error) error {
	var wrong *jsonschema.SchemaValidationError
	var inner *jsonschema.ValidationError
	if errors.As(err, &wrong) && errors.As(wrong.Err, &inner) {
		if found := faults(inner); len(found) > 0 {
			return errors.New(briefly(strings.TrimSpace(path(found[0].at)+" "+found[0].says), maxAbout))
		}
	}
	var load *jsonschema.LoadURLError
	if errors.As(err, &load) {
		return errors.New("it refers to " + quote(load.URL) + ", and no schema is fetched")
	}
	var missing *jsonschema.JSONPointerNotFoundError
	if errors.As(err, &missing) {
		return errors.New("it refers to " + quote(strings.TrimPrefix(missing.URL, home)) + ", and that is not there")
	}
	return errors.New(briefly(strings.ReplaceAll(err.Error(), home, "schema"), maxAbout))
}
