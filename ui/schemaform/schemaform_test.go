package schemaform

import (
	"strings"
	"testing"
)

func TestAnInputIsCheckedByItsSchema(t *testing.T) {
	schema, err := Model([]byte(`{"definitions": {"In": {"type": "object", "properties": {"email": {"type": "string", "format": "email"}, "age": {"type": "integer"}}, "required": ["email", "name"]}}}`), "In")
	if err != nil {
		t.Fatal(err)
	}
	f, err := New(schema, []byte(`{"email": "nobody", "age": 1.5}`))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range f.Check() {
		said = append(said, p.Path+" "+p.Message)
	}
	want := "age is a number, and has to be a whole number\nemail is not an e-mail address\nname has to be filled in"
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}
