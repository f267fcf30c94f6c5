package records

import (
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestQueryOfAText(t *testing.T) {
	tools := screen.NewTools(nil, nil, nango.NewSecrets())
	const raw = `{"data": [{"id": 9007199254740993}, {"id": 2}], "access_token": "gho_secret_of_the_text_1"}`
	for expression, want := range map[string]string{
		".data[0].id": "9007199254740993", ".data[].id": "[9007199254740993,2]", "empty": "[]", ".data | length": "2", "false": "false",
		".access_token": `"` + nango.Masked + `"`, ".": nango.Masked, "null": "null",
	} {
		got, err := Query(t.Context(), tools, expression, raw)
		if err != nil || string(got) != want && (expression != "." || !strings.Contains(string(got), want)) {
			t.Errorf("%s: %s, %v; want %s", expression, got, err, want)
		}
	}
	for expression, want := range map[string]string{".data | .x": "expected an object", ".[": "", "range(1e9)": "", "def f: f; f": ""} {
		if got, err := Query(t.Context(), tools, expression, raw); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v", expression, got, err)
		}
	}
}
