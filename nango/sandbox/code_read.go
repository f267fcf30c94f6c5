package sandbox

import (
	"regexp"
	"strings"

	"nango-tui/nango/sandbox/js"
)

// maxRead is how much of a code is read, in bytes, and maxSchemas how many schemas: one may be referred to many times.
const (
	maxRead    = 100_000
	maxSchemas = 200
)

// sourceCode is the code of a function. It is read roughly: options of the default export, and what people write most in zod.
type sourceCode struct {
	text string
	left int // schemas that may still be read
}

func newSourceCode(text string) *sourceCode {
	return &sourceCode{text[:min(len(text), maxRead)], maxSchemas}
}

// option returns the expression of an option of the default export, "" if it is missing.
func (s *sourceCode) option(name string) string {
	_, options, _ := strings.Cut(s.text, "export default")
	at := regexp.MustCompile(`[{,\s]` + name + `\s*:`).FindStringIndex(options)
	if at == nil {
		return ""
	}
	return strings.TrimSpace(expressions(options[at[1]:])[0])
}

// text returns an option that is a string.
func (s *sourceCode) stringOption(name string) string { return strings.Trim(s.option(name), "'\"`") }

// expressions splits a list at its commas, up to the bracket that closes it.
func expressions(list string) []string {
	var out []string
	depth, start, quote := 0, 0, rune(0)
	for i, r := range list {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case strings.ContainsRune("'\"`", r):
			quote = r
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			if depth--; depth < 0 {
				return append(out, list[start:i])
			}
		case depth == 0 && (r == ',' || r == ';'):
			out = append(out, list[start:i])
			start = i + 1
		}
	}
	return append(out, list[start:])
}

var (
	codeName = regexp.MustCompile(`^\s*(\w+)`)
	codeCall = regexp.MustCompile(`^\s*\.(\w+)\(`)
	codeKey  = regexp.MustCompile(`^\s*['"]?(\w+)['"]?\s*:?`)
)

// schema returns the JSON schema of a zod expression, {} for what it can't read.
func (s *sourceCode) schema(expression string) (schema *js.Object, optional bool) {
	schema = js.NewObject()
	name := codeName.FindStringSubmatch(expression)
	if s.left--; s.left < 0 || name == nil {
		return schema, false
	}
	if name[1] != "z" {
		declared := regexp.MustCompile(`\bconst\s+` + name[1] + `\s*=`).FindStringIndex(s.text)
		if declared == nil {
			return schema, false
		}
		schema, optional = s.schema(expressions(s.text[declared[1]:])[0])
	}
	rest := expression[len(name[0]):]
	for call := codeCall.FindStringSubmatch(rest); call != nil; call = codeCall.FindStringSubmatch(rest) {
		arguments := expressions(rest[len(call[0]):])
		rest = rest[min(len(rest), len(call[0])+len(strings.Join(arguments, ","))+1):]
		schema = s.apply(schema, call[1], arguments)
		optional = optional || call[1] == "optional" || call[1] == "default"
	}
	return schema, optional
}

// apply applies one call of a chain to a schema.
func (s *sourceCode) apply(schema *js.Object, call string, arguments []string) *js.Object {
	switch call {
	case "string", "number", "boolean":
		return js.NewObject("type", call)
	case "int":
		return js.NewObject("type", "integer")
	case "void", "null", "undefined":
		return js.NewObject("type", "null")
	case "array":
		items, _ := s.schema(arguments[0])
		return js.NewObject("type", "array", "items", items)
	case "object":
		return s.object(expressions(strings.TrimPrefix(strings.TrimSpace(arguments[0]), "{")))
	case "enum":
		var words []any
		for _, word := range expressions(strings.TrimPrefix(strings.TrimSpace(arguments[0]), "[")) {
			words = append(words, strings.Trim(word, " \n\t'\"`"))
		}
		return js.NewObject("type", "string", "enum", words)
	case "nullable":
		return js.NewObject("anyOf", []any{schema, js.NewObject("type", "null")})
	}
	return schema
}

func (s *sourceCode) object(fields []string) *js.Object {
	properties, required := js.NewObject(), []any{}
	for _, field := range fields {
		key := codeKey.FindStringSubmatch(field)
		if key == nil {
			continue
		}
		value := field[len(key[0]):]
		if strings.TrimSpace(value) == "" { // {Contact} is short for {Contact: Contact}
			value = key[1]
		}
		schema, optional := s.schema(value)
		properties.Set(key[1], schema)
		if !optional {
			required = append(required, key[1])
		}
	}
	return js.NewObject("type", "object", "properties", properties, "required", js.When(len(required) > 0, required),
		"additionalProperties", false)
}
