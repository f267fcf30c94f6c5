package sandbox

import (
	"testing"

	"nango-tui/nango/sandbox/js"
)

func TestParseBodyReportsErrorsAsV8Does(t *testing.T) {
	for body, want := range map[string]string{
		`{`:          "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
		`{"a":`:      "Unexpected end of JSON input",
		`{"a" 1}`:    "Expected ':' after property name in JSON at position 5 (line 1 column 6)",
		"[1,\n 2 3]": "Expected ',' or ']' after array element in JSON at position 7 (line 2 column 4)",
		`"abc"`:      `Unexpected token '"', ""abc"" is not valid JSON`,
		`{"a":nope}`: `Unexpected token 'o', "{"a":nope}" is not valid JSON`,
	} {
		if _, got := js.ParseBody([]byte(body)); got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
}
