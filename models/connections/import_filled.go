package connections

import (
	"encoding/json"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

// filledValues is what was filled in from the existing connection. An upsert removes what it doesn't include, so it has to
// be sent again.
type filledValues struct {
	// texts are the texts filled in, by field. A field with another text was edited.
	texts map[string]string
	// hidden are the secrets that dots stand for, by field and path.
	hidden map[string]map[string][]byte
	// kept is what no field can represent unchanged, and keptTags are such tags.
	kept     map[string]json.RawMessage
	keptTags map[string]string
}

func newFilling(initial form.Values) filledValues {
	f := filledValues{texts: map[string]string{}, hidden: map[string]map[string][]byte{}, kept: map[string]json.RawMessage{}}
	for field, text := range initial {
		if field != fieldConnectionID {
			f.texts[field] = text
		}
	}
	return f
}

// fill fills in the existing connection.
func (s *ImportForm) fill(t *screen.Turn) {
	row := s.existing.row
	if row == nil {
		return
	}
	s.fillObject(t, fieldMetadata, objectOr(row.Metadata))
	s.fillTags(t, row.Tags)
	detail := s.existing.detail
	if detail == nil {
		return
	}
	if override := detail.WebhookOverride; override != nil {
		s.put(fieldWebhook, *override)
	}
	s.fillConfig(t, objectOr(detail.ConnectionConfig))
}

// put sets a field unless it was edited. It returns false if the field can't represent the text unchanged.
func (s *ImportForm) put(field, text string) bool {
	now := s.Fields.Values()[field]
	if now != s.filled.texts[field] {
		return true
	}
	s.Fields.Set(field, text)
	if s.Fields.Values()[field] != text {
		s.Fields.Set(field, now)
		return false
	}
	s.filled.texts[field] = text
	return true
}

// fillObject fills a field with a JSON object, with dots for secrets. An object that the field can't represent is
// kept separately.
func (s *ImportForm) fillObject(t *screen.Turn, field string, raw json.RawMessage) {
	delete(s.filled.kept, field)
	shown, hidden := hide(raw, t.Mask)
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

// fillTags fills in the tags. Tags that no line can represent are kept separately.
func (s *ImportForm) fillTags(t *screen.Turn, tags map[string]string) {
	lines := map[string]string{}
	s.filled.keptTags = map[string]string{}
	for key, value := range tags {
		if unwritable(key, value) == "" && !hasSecret(t, value) {
			lines[key] = value
		} else {
			s.filled.keptTags[key] = value
		}
	}
	if !s.put(fieldTags, tagLines(lines)) {
		s.filled.keptTags = tags
	}
}

// fillConfig fills in the provider's declared fields, and the rest as JSON.
func (s *ImportForm) fillConfig(t *screen.Turn, raw json.RawMessage) {
	config, err := parseObject(raw)
	if err != nil {
		s.filled.kept[fieldConfig] = raw
		return
	}
	for _, d := range s.declared {
		var text string
		if value, there := config.values[d.Name]; there && json.Unmarshal(value, &text) == nil && s.put(d.id(), text) {
			delete(config.values, d.Name)
		}
	}
	if written, there := config.values[scopesOverride]; there {
		config.values[scopesOverride] = scopesList(written)
	}
	s.fillObject(t, fieldConfig, config.encode())
}

// scopesList converts scopes for an import: the comma-separated text left by a connect session becomes an array.
func scopesList(written json.RawMessage) json.RawMessage {
	var text string
	if json.Unmarshal(written, &text) != nil {
		return written
	}
	return json.RawMessage(jsonText(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })))
}
