package jsontext

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
)

func TestReaderReportsTheMistakeWithItsPlace(t *testing.T) {
	for _, c := range []struct {
		text         string
		line, column int
		reason       string
	}{
		{"", 1, 1, "the text ends where a value was expected"},
		{" ", 1, 2, "the text ends where a value was expected"},
		{"\ufeff{}", 1, 1, "a value was expected"},
		{"<html>", 1, 1, "a value was expected"},
		{"{\n  \"a\": 1,\n}", 3, 1, "a key in quotes was expected"},
		{`{"é" 1}`, 1, 6, "a colon after the key was expected"},
		{`[1, 2`, 1, 6, "the text ends where a comma or ] was expected"},
		{`[1,]`, 1, 4, "a value was expected"},
		{`{"a": "b`, 1, 9, "the text ends inside a string"},
		{`{"a": "b\`, 1, 9, "the text ends inside a string"},
		{`{"a": tru}`, 1, 7, "a value was expected"},
		{`[01]`, 1, 3, "a comma or ] was expected"},
		{`[1.]`, 1, 4, "an incomplete number"},
		{`[-]`, 1, 3, "an incomplete number"},
		{`[1e+]`, 1, 5, "an incomplete number"},
		{`["\x"]`, 1, 3, "an unknown escape"},
		{`["\u12x4"]`, 1, 3, "an unknown escape"},
		{"[\"a\tb\"]", 1, 4, "a control character inside a string"},
		{`{} {}`, 1, 4, "unexpected text after the value"},
		{`[}`, 1, 2, "a value was expected"},
		{`[1}`, 1, 3, "a comma or ] was expected"},
	} {
		r := NewReader(c.text, Limits{})
		err := readAll(r)
		var at *Error
		if !errors.As(err, &at) || at.Line != c.line || at.Column != c.column || at.Reason != c.reason {
			t.Errorf("%q: %v, want line %d, column %d: %s", c.text, err, c.line, c.column, c.reason)
		}
		if _, again := r.Next(); again != err || r.Err() != err || r.Peek() != 0 {
			t.Errorf("%q: the error is not kept", c.text)
		}
	}
}

func readAll(r *Reader) error {
	for {
		if _, err := r.Next(); err != nil {
			return err
		}
	}
}

func TestReaderKeepsToItsLimits(t *testing.T) {
	for _, c := range []struct {
		text   string
		limits Limits
		want   string
	}{
		{`[[1]]`, Limits{Depth: 2}, ""},
		{`[[[1]]]`, Limits{Depth: 2}, "nested more than 2 levels deep"},
		{`{"a":{}}`, Limits{Depth: 1}, "nested more than 1 levels deep"},
		{`[1]`, Limits{Bytes: 3}, ""},
		{`[12]`, Limits{Bytes: 3}, "longer than 3 bytes"},
		{strings.Repeat(" ", 2<<20) + "1", Limits{Bytes: 2 << 20}, "longer than 2 MB"},
		{`["abc"]`, Limits{String: 5}, ""},
		{`["abcd"]`, Limits{String: 5}, "a string is longer than 5 bytes"},
		{`{"abcd":1}`, Limits{String: 5}, "a string is longer than 5 bytes"},
	} {
		err := readAll(NewReader(c.text, c.limits))
		if (err == io.EOF) != (c.want == "") || c.want != "" && err.Error() != c.want {
			t.Errorf("%.40s with %+v: %v, want %q", c.text, c.limits, err, c.want)
		}
	}
}

func TestReaderReadsEveryDepth(t *testing.T) {
	for _, depth := range []int{63, 64, 65, 128, 129, 100_000} {
		text := strings.Repeat(`[{"a":`, depth) + "1" + strings.Repeat("}]", depth)
		if !Valid(text) || Valid(text[:len(text)-1]) || Valid(text+"]") || Valid(strings.Replace(text, "}]", "]}", 1)) {
			t.Errorf("%d levels are read wrongly", 2*depth)
		}
	}
}

func TestTokensHaveTheirPlace(t *testing.T) {
	const text = ` {"a\u0062" : [1.50, -2e+10,"x\n"], "":{} , "t":true,"n":null } `
	r := NewReader(text, Limits{})
	var got []string
	for {
		token, err := r.Next()
		if err != nil {
			break
		}
		got = append(got, fmt.Sprintf("%c%s", token.Kind, r.Raw(token)))
	}
	want := []string{"{{", `:"a\u0062"`, "[[", "01.50", "0-2e+10", `""x\n"`, "]]", `:""`, "{{", "}}", `:"t"`, "ttrue", `:"n"`, "nnull", "}}"}
	if !reflect.DeepEqual(got, want) || r.Err() != nil || r.depth != 0 {
		t.Errorf("got %q, %v\nwant %q", got, r.Err(), want)
	}
}

