package ui

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/clean"
	"nango-tui/internal/longtest"
	"nango-tui/ui/uitest"
)

var seenMask = secretPolicy{"seen-secret", maskDots}

// drawnBody draws a body without its last line, or returns "".
func drawnBody(contentType, body string) string {
	b := ReadBody(contentType, []byte(body), seenMask)
	if b.Doc() == nil {
		return ""
	}
	v := NewJSONView(b.Doc())
	lines := strings.Split(v.View(testFrame(60, 24)), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(strings.TrimPrefix(strings.TrimPrefix(line, "▌ "), "  "), " ")
	}
	return strings.TrimRight(strings.Join(lines[:len(lines)-1], "\n"), "\n")
}

func TestBodyTypes(t *testing.T) {
	for _, c := range []struct{ what, kind, body, says, want string }{
		{"JSON", "application/json; charset=utf-8", `{"a":1}`, "JSON, 7 B", "▾ {\n    \"a\": 1\n  }"},
		{"JSON of a vendor", "application/vnd.api+json", `[]`, "JSON, 2 B", "[]"},
		{"JSON sent as text", "text/plain", ` {"a":1}`, "JSON, sent as text/plain, 8 B", "▾ {\n    \"a\": 1\n  }"},
		{"JSON without a type", "", `[1]`, "JSON (detected), 3 B", "▾ [\n    1\n  ]"},
		{"what only begins like JSON", "text/plain", "[1] first\n[2] second", "text/plain, 2 lines, 20 B", "[1] first\n[2] second"},
		{"no JSON at all", "application/json", "<p>", "JSON, 3 B", "✗ not JSON at line 1, column 1: a value was expected\n<p>"},
		{"nothing", "application/json", "", "empty", ""},
		{"text", "text/plain", "one\r\ntwo\tthree\n\nfour\n", "text/plain, 4 lines, 21 B", "one\ntwo    three\n\nfour"},
		{"text without a type", "", "hello", "text, 1 line, 5 B", "hello"},
		{"CSV", "text/csv", "\"a\",b\n1,2\n", "text/csv, 2 lines, 10 B", "\"a\",b\n1,2"},
		{"YAML", "application/yaml", "a:\n  - b\n", "application/yaml, 2 lines, 9 B", "a:\n  - b"},
		{"XML", "application/xml", "<a>\n  <b c='d'>e</b>\n</a>", "application/xml, 3 lines, 25 B", "<a>\n  <b c='d'>e</b>\n</a>"},
		{"a form", "application/x-www-form-urlencoded", "a=b+c&d=%C3%A9&e=%0A", "application/x-www-form-urlencoded, 3 lines, 20 B",
			"a=b c\nd=é\ne=%0A"},
		{"HTML", "text/html",
			"<!DOCTYPE html><html><head><title>503 &amp; out</title><style>p{}</style></head><body><h1>Sorry</h1>\n<p>The " +
				"<b>server</b>\n is down.<br>Try&nbsp;later.</p><ul><li>one<li>two</ul><script>alert('<p>x</p>')</script>" +
				"<table><tr><td>a</td><td>b</td></tr><tr><td>c</table><pre>  x\n  y</pre></body>",
			"text of HTML, 15 lines, 289 B", "503 & out\n\nSorry\n\nThe server is down.\nTry later.\n\n- one\n- two\n\na  b\nc\n\n  x\n  y"},
		{"JSON sent as HTML", "text/html; charset=UTF-8", `{"a":1}`, "JSON, sent as text/html, 7 B", "▾ {\n    \"a\": 1\n  }"},
		{"HTML without a type", "", "\n<HTML><p>x", "text of HTML, 1 line, 11 B", "x"},
		{"a type that is none", "??", "x", "??, 1 line, 1 B", "x"},
		{"Latin-1", "text/plain; charset=iso-8859-1", "caf\xe9", "text/plain, windows-1252, 1 line, 4 B", "café"},
		{"Latin-1 that is not said", "text/plain", "caf\xe9", "text/plain, windows-1252, 1 line, 4 B", "café"},
		{"Shift JIS", "text/plain; charset=Shift_JIS", "\x8a\x94", "text/plain, shift_jis, 1 line, 2 B", "株"},
		{"a page that says its charset", "text/html", "<meta charset=windows-1251><p>\xcf\xf0",
			"text of HTML, windows-1251, 1 line, 32 B", "Пр"},
		{"a wrong byte among UTF-8", "text/plain", "株式\xff会社", "text/plain, 1 line, 13 B", "株式�会社"},
		{"UTF-16", "text/plain", "\xff\xfea\x00\xe9\x00", "text/plain, UTF-16, 1 line, 6 B", "aé"},
		{"UTF-8 with a mark", "application/json", "\xef\xbb\xbf{}", "JSON, 5 B", "{}"},
		{"an unknown charset", "text/plain; charset=klingon", "ab", "text/plain, 1 line, 2 B", "ab"},
		{"escapes and overrides", "text/plain", "\x1b[31mred\u202e", "text/plain, 1 line, 11 B", "␛[31mred⟨U+202E⟩"},
		{"bytes", "application/octet-stream", "\x00\x01\x02", "application/octet-stream, 3 B", ""},
		{"text sent as bytes", "application/octet-stream", "a: b", "application/octet-stream, 1 line, 4 B", "a: b"},
		{"bytes sent as text", "text/plain", "a\x00b", "text/plain, 3 B", ""},
		{"bytes without a type", "", "\x80\x81\x82", "binary data, 3 B", ""},
		{"a document", "application/pdf", "%PDF-1.4\nplain", "PDF document, 14 B", ""},
		{"a picture as text", "image/svg+xml", "<svg/>", "image/svg+xml, 1 line, 6 B", "<svg/>"},
		{"an error in place of a picture", "image/png", "not found", "image/png, 1 line, 9 B", "not found"},
		{"a broken picture", "image/png", "\x89PNG\r\n\x1a\n", "PNG image, 8 B", ""},
	} {
		if got := ReadBody(c.kind, []byte(c.body), seenMask).Description(); got != c.says {
			t.Errorf("%s says %q, want %q", c.what, got, c.says)
		}
		if got := drawnBody(c.kind, c.body); got != c.want {
			t.Errorf("%s is drawn\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}

func TestBodyDescribesImageSize(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 640, 48))); err != nil {
		t.Fatal(err)
	}
	if got := ReadBody("", picture.Bytes(), nil).Description(); !strings.HasPrefix(got, "PNG image, 640 × 48, ") {
		t.Error(got)
	}
	gif, _ := base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
	if got := ReadBody("text/html", gif, nil).Description(); got != "GIF image, 1 × 1, 42 B" {
		t.Error(got)
	}
}

func TestBodyMasksSecrets(t *testing.T) {
	for kind, body := range map[string]string{
		"application/json":                  `{"headers":{"token":"x-one","b":"is seen-secret"},"seen-secret":1}`,
		"text/plain":                        "token: x-one\ntoken=x-one\n b is seen-secret",
		"application/yaml":                  "a:\n  - token: x-one\n    b: seen-secret",
		"application/x-www-form-urlencoded": "token=x-one&b=seen%2Dsecret",
		"application/x-ndjson":              "{\"token\":\"x-one\"}\n{\"a\":{\"token\":[\"x-one\"]},\"b\":\"seen-secret\"}",
		"application/xml": `<a token="x-one"><token>x-one</token><token><c>x-one</c></token><b>seen-secret</b>` +
			`<token>x-o&#110;e</token><token><![CDATA[x-one]]></token><!-- seen-secret --></a>`,
		"text/html":                  "<p>seen-<b>secret</b><p>token: x-one<input value=seen-secret>",
		"application/json; broken=1": `{"token":"x-one","b":"seen-secret"`,
		"text/plain; broken=1":       `{"a":1,"token":["x-one"],"b":"seen-secret"`,
	} {
		got := drawnBody(kind, body)
		if strings.Contains(got, "x-one") || strings.Contains(got, "seen-secret") || !strings.Contains(got, maskDots) {
			t.Errorf("%s:\n%s", kind, got)
		}
	}
	deep := strings.Repeat("<a>", maxXMLDepth+1) + "x-one" + strings.Repeat("</a>", maxXMLDepth+1) + "<b>plain</b>"
	if got := ReadBody("text/xml", []byte(deep), seenMask); strings.Contains(got.doc.raw, "x-one") || !strings.Contains(got.doc.raw, "plain") {
		t.Error("what stands deep is not hidden, or what follows it is")
	}
	v := NewJSONView(ReadBody("text/plain", []byte("said later"), nil).Doc())
	f := testFrame(40, 5)
	f.Mask = func(s string) string { return strings.ReplaceAll(s, "later", maskDots) }
	if strings.Contains(v.View(f), "later") {
		t.Error("a secret that was seen later is drawn")
	}
}

func TestBodyTextIsNavigatedLikeJSON(t *testing.T) {
	v := NewJSONView(ReadBody("text/plain", []byte("alpha\nBeta\ngamma beta\n\"quoted\", and more"), nil).Doc())
	v.View(testFrame(40, 10))
	v.StartSearch()
	for _, key := range []string{"b", "e", "t", "a", "enter"} {
		v.Key(uitest.Press(key))
	}
	if n, _ := v.Matches(); n != 2 || v.Line() != 2 {
		t.Errorf("%d found, on line %d", n, v.Line())
	}
	v.NextMatch()
	if got, _ := v.Value(); got != "gamma beta" {
		t.Error(got)
	}
	v.Bottom()
	if got, _ := v.Value(); got != `"quoted", and more` || v.Path() != "" {
		t.Errorf("%s at %q", got, v.Path())
	}
	for kind, body := range map[BodyKind]string{BodyEmpty: "", BodyBinary: "\x00"} {
		if b := ReadBody("", []byte(body), nil); b.Kind() != kind || b.Doc() != nil {
			t.Errorf("%q is of kind %d, with a document %v", body, b.Kind(), b.Doc())
		}
	}
}

func TestLongBodyIsCut(t *testing.T) {
	longtest.SkipInShort(t)
	b := ReadBody("text/plain", bytes.Repeat([]byte("\n"), maxBodyLines+5), nil)
	if len(b.doc.rows) != maxBodyLines || !strings.HasSuffix(b.Description(), "truncated") {
		t.Error(len(b.doc.rows), b.Description())
	}
	if doc, err := ParseJSON(bytes.Repeat([]byte("x\n"), maxJSONRows+5), nil); err == nil || len(doc.rows) != maxJSONRows {
		t.Error("what is no JSON has no bound", len(doc.rows))
	}
	b = ReadBody("application/octet-stream", make([]byte, maxBodyBytes+1), nil)
	if b.Description() != "application/octet-stream, 32 MB, truncated" {
		t.Error(b.Description())
	}
}

func FuzzBody(f *testing.F) {
	for _, body := range []string{`{"token":"x","a":[1,"seen-secret"]}`, "<p>a<script>b</script><pre>c\n</pre><td>",
		"<a b='c'><token>x</token><![CDATA[d]]>", "a=b&token=%zz", "token: x\r\n\ty", "\xff\xfea\x00",
		"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "\x1b[2J\u202e\u0301", "\x00", "caf\xe9"} {
		for _, kind := range []string{"application/json", "text/html; charset=utf-16le", "application/xml",
			"application/x-www-form-urlencoded", "", "text/csv; charset=shift_jis", "image/png", "\x1b]0;x\x07"} {
			f.Add(kind, []byte(body), uint8(20), uint8(5))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte, width, height uint8) {
		b := ReadBody(kind, body, seenMask)
		if says := b.Description(); says == "" || !utf8.ValidString(Clean(says).String()) {
			t.Errorf("it says %q", says)
		}
		if b.Doc() == nil {
			return
		}
		v := NewJSONView(b.Doc())
		frame := testFrame(int(width), int(height))
		for range 2 {
			v.Down()
			v.Search("a")
			view := v.View(frame)
			lines := strings.Split(view, "\n")
			if len(lines) > max(int(height), 1) {
				t.Errorf("%d lines in a frame of %d", len(lines), height)
			}
			for _, line := range lines {
				if w := ansi.StringWidthWc(line); w > int(width) && width > 2 {
					t.Errorf("%q has %d cells in a frame of %d", line, w, width)
				}
				if clean.Frame(line) != line {
					t.Errorf("%q is not clean", line)
				}
			}
			v.ToggleWrap()
		}
	})
}

// bodiesOf5MB returns a body of each kind.
func bodiesOf5MB() map[string][2]string {
	words := strings.Repeat("lorem ipsum dolor sit amet, 株式会社 consectetur\n", 5<<20/54)
	return map[string][2]string{
		"JSON": {"application/json", string(records(5 << 20))},
		"text": {"text/plain", words},
		"HTML": {"text/html",
			strings.Repeat("<tr class='x'><td><a href='https://example.com/a'>lorem &amp; ipsum</a></td><td>dolor</td></tr>\n", 5<<20/94)},
		"XML": {"application/xml", "<a>" + strings.Repeat("<row id='1'><name>lorem</name><note>ipsum dolor</note></row>\n",
			5<<20/61) + "</a>"},
		"one line": {"text/plain", strings.ReplaceAll(words, "\n", " ")},
	}
}

func BenchmarkBodyOpen5MB(b *testing.B) {
	for name, body := range bodiesOf5MB() {
		b.Run(name, func(b *testing.B) {
			raw, f := []byte(body[1]), colorFrame(120, 35)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				NewJSONView(ReadBody(body[0], raw, secretMask).Doc()).View(f)
			}
		})
	}
}

func BenchmarkBodyStep5MB(b *testing.B) {
	for name, body := range bodiesOf5MB() {
		for _, wrap := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s wrap=%v", name, wrap), func(b *testing.B) {
				v, f := NewJSONView(ReadBody(body[0], []byte(body[1]), nil).Doc()), colorFrame(120, 35)
				v.wrap = wrap
				for b.Loop() {
					v.Down()
					v.View(f)
				}
			})
		}
	}
}
