package connections

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"nango-tui/internal/jsontext"
)

// object is a JSON object with its keys in order and its values unchanged.
type object struct {
	keys   []string
	values map[string]json.RawMessage // a key without a value is left out
}

// parseObject parses metadata, or a connection config.
func parseObject(raw json.RawMessage) (object, error) {
	text := string(raw)
	if err := jsontext.NewReader(text, jsontext.Limits{}).End(); err != nil {
		return object{}, fmt.Errorf(errNotJSON, err)
	}
	o := object{values: map[string]json.RawMessage{}}
	for member := range jsontext.Members(text) {
		o.set(member.Name.TextIn(text), json.RawMessage(member.Value.In(text)))
	}
	return o, nil
}

func (o *object) set(key string, value json.RawMessage) {
	if _, there := o.values[key]; !there {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

func (o *object) encode() json.RawMessage {
	var members bytes.Buffer
	for _, key := range o.keys {
		if value, there := o.values[key]; there {
			fmt.Fprintf(&members, ",%s:%s", jsonText(key), value)
		}
	}
	return json.RawMessage("{" + strings.TrimPrefix(members.String(), ",") + "}")
}

// mergeTop returns the result of Nango's merge: top-level keys of the text replace the old ones.
func mergeTop(before, text json.RawMessage) (json.RawMessage, error) {
	merged, err := parseObject(before)
	if err != nil {
		return nil, err
	}
	added, err := parseObject(text)
	for _, key := range added.keys {
		merged.set(key, added.values[key])
	}
	return merged.encode(), err
}

// objectOr is the unchanged JSON object, or an empty one.
func objectOr(raw json.RawMessage) json.RawMessage {
	if isNothing(raw) {
		return json.RawMessage("{}")
	}
	return raw
}

// jsonText encodes a value that can always be encoded.
func jsonText(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}