func TestMembersAndElementsSkipWhatIsNotRead(t *testing.T) {
	r := NewReader(`{"id":"x","skip":[{"id":1}],"list":[1,[2],"three"],"not":{"a":1},"last":"y"}`, Limits{})
	var got []string
	for name := range r.Members() {
		switch r.Text(name) {
		case "id", "last":
			got = append(got, r.String())
		case "list":
			for n := range r.Elements() {
				if n != 1 {
					value, _ := r.Value()
					got = append(got, r.Text(value))
				}
			}
		case "not":
			for range r.Elements() {
				t.Error("an object has no elements")
			}
		}
	}
	if want := "x 1 three y"; strings.Join(got, " ") != want || r.Err() != nil || readAll(r) != io.EOF {
		t.Errorf("read %q, %v", got, r.Err())
	}
	for range NewReader(`["a"]`, Limits{}).Members() {
		t.Error("an array has no members")
	}
	broken := NewReader(`{"a":1,"b":[1,tru],"c":2}`, Limits{})
	for range broken.Members() {
	}
	if broken.Err() == nil {
		t.Error("the error in a skipped value is lost")
	}
	for m := range Members(`{"a":1,"b":`) {
		if m.Value.Start != 5 || m.Value.End != 6 {
			t.Errorf("%+v", m)
		}
	}
}

func TestTextIsWhatAStringSays(t *testing.T) {
	for written, want := range map[string]string{
		`"a\"\\\/\b\f\n\r\t"`:        "a\"\\/\b\f\n\r\t",
		`"\u0041\u00e9\ud83d\ude00"`: "Aé😀",
		`"\ud800"`:                   "\ufffd",
		`"\ud800\ud83d\ude00"`:       "\ufffd😀",
		`"\udc00\u0041"`:             "\ufffdA",
		"\"a\xff\"":                  "a\xff",
		`"open`:                      "open",
		`"open\"`:                    `open"`,
		`"open\\"`:                   `open\`,
		`"`:                          "",
		`"\x\u12"`:                   `\x\u12`,
		`"\`:                         `\`,
		`1.50`:                       "1.50",
		``:                           "",
	} {
		if got := Text(written); got != want {
			t.Errorf("%s says %q, want %q", written, got, want)
		}
	}
}

func TestQuoteWritesWhatTextReads(t *testing.T) {
	for _, text := range []string{"", "a<b>&c", `"\`, "\x00\x1f\u2028", "😀"} {
		if quoted := Quote(text); Text(quoted) != text || !Valid(quoted) || strings.Contains(quoted, "003c") {
			t.Errorf("%q is quoted as %s", text, quoted)
		}
	}
}

var seeds = []string{
	`{"a":[1,-2.5e3,"\u001b[31m",null],"a":{}}`, "{", `"\ud800"`, "[[]", "\xff", "\"\xff\"", `{"token":"x`, `[{},[],{"":""}]`,
	` [ 1 , -2.5e+10 , {} , [] , "" ] `,
	`"\u12"`, `01`, `1.`, `{"a":1,}`, "\ufeff1", `"\\\""`, `truefalse`, `[1 2]`, `{"a" 1}`, strings.Repeat("[", 70) + strings.Repeat("]", 70),
}

// FuzzReader compares what is valid, and each value, with encoding/json.
func FuzzReader(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		valid := json.Valid([]byte(text))
		if valid != Valid(text) && strings.Count(text, "[")+strings.Count(text, "{") < 10_000 {
			t.Fatalf("encoding/json says valid %v of %q", valid, text)
		}
		if !valid {
			return
		}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var want any
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if got := build(NewReader(text, Limits{})); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %v, want %v", text, got, want)
		}
		var compact bytes.Buffer
		r := NewReader(text, Limits{})
		whole, err := r.Value()
		if err != nil || json.Compact(&compact, []byte(r.Raw(whole))) != nil || strings.TrimSpace(text) != r.Raw(whole) {
			t.Errorf("%q: the value is %q, %v", text, r.Raw(whole), err)
		}
	})
}

// build makes of the next value what encoding/json makes of it.
func build(r *Reader) any {
	switch r.Peek() {
	case ObjectStart:
		object := map[string]any{}
		for name := range r.Members() {
			object[r.Text(name)] = build(r)
		}
		return object
	case ArrayStart:
		array := []any{}
		for range r.Elements() {
			array = append(array, build(r))
		}
		return array
	}
	token, _ := r.Next()
	switch token.Kind {
	case String:
		return r.Text(token)
	case Number:
		return json.Number(r.Raw(token))
	case Null:
		return nil
	}
	return token.Kind == True
}
