package connections

import (
	"encoding/json"
	"strings"

	"nango-tui/ui/form"
)

// filling is what was put into the form of the connection that is there. An upsert empties what it does not name, so it is to
// be sent again.
type filling struct {
	// texts are those that were put in, by field; a field in which another stands was typed into.
	texts map[string]string
	// hidden are the secrets that dots stand for, by field and by the way to them.
	hidden map[string]map[string][]byte
	// kept is what no field can hold as it is, and keptTags the tags of which the same is true.
	kept     map[string]json.RawMessage
	keptTags map[string]string
}

func newFilling(initial form.Values) filling {
	f := filling{texts: map[string]string{}, hidden: map[string]map[string][]byte{}, kept: map[string]json.RawMessage{}}
	for field, text := range initial {
		if field != fieldConnectionID {
			f.texts[field] = text
		}
	}
	return f
}

// fill puts in what is known of the connection that is there.
func (s *ImportForm) fill() {
	row := s.there.row
	if row == nil {
		return
	}
	s.fillObject(fieldMetadata, objectOr(row.Metadata))
	s.fillTags(row.Tags)
	detail := s.there.detail
	if detail == nil {
		return
	}
	if override := detail.WebhookOverride; override != nil {
		s.put(fieldWebhook, *override)
	}
	s.fillConfig(objectOr(detail.ConnectionConfig))
}

// put sets a field, unless somebody typed into it. It is false where the field cannot hold the text as it is.
func (s *ImportForm) put(field, text string) bool {
	now := s.form.Values()[field]
	if now != s.filled.texts[field] {
		return true
	}
	s.form.Set(field, text)
	if s.form.Values()[field] != text {
		s.form.Set(field, now)
		return false
	}
	s.filled.texts[field] = text
	return true
}

// fillObject puts a JSON object into its field, with dots for secrets. One that does not fit in there is kept aside.
func (s *ImportForm) fillObject(field string, raw json.RawMessage) {
	delete(s.filled.kept, field)
	hidden, shown := s.hiding.in(raw), s.hiding.masked(raw)
	if string(raw) == "{}" {
		s.put(field, "")
		return
	}
	was := s.filled.hidden[field]
	s.filled.hidden[field] = hidden
	if s.put(field, indented(shown)) || s.put(field, string(shown)) {
		return
	}
	s.put(field, "")
	s.filled.hidden[field], s.filled.kept[field] = was, raw
}

// fillTags puts the tags into their lines. Those that no line can hold are kept aside.
func (s *ImportForm) fillTags(tags map[string]string) {
	lines := map[string]string{}
	s.filled.keptTags = map[string]string{}
	for key, value := range tags {
		if s.hiding.unwritable(key, value) == "" {
			lines[key] = value
		} else {
			s.filled.keptTags[key] = value
		}
	}
	if !s.put(fieldTags, tagLines(lines)) {
		s.filled.keptTags = tags
	}
}

// fillConfig puts the config into the fields that the provider declares, and the rest into the one for JSON.
func (s *ImportForm) fillConfig(raw json.RawMessage) {
	order, values, err := topKeys(raw)
	if err != nil {
		s.filled.kept[fieldConfig] = raw
		return
	}
	for _, d := range s.declared {
		var text string
		if value, there := values[d.name]; there && json.Unmarshal(value, &text) == nil && s.put(d.id(), text) {
			delete(values, d.name)
		}
	}
	if written, there := values[scopesOverride]; there {
		values[scopesOverride] = scopesList(written)
	}
	rest, err := writeObject(order, values)
	if err != nil {
		rest = raw
	}
	s.fillObject(fieldConfig, rest)
}

// scopesList is scopes as an import takes them: a text with commas, as a connect session leaves it, becomes an array.
func scopesList(written json.RawMessage) json.RawMessage {
	var text string
	if json.Unmarshal(written, &text) != nil {
		return written
	}
	list, err := json.Marshal(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }))
	if err != nil {
		return written
	}
	return list
}
