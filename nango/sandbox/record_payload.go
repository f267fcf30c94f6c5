package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// padding fills a payload up to its size.
const padding = "Called about the renewal, asked for the figures of last quarter and for a second seat. "

// maker makes the values of one record by the model's schema. The same record and version always
// give the same.
type maker struct {
	seed uint64 // of the record
	salt uint64 // of the version: what an update changes
	n    uint64
}

func (m *maker) draw(limit uint64) uint64 {
	m.n++
	return spread(m.seed, m.n) % limit
}

// drawAnew is a draw that comes out different in another version.
func (m *maker) drawAnew(limit uint64) uint64 {
	m.n++
	return spread(m.seed, m.salt, m.n) % limit
}

func (m *maker) pick(words ...string) string { return words[m.draw(uint64(len(words)))] }

// externalID is the id that the provider gave a record.
func (s *syncState) externalID(r recordRow) string {
	if s.fn.fixed != nil {
		return s.fn.fixed[r.index].id
	}
	h := spread(s.seed, uint64(r.index), 11)
	if s.fn.sizes.prefix == "" {
		return strconv.FormatUint(h|1<<53, 10)
	}
	return fmt.Sprintf("%s%010x", s.fn.sizes.prefix, h&0xff_ffff_ffff)
}

// appendPayload writes the fields of a record behind its id.
func (s *syncState) appendPayload(b []byte, model int, r recordRow) []byte {
	if s.fn.fixed != nil {
		return appendFields(b, s.fn.fixed[r.index].payload)
	}
	m := &maker{seed: spread(s.seed, uint64(model), uint64(r.index), 13), salt: uint64(r.version)}
	before := len(b)
	schema := s.fn.modelSchema(s.fn.returns[model])
	if schema == nil {
		return b
	}
	b = appendFields(b, m.object(schema))
	if missing := s.fn.sizes.bytes - (len(b) - before); missing > 0 {
		text := strings.Repeat(padding, missing/len(padding)+1)[:missing]
		b = appendString(append(b, `,"notes":`...), text)
	}
	return b
}

func appendFields(b []byte, o *object) []byte {
	for _, k := range o.keys {
		if k != "id" {
			b = append(appendString(append(b, ','), k), ':')
			b = appendValue(b, o.values[k], false)
		}
	}
	return b
}

func (f *function) modelSchema(name string) *object {
	if f.schema == nil || f.schema.obj("definitions") == nil {
		return nil
	}
	return f.schema.obj("definitions").obj(name)
}

func (m *maker) object(schema *object) *object {
	out := newObject()
	properties := schema.obj("properties")
	if properties == nil {
		return out
	}
	for _, name := range properties.keys {
		if p := properties.obj(name); p != nil {
			out.set(name, m.value(name, p))
		}
	}
	return out
}

// value makes one value by the schema's type, and by its name where that says more.
func (m *maker) value(name string, p *object) any {
	if words, ok := p.get("enum").([]any); ok && len(words) > 0 {
		return words[m.drawAnew(uint64(len(words)))]
	}
	kind := p.str("type")
	if kinds, ok := p.get("type").([]any); ok && len(kinds) > 0 { // such as ["string","null"]
		kind, _ = kinds[0].(string)
		if m.draw(4) == 0 {
			return nil
		}
	}
	switch kind {
	case "object":
		return m.object(p)
	case "array":
		list := []any{}
		if item := p.obj("items"); item != nil {
			for range m.draw(4) {
				list = append(list, m.value(strings.TrimSuffix(name, "s"), item))
			}
		}
		return list
	case "boolean":
		return m.drawAnew(2) == 0
	case "integer":
		return json.Number(strconv.FormatUint(m.drawAnew(5_000), 10))
	case "number":
		return json.Number(strconv.FormatFloat(float64(m.drawAnew(1_000_000))/100, 'f', -1, 64))
	}
	return m.text(name, p)
}

func (m *maker) person() (string, string) {
	s := scripts[0]
	if m.draw(4) == 0 {
		s = scriptAt(int(m.draw(100)))
	}
	given, family := s.given[m.draw(uint64(len(s.given)))], s.family[m.draw(uint64(len(s.family)))]
	return given.name + " " + family.name, given.latin + "." + family.latin
}

func (m *maker) text(name string, p *object) string {
	lower := strings.ToLower(name)
	full, latin := m.person()
	organization := organizationFirst[m.draw(uint64(len(organizationFirst)))]
	switch {
	case lower == "first_name":
		return strings.Fields(full)[0]
	case lower == "last_name":
		return strings.Fields(full)[len(strings.Fields(full))-1]
	case lower == "city":
		return m.pick("Berlin", "Lyon", "大阪市", "São Paulo", "Galway")
	case lower == "street":
		return m.pick("Ringstraße", "Rue du Port", "Harbor Road") + " " + strconv.FormatUint(1+m.draw(200), 10)
	case p.str("format") == "date-time":
		day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(m.draw(900*24*3600)) * time.Second)
		return isoZ(day.AddDate(0, 0, int(m.salt%60)))
	case strings.Contains(lower, "email"):
		return latin + "@" + organization.latin + ".example"
	case strings.Contains(lower, "url"):
		return "https://" + organization.latin + ".example/" + lower + "/" + strconv.FormatUint(m.draw(100_000), 10)
	case strings.Contains(lower, "phone"):
		return fmt.Sprintf("+49 30 %07d", m.draw(10_000_000))
	case lower == "name" || strings.HasSuffix(lower, "owner") || strings.HasSuffix(lower, "author"):
		return full
	case strings.HasSuffix(lower, "company"):
		return organization.name + " " + organizationSecond[m.draw(uint64(len(organizationSecond)))].name
	case strings.HasSuffix(lower, "id"):
		return strconv.FormatUint(1<<60|m.draw(1<<60), 10)
	case lower == "label":
		return m.pick("urgent", "bug", "billing", "später", "q3", "wontfix")
	}
	return m.sentence()
}

func (m *maker) sentence() string {
	return m.pick("Renewal of", "Invoice for", "Call with", "Fix the import of", "Plan for", "Question about") + " " +
		m.pick("the Berlin office", "42 seats", "customers & partners", "“Q3” figures", "<script> tags", "naïve clients", "the migration") +
		[]string{"", " (again)", ", part 2", " – done"}[m.drawAnew(4)]
}
