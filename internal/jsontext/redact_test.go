package jsontext

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

const (
	dots   = "••••"
	secret = `hunter2 "quoted"\{and}[more],`
	// inSecret is the place under a name that says that all below it is secret.
	inSecret Place = 1
)

// testPolicy hides a known value wherever it is, everything under "token", and lets "public" through.
type testPolicy struct{}

func (testPolicy) Under(at Place, name string) Place {
	if strings.EqualFold(name, "token") {
		return inSecret
	}
	return at
}

func (testPolicy) Show(s Scalar) string {
	if s.Kind == Nested || s.Place == inSecret && s.Name != "public" && s.Kind != Name {
		return dots
	}
	return strings.ReplaceAll(s.Text, secret, dots)
}

func redact(text string) string { return NewRedactor(testPolicy{}).Redact(text, 0) }

func TestRedactHidesByPlaceAndByValue(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1e2, "b":[true,null,"x"] }`:                   `{"a": 1e2, "b":[true,null,"x"] }`,
		`{"token":"x","n":12345678901234567890}`:             `{"token":"••••","n":12345678901234567890}`,
		`{"token":{"a":["x",{"b":1}],"c":null},"d":2}`:       `{"token":{"a":["••••",{"b":"••••"}],"c":null},"d":2}`,
		`{"token":{"public":["x"],"a":"public"}}`:            `{"token":{"public":["x"],"a":"••••"}}`,
		`{"\u0074oken":"x","tok\u0065n" : [ "y" ]}`:          `{"\u0074oken":"••••","tok\u0065n" : [ "••••" ]}`,
		`{"a":{"token":"x"},"b":"y"}`:                        `{"a":{"token":"••••"},"b":"y"}`,
		`[` + Quote("a "+secret+" b") + `]`:                  `["a •••• b"]`,
		`{` + Quote(secret) + `:1}`:                          `{"••••":1}`,
		`{"a":"{\"token\":\"x\"}"}`:                          `{"a":"{\"token\":\"••••\"}"}`,
		`{"a":"[{\"\\u0074oken\":\"x\"}]"}`:                  `{"a":"[{\"\\u0074oken\":\"••••\"}]"}`,
		`{"a":"{\"b\":\"{\\\"token\\\":\\\"x\\\"}\"}"}`:      `{"a":"{\"b\":\"{\\\"token\\\":\\\"••••\\\"}\"}"}`,
		`{"a":"{\"token\":\"x"}`:                             `{"a":"{\"token\":\"••••\""}`,
		`{"a":"\"{\\\"token\\\":1}\""}`:                      `{"a":"\"{\\\"token\\\":\\\"••••\\\"}\""}`,
		`{"a":"` + "\ufeff" + `{\"token\":1}"}`:              `{"a":"` + "\ufeff" + `{\"token\":\"••••\"}"}`,
		`{"{\"token\":\"x\"}":1}`:                            `{"{\"token\":\"••••\"}":1}`,
		`{"token":"x`:                                        `{"token":"••••"`,
		`{"token": x }`:                                      `{"token": "••••" }`,
		`{"a":[1,{"token":{"b":"x","c":`:                     `{"a":[1,{"token":{"b":"••••","c":`,
		"\ufeff" + `{"token":"x"}`:                           "\ufeff" + `{"token":"••••"}`,
		`{} {"token":"x"}`:                                   `{} {"token":"••••"}`,
		"<p>" + secret + "</p>":                              "<p>••••</p>",
		"{\"a\":1}\n{\"token\":\"x\"}":                       "{\"a\":1}\n{\"token\":\"••••\"}",
		strings.Repeat(`[`, 20_000) + `{"token":{"b":"x"}}`:  strings.Repeat(`[`, 20_000) + `{"token":{"b":"••••"}}`,
		`{"token":true,"a":"\u00e9"}`:                        `{"token":true,"a":"\u00e9"}`,
		`{"a":{"b":1},"token":[],"c":{"token":{}},"d":"x"} `: `{"a":{"b":1},"token":[],"c":{"token":{}},"d":"x"} `,
		"": "",
	} {
		if got := redact(text); got != want {
			t.Errorf("%.100s\n got %.100s\nwant %.100s", text, got, want)
		}
	}
	var none *Redactor
	if got := none.Redact(`{"token":"x"}`, 0); got != `{"token":"x"}` {
		t.Errorf("without a policy: %s", got)
	}
}

func TestRedactTellsWhereAnOffsetMoved(t *testing.T) {
	r := NewRedactor(testPolicy{})
	for _, c := range []struct{ text, at, want string }{
		{`{"token":"abcdefgh","b" 1}`, ` 1}`, ` 1}`},
		{`{"token":"abcdefgh`, `gh`, `"••••"`},
		{`{"a" 1,"token":"abcdefgh"}`, ` 1,`, ` 1,"token"`},
		{secret + ` and more`, `d more`, `d more`},
	} {
		shown, moved := r.RedactAt(c.text, 0, strings.Index(c.text, c.at))
		if !strings.HasPrefix(shown[moved:], c.want) {
			t.Errorf("%s: %q is now %q in %s", c.text, c.at, shown[moved:], shown)
		}
	}
}

