package sandbox

import (
	"fmt"
	"strconv"
	"strings"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// externalID is the provider's id of a record.
func (s *syncState) externalID(r recordRow) string {
	if s.fn.fixedRecords != nil {
		return s.fn.fixedRecords[r.index].id
	}
	h := fake.Hash(s.seed, uint64(r.index), 11)
	if s.fn.sizes.prefix == "" {
		return strconv.FormatUint(h|1<<53, 10)
	}
	return fmt.Sprintf("%s%010x", s.fn.sizes.prefix, h&0xff_ffff_ffff)
}

// appendPayload writes the fields of a record after its id.
func (s *syncState) appendPayload(b []byte, model int, r recordRow) []byte {
	if s.fn.fixedRecords != nil {
		return appendFields(b, s.fn.fixedRecords[r.index].payload)
	}
	m := &fake.Generator{Seed: fake.Hash(s.seed, uint64(model), uint64(r.index), 13), Version: uint64(r.version)}
	before := len(b)
	schema := s.fn.modelSchema(s.fn.returns[model])
	if schema == nil {
		return b
	}
	b = appendFields(b, m.Object(schema))
	if missing := s.fn.sizes.bytes - (len(b) - before); missing > 0 {
		text := strings.Repeat(fake.Filler, missing/len(fake.Filler)+1)[:missing]
		b = js.AppendString(append(b, `,"notes":`...), text)
	}
	return b
}

func appendFields(b []byte, o *js.Object) []byte {
	for k, v := range o.All() {
		if k != "id" {
			b = append(js.AppendString(append(b, ','), k), ':')
			b = js.AppendValue(b, v)
		}
	}
	return b
}

// modelSchema returns the schema of a model, nil if there is none.
func (f *function) modelSchema(name string) *js.Object { return f.schema.Obj("definitions").Obj(name) }
