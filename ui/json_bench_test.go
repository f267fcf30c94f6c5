package ui

import (
	"fmt"
	"strings"
	"testing"
)

// records returns about size bytes of JSON, like the records of a sync or a list of connections.
func records(size int) []byte {
	var b strings.Builder
	b.WriteString(`{"data":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"connection_id":"c-%08d","provider_config_key":"hubspot","tags":{"end_user_email":"user%d@example.com"},`+
			`"errors":[{"type":"auth","log_id":"1739%09d_x"}],"created":"2025-02-03T10:11:12.000Z","ok":true,"score":%d.50}`, i, i, i, i, i)
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

func BenchmarkJSONParse5MB(b *testing.B) {
	raw := records(5 << 20)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseJSON(raw, secretMask); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSONParse5MBOfDigits is the worst case for memory: only short elements.
func BenchmarkJSONParse5MBOfDigits(b *testing.B) {
	raw := []byte("[" + strings.Repeat("1,", 5<<19) + "1]")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseJSON(raw, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func benchView(b *testing.B, raw []byte) *JSONView {
	b.Helper()
	doc, err := ParseJSON(raw, nil)
	if err != nil {
		b.Fatal(err)
	}
	return NewJSONView(doc)
}

func BenchmarkJSONStep5MB(b *testing.B) {
	for _, wrap := range []bool{false, true} {
		b.Run(fmt.Sprintf("wrap=%v", wrap), func(b *testing.B) {
			v, f := benchView(b, records(5<<20)), colorFrame(120, 40)
			v.wrap = wrap
			b.ReportAllocs()
			for b.Loop() {
				v.Down()
				v.View(f)
			}
		})
	}
}

func BenchmarkJSONBottom5MB(b *testing.B) {
	v, f := benchView(b, records(5<<20)), colorFrame(120, 40)
	for b.Loop() {
		v.Top()
		v.View(f)
		v.Bottom()
		v.View(f)
	}
}

func BenchmarkJSONSearch5MB(b *testing.B) {
	for _, query := range []string{"e", "user29999@", `,`, "not there"} {
		b.Run(query, func(b *testing.B) {
			v, f := benchView(b, records(5<<20)), colorFrame(120, 40)
			v.Search("warm")
			for b.Loop() {
				v.Search(query)
				v.View(f)
			}
		})
	}
}

func BenchmarkJSONLine1MB(b *testing.B) {
	for _, wrap := range []bool{false, true} {
		b.Run(fmt.Sprintf("wrap=%v", wrap), func(b *testing.B) {
			v, f := benchView(b, []byte(`{"a":"`+strings.Repeat("wide 株 ", 1<<17)+`","b":1}`)), colorFrame(120, 40)
			v.wrap = wrap
			for b.Loop() {
				v.Down()
				v.View(f)
				v.Up()
				v.View(f)
			}
		})
	}
}
