package schemaform

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui/uitest/frames"
)

func BenchmarkNew(b *testing.B) {
	model, err := Model(json.RawMessage(contact), "CreateContactInput")
	if err != nil {
		b.Fatal(err)
	}
	for _, one := range []struct{ name, schema string }{{"contact", string(model)}, {"200 fields", wide(200)},
		{"10000 properties", wide(10_000)}} {
		b.Run(one.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := New(json.RawMessage(one.schema), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// filled returns a form with the maximum number of fields, each with a text.
func filled(b *testing.B) *Form {
	input := map[string]string{}
	for i := range MaxFields {
		input[fmt.Sprintf("key_%d", i)] = "text"
	}
	raw, err := json.Marshal(input)
	if err != nil {
		b.Fatal(err)
	}
	f, err := New(json.RawMessage(wide(MaxFields)), raw)
	if err != nil {
		b.Fatal(err)
	}
	return f
}

func BenchmarkView200Fields(b *testing.B) {
	f := filled(b)
	f.Submit()
	fr := frames.Plain(80, 19)
	for b.Loop() {
		f.View(fr)
	}
}

func BenchmarkKeyIn200Fields(b *testing.B) {
	f := filled(b)
	fr := frames.Plain(80, 19)
	for i := 0; b.Loop(); i++ {
		if i%2 == 0 {
			f.Key(tea.KeyPressMsg{Code: 'a', Text: "a"})
		} else {
			f.Key(tea.KeyPressMsg{Code: tea.KeyBackspace})
		}
		f.View(fr)
	}
}

func BenchmarkSchemaThatDoubles(b *testing.B) {
	f, err := New(json.RawMessage(doubling(40)), json.RawMessage(`{"a": "x"}`))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f.Check()
	}
}

func BenchmarkJSONText64KB(b *testing.B) {
	f := NewJSON(json.RawMessage(`{"a": [` + strings.Repeat(`"some text in a list", `, 2700) + `1]}`))
	fr := frames.Plain(80, 19)
	for b.Loop() {
		f.Key(tea.KeyPressMsg{Code: ' ', Text: " "})
		f.View(fr)
		f.Key(tea.KeyPressMsg{Code: tea.KeyBackspace})
		f.View(fr)
	}
}
