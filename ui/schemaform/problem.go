package schemaform

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
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

// Check validates the input, shows errors at their fields, and returns them. What it can't check is in [Form.Notes].
func (f *Form) Check() []Problem {
	v, err := f.nodes[0].value(f.values(), false)
	if bad, is := errors.AsType[*fault](err); is {
		f.showFaults([]fault{*bad})
		return problems([]fault{*bad})
	}
	if f.checker == nil {
		return nil
	}
	f.checker.resetSteps()
	sent := literal(null, nullWord) // nothing to send means null
	if v != nil {
		sent = *v
	}
	found, err := f.checker.validate(sent, "")
	if v == nil && len(found) > 0 {
		found = []fault{{message: errMissing.Error()}}
	}
	f.check = ""
	if err != nil {
		f.check = err.Error()
	}
	f.showFaults(found)
	return problems(found)
}

func problems(found []fault) []Problem {
	var all []Problem
	for _, one := range found {
		all = append(all, Problem{pointer(one.at), path(one.at), one.message})
	}
	return all
}

// showFaults shows faults at their fields, and focuses the first one.
func (f *Form) showFaults(found []fault) {
	says := map[string][]string{}
	for _, one := range found {
		n := f.nodes[0].find(one.at)
		if n == nil {
			says[noField] = append(says[noField], "The input "+one.message)
			continue
		}
		one.at = one.at[min(len(n.keys), len(one.at)):]
		says[n.id()] = append(says[n.id()], n.relative(one))
	}
	ids := []string{noField}
	for _, n := range slices.Backward(f.nodes) {
		ids = append(ids, n.id())
	}
	for _, id := range ids {
		if says[id] != nil {
			f.fields.SetError(id, joinFaults(says[id]))
		}
	}
}

// noField is the id of no field. Its messages are shown above the form.
const noField = "~"

// SetError shows an error of the server at the field of a JSON pointer, or at the one that contains it, until that is
// changed or submitted. Without a field it is shown above the form.
func (f *Form) SetError(pointer, text string) {
	keys := strings.Split(pointer, "/")[1:]
	for i := range keys {
		keys[i] = unescapes.Replace(keys[i])
	}
	id := noField
	if n := f.nodes[0].find(keys); n != nil {
		id = n.id()
	}
	f.fields.SetError(id, text)
}

// pointer joins keys to a JSON pointer.
func pointer(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		b.WriteString("/" + escapes.Replace(key))
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
	for at, inner := range v.all() {
		if inner.kind == number && len(found) < maxFaults && !sameNumber(inner.raw, asJavaScript(inner.raw)) {
			found = append(found, fault{slices.Clone(at), textRounded + asJavaScript(inner.raw)})
		}
	}
	return problems(found)
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
	if wrong, is := errors.AsType[*jsonschema.SchemaValidationError](err); is {
		if inner, is := errors.AsType[*jsonschema.ValidationError](wrong.Err); is {
			if found := faults(inner); len(found) > 0 {
				return errors.New(cutTo(found[0].String(), maxAbout))
			}
		}
	}
	if load, is := errors.AsType[*jsonschema.LoadURLError](err); is {
		return fmt.Errorf(textRefNotFetched, quote(load.URL))
	}
	if missing, is := errors.AsType[*jsonschema.JSONPointerNotFoundError](err); is {
		return fmt.Errorf(textRefMissing, quote(strings.TrimPrefix(missing.URL, schemaURL)))
	}
	return errors.New(cutTo(strings.ReplaceAll(err.Error(), schemaURL, "schema"), maxAbout))
}