// escaped writes a text as a JSON string in one of the forms that JSON allows.
func escaped(random *rand.Rand, text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case random.IntN(3) == 0:
			fmt.Fprintf(&out, `\u%04x`, r)
		case random.IntN(4) == 0 && (r == '"' || r == '\\'), r == '"', r == '\\':
			out.WriteString(`\` + string(r))
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// plant makes a document that holds the secret somewhere: in a key, in a value, in JSON within a string.
func plant(random *rand.Rand, depth int) string {
	switch n := random.IntN(7); {
	case depth == 0 || n == 0:
		return escaped(random, "see "+secret+"!")
	case n == 1:
		return `{` + escaped(random, secret) + `:1}`
	case n == 2:
		return `{` + escaped(random, "Token") + ` : {"x":[` + escaped(random, "planted") + `]}}`
	case n == 3:
		return escaped(random, plant(random, depth-1))
	case n == 4:
		return `{"x":1,` + escaped(random, plant(random, depth-1)) + `:[]}`
	case n == 5:
		return `[1,` + plant(random, depth-1) + `,"z"]`
	}
	return `{"a":null,"b":` + plant(random, depth-1) + `}`
}

// decodedFully is all that is said anywhere in a text, also by JSON within strings.
func decodedFully(text string) string {
	var out strings.Builder
	out.WriteString(text)
	for s := range NewRedactor(nil).Scalars(text, 0) {
		out.WriteString("\n" + s.Text)
		if s.Text != text && holdsJSON(s.Text) {
			out.WriteString("\n" + decodedFully(s.Text))
		}
	}
	return out.String()
}

func TestNoPlantedSecretSurvives(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		text := plant(random, 5)
		if said := decodedFully(text); !strings.Contains(said, secret) && !strings.Contains(said, "planted") {
			t.Fatalf("nothing is planted in %s", text)
		}
		shown := redact(text)
		if !Valid(shown) {
			t.Fatalf("%s\nis redacted to what is not JSON:\n%s", text, shown)
		}
		if said := decodedFully(shown); strings.Contains(said, secret) || strings.Contains(said, "planted") {
			t.Fatalf("%s\nis shown as\n%s", text, shown)
		}
		if half := redact(text[:random.IntN(len(text))]); strings.Contains(decodedFully(half), secret) {
			t.Fatalf("cut off, %s\nis shown as\n%s", text, half)
		}
	}
}

// JSON can be put into strings more often than it can be read in time; with short escapes each level costs five bytes.
func TestJSONInTooManyStringsIsHidden(t *testing.T) {
	text := `{"a":"hunter2"}`
	for range maxNested + 5 {
		text = `["` + strings.NewReplacer(`\`, `\u005c`, `"`, `\u0022`).Replace(text) + `"]`
	}
	if shown := redact(text); strings.Contains(decodedFully(shown), "hunter2") || !Valid(shown) || !strings.Contains(shown, dots) {
		t.Errorf("shown as %s", shown)
	}
}

// A text can open a container with each byte. What is in too many of them is hidden, and what comes after is read as always.
func TestValuesInTooManyContainersAreHidden(t *testing.T) {
	deep := strings.Repeat("[", maxOpen+2) + `"hunter2",7,null` + strings.Repeat("]", maxOpen+2)
	shown := redact(`{"a":` + deep + `,"b":"public","Token":"hunter2"}`)
	if strings.Contains(shown, "hunter2") || !Valid(shown) || !strings.Contains(shown, `["`+dots+`","`+dots+`",null]`) ||
		!strings.HasSuffix(shown, `]],"b":"public","Token":"`+dots+`"}`) {
		t.Errorf("shown as %s", strings.NewReplacer("[[", "", "]]", "").Replace(shown))
	}
}

// FuzzRedact holds that redacted JSON is JSON, that nothing else changes, and that a secret in a string is gone.
func FuzzRedact(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Add(`{"Token":[1,{"public":"x"}],"b":"{\"token\":\"\\u0061\"}"}`)
	f.Fuzz(func(t *testing.T, text string) {
		shown, moved := NewRedactor(testPolicy{}).RedactAt(text, 0, len(text)/2)
		if Valid(text) && !Valid(shown) {
			t.Fatalf("%q becomes %q", text, shown)
		}
		if moved < 0 || moved > len(shown) {
			t.Fatalf("the offset is %d of %d", moved, len(shown))
		}
		if Valid(text) && redact(shown) != shown {
			t.Errorf("%q is redacted twice: %q", shown, redact(shown))
		}
		for s := range NewRedactor(testPolicy{}).Scalars(shown, 0) {
			if shown := (testPolicy{}).Show(s); Valid(text) && shown != s.Text && s.Kind > ' ' && s.Kind != True && s.Kind != False &&
				s.Kind != Null {
				t.Fatalf("%q shows %q", text, s.Text)
			}
		}
	})
}

func benchText() string {
	var out strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&out, `,{"id":%d,"name":"customer number %d","tags":{"env":"prod"},"apiKey":"%08d","nested":{"x":[1,2,3]},`+
			`"note":"%s"}`, i, i, i, strings.Repeat("x", 100))
	}
	return "[" + out.String()[1:] + "]"
}

func BenchmarkReader(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if !Valid(text) {
			b.Fatal("not valid")
		}
	}
}

func BenchmarkRedact(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		redact(text)
	}
}
