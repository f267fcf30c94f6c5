package schemaform

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Problem is an error in the input.
type Problem struct {
	// Pointer is the JSON pointer of the place, "" for the whole input; Path is readable.
	Pointer, Path string
	// Message follows the path: "is required".
	Message string
}

// String returns the problem as a sentence.
func (p Problem) String() string {
	if p.Path == "" {
		return "the input " + p.Message
	}
	return p.Path + " " + p.Message
}

// Check validates the input, shows the errors at their fields, and returns them. What can't be checked has no errors;
// see [Form.Notes].
func (f *Form) Check() []Problem {
	v, err := f.value()
	var bad *unreadable
	if errors.As(err, &bad) {
		found := []fault{{bad.at, bad.err.Error()}}
		f.showFaults(found)
		return problems(found)
	}
	if f.checker == nil {
		return nil
	}
	f.checker.resetSteps()
	found, err := f.validate(v)
	f.check = ""
	if err != nil {
		f.check = err.Error()
	}
	f.showFaults(found)
	return problems(found)
}

// validate validates the input. Nothing to send means null.
func (f *Form) validate(v *value) ([]fault, error) {
	if v != nil {
		return f.checker.validate(*v, "")
	}
	found, err := f.checker.validate(literal(null, nullWord), "")
	if len(found) > 0 {
		found = []fault{{message: errMissing.Error()}}
	}
	return found, err
}

func problems(found []fault) []Problem {
	var all []Problem
	for _, one := range found {
		all = append(all, Problem{Pointer: pointer(one.at), Path: path(one.at), Message: one.message})
	}
	return all
}

// showFaults shows faults at their fields, and focuses the first one.
func (f *Form) showFaults(found []fault) {
	says := map[string][]string{}
	var order []string
	for _, one := range found {
		id, text := f.fieldOf(one)
		if says[id] == nil {
			order = append(order, id)
		}
		says[id] = append(says[id], text)
	}
	for _, id := range slices.Backward(f.byFields(order)) {
		f.fields.SetError(id, joinFaults(says[id]))
	}
}

// fieldOf returns the id of the field for a fault, and its message there.
func (f *Form) fieldOf(one fault) (id, says string) {
	if f.root == nil {
		return jsonFieldID, strings.TrimSpace(path(one.at) + " " + one.message)
	}
	n := f.root.find(one.at)
	if n == nil {
		return noField, "The input " + one.message
	}
	one.at = one.at[min(len(n.keys), len(one.at)):]
	return n.id(), n.relative(one)
}

// noField is the id of no field. Its messages are shown above the form.
const noField = "~"

// byFields sorts ids in the order of the fields.
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

// walk calls do for the node and all below.
func (n *node) walk(do func(*node)) {
	do(n)
	for _, child := range n.inner() {
		child.walk(do)
	}
}

// SetError shows an error of the server at the field of a JSON pointer, or at the one that contains it, until that is
// changed or submitted. Without a field it is shown above the form.
func (f *Form) SetError(pointer, text string) {
	if f.root == nil {
		f.fields.SetError(jsonFieldID, text)
		return
	}
	id := noField
	if n := f.root.find(keysOf(pointer)); n != nil {
		id = n.id()
	}
	f.fields.SetError(id, text)
}

// keysOf splits a JSON pointer into keys.
func keysOf(pointer string) []string {
	var keys []string
	for _, token := range strings.Split(pointer, "/")[1:] {
		keys = append(keys, unescaped(token))
	}
	return keys
}

// pointer joins keys to a JSON pointer.
func pointer(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		b.WriteString("/" + escaped(key))
	}
	return b.String()
}

// RoundedNumbers returns what the server reads differently in a JSON text: JavaScript keeps 15 to 17 digits of a number.
// Longer ids must be sent as text if possible. Invalid JSON has none.
func RoundedNumbers(raw json.RawMessage) []Problem {
	v, err := parse(raw)
	if err != nil {
		return nil
	}
	var found []fault
	v.findRounded(nil, &found)
	return problems(found)
}

// findRounded finds numbers that a float64 can't hold.
func (v *value) findRounded(at []string, found *[]fault) {
	if len(*found) >= maxFaults {
		return
	}
	if v.kind == number && !isExact(v.raw) {
		*found = append(*found, fault{slices.Clone(at), textRounded + asJavaScript(v.raw)})
	}
	for i := range v.elems {
		key := strconv.Itoa(i)
		if v.kind == object {
			key = v.keys[i]
		}
		v.elems[i].findRounded(append(at, key), found)
	}
}

func isExact(written string) bool {
	if !isOrdinary(written) {
		return false
	}
	exact, okExact := new(big.Rat).SetString(written)
	made, okMade := new(big.Rat).SetString(asJavaScript(written))
	return okExact && okMade && exact.Cmp(made) == 0
}

// asJavaScript returns how JavaScript reads a number.
func asJavaScript(written string) string {
	n, err := strconv.ParseFloat(written, 64)
	if err != nil {
		return nullWord
	}
	if size := math.Abs(n); size != 0 && (size >= 1e21 || size < 1e-6) {
		return strconv.FormatFloat(n, 'e', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// schemaFault returns what is wrong with a schema, in our words.
func schemaFault(err error) error {
	var wrong *jsonschema.SchemaValidationError
	var inner *jsonschema.ValidationError
	if errors.As(err, &wrong) && errors.As(wrong.Err, &inner) {
		if found := faults(inner); len(found) > 0 {
			return errors.New(cutTo(strings.TrimSpace(path(found[0].at)+" "+found[0].message), maxAbout))
		}
	}
	var load *jsonschema.LoadURLError
	if errors.As(err, &load) {
		return fmt.Errorf(textRefNotFetched, quote(load.URL))
	}
	var missing *jsonschema.JSONPointerNotFoundError
	if errors.As(err, &missing) {
		return fmt.Errorf(textRefMissing, quote(strings.TrimPrefix(missing.URL, schemaURL)))
	}
	return errors.New(cutTo(strings.ReplaceAll(err.Error(), schemaURL, "schema"), maxAbout))
}
