package connections

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the form for metadata, and its two ways to write.
const (
	fieldMode     = "mode"
	fieldMetadata = "metadata"
	modeReplace   = "replace"
	modeMerge     = "merge"
)

// metadataRows is the height of the field for the JSON text.
const metadataRows = 12

// editMetadata opens the form for the metadata. It begins with what is there, as it was written, but for secrets: dots
// stand for them, and what stands there still when it is sent is put back in.
func (d *Detail) editMetadata(t *screen.Turn) {
	before := d.metadataNow()
	hidden := d.hiding.in(before)
	about := "A JSON object. Numbers and the order of keys stay as they are written."
	if len(hidden) > 0 {
		about += " " + nango.Masked + " stands for a secret that is kept as it is."
	}
	e := &screen.Form{Name: "Edit metadata", Operation: nango.OpMetadataSet, Paths: map[string]string{"metadata": fieldMetadata}}
	e.Fields = form.New(
		form.Field{ID: fieldMode, Kind: form.Choice, Title: "How it is written", Value: modeReplace, Rows: 2, Options: []form.Option{
			{Value: modeReplace, Title: "Replace: what is not in the text is removed"},
			{Value: modeMerge, Title: "Merge: other keys at the top stay; a key in the text is replaced whole"},
		}},
		form.Field{ID: fieldMetadata, Kind: form.Lines, Title: "Metadata of " + d.subject().about(), About: about,
			Rows: metadataRows, Value: indented(d.hiding.masked(before)), Check: func(text string) error { return checkTyped(text, hidden) }},
	)
	e.Fields.Focus(fieldMetadata)
	e.Submit = func(t *screen.Turn, values form.Values) {
		typed, err := unhide([]byte(values[fieldMetadata]), hidden)
		if err != nil {
			e.Fields.SetError(fieldMetadata, err.Error())
			return
		}
		d.submitMetadata(t, e, before, typed, values[fieldMode] == modeMerge)
	}
	t.Show(e)
}

// metadataNow is the metadata as it was written; an empty object where there is none.
func (d *Detail) metadataNow() json.RawMessage {
	if isNothing(d.now.Metadata) {
		return json.RawMessage("{}")
	}
	return d.now.Metadata
}

func checkTyped(text string, hidden map[string][]byte) error {
	if err := nango.CheckMetadata(json.RawMessage(text)); err != nil {
		return err
	}
	_, err := unhide([]byte(text), hidden)
	return err
}

// unhide puts back what dots stand for.
func unhide(text []byte, hidden map[string][]byte) ([]byte, error) {
	leaves, err := leavesOf(text)
	if err != nil {
		return nil, fmt.Errorf("metadata is not valid JSON: %w", err)
	}
	var out bytes.Buffer
	at := 0
	for _, v := range leaves {
		if v.text(text) != nango.Masked {
			continue
		}
		written, known := hidden[pathKey(v.path)]
		if !known {
			return nil, errors.New(v.name() + ": the dots stand for no secret here; type the value")
		}
		out.Write(text[at:v.start])
		out.Write(written)
		at = v.end
	}
	out.Write(text[at:])
	return out.Bytes(), nil
}

func (d *Detail) submitMetadata(t *screen.Turn, e *screen.Form, before, typed json.RawMessage, merge bool) {
	p := screen.Proposal[json.RawMessage]{
		Request: nango.SetMetadata(d.ref.Integration, []string{d.ref.ID}, typed),
		Title:   "Replace metadata", About: d.subject().about(),
		Consequences: []string{"The metadata is replaced whole: what is not in the text is removed."},
		Before:       indented(before), After: indented(typed),
		Then: func(t *screen.Turn, _ json.RawMessage, err error) { e.HandleResult(t, err) },
	}
	if merge {
		merged, err := mergeTop(before, typed)
		if err != nil {
			e.Fields.SetError(fieldMetadata, err.Error())
			return
		}
		p.Request, p.Title = nango.MergeMetadata(d.ref.Integration, []string{d.ref.ID}, typed), "Merge metadata"
		p.Consequences = []string{"Merged at the top only: keys that are not in the text stay, nested objects are replaced whole, null is kept as null."}
		p.After = indented(merged)
	}
	if p.Before == p.After {
		e.ShowUnchanged()
		return
	}
	p.Consequences = append(p.Consequences, d.asRead(t))
	screen.Propose(t, p)
}

// mergeTop is what Nango makes of merging: each key at the top that the text has takes the place of the old one.
func mergeTop(before, text json.RawMessage) (json.RawMessage, error) {
	order, values, err := topKeys(before)
	if err != nil {
		return nil, err
	}
	added, news, err := topKeys(text)
	if err != nil {
		return nil, err
	}
	for _, key := range added {
		if _, there := values[key]; !there {
			order = append(order, key)
		}
		values[key] = news[key]
	}
	return writeObject(order, values)
}

// writeObject is the object of the values, in the order of its keys; a key without a value is left out.
func writeObject(order []string, values map[string]json.RawMessage) (json.RawMessage, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for _, key := range order {
		value, there := values[key]
		if !there {
			continue
		}
		name, err := json.Marshal(key)
		if err != nil {
			return nil, fmt.Errorf("the key %q cannot be written: %w", key, err)
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// topKeys are the keys of an object in their order, and their values as they were written.
func topKeys(raw json.RawMessage) (order []string, values map[string]json.RawMessage, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	values = map[string]json.RawMessage{}
	if _, err = decoder.Token(); err != nil {
		return nil, nil, fmt.Errorf("metadata is not valid JSON: %w", err)
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, nil, fmt.Errorf("metadata is not valid JSON: %w", err)
		}
		key, _ := token.(string)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, nil, fmt.Errorf("metadata is not valid JSON: %w", err)
		}
		if _, double := values[key]; !double {
			order = append(order, key)
		}
		values[key] = value
	}
	return order, values, nil
}
