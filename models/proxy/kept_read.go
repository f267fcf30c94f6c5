package proxy

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// ReadKept reads the file of kept requests. An empty one holds none. Every error says where it is and what was expected
// there, and none repeats a value, which may be a secret in the wrong place. A file with an error must not be
// written anew: what the user has in it would be lost.
func ReadKept(data []byte) ([]Kept, error) {
	if len(data) > MaxKeptFile {
		return nil, fmt.Errorf("%s is longer than %d MB", screen.SavedRequests, MaxKeptFile>>20)
	}
	root, err := keptRoot(data)
	if root == nil || err != nil {
		return nil, err
	}
	var all []Kept
	return all, readFields(root, "the file", keptField{"requests", func(node ast.Node) error {
		return readList(node, "requests", MaxKept, func(item ast.Node) error {
			k, err := readKept(item)
			if err == nil && slices.ContainsFunc(all, func(other Kept) bool { return other.Name == k.Name }) {
				err = wrongAt(item, "the name %q is there already", k.Name)
			}
			all = append(all, k)
			return err
		})
	}})
}

// maxKeptDepth bounds brackets within brackets, for which the parser takes ever longer.
const maxKeptDepth = 20

// tooDeep is the bracket that is one too many.
func tooDeep(tokens token.Tokens) *token.Token {
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > maxKeptDepth {
			return t
		}
	}
	return nil
}

// keptRoot parses the file; nil where there is nothing in it.
func keptRoot(data []byte) (ast.Node, error) {
	tokens := lexer.Tokenize(string(data))
	if deep := tooDeep(tokens); deep != nil {
		return nil, wrongToken(deep, "brackets within brackets, which a list of requests has no need of")
	}
	tree, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, keptSyntax(err)
	}
	var root ast.Node
	for _, document := range tree.Docs {
		if document.Body != nil && root != nil {
			return nil, wrongAt(document.Body, "a second document begins here; one is expected")
		}
		if document.Body != nil {
			root = document.Body
		}
	}
	if _, empty := root.(*ast.NullNode); empty {
		return nil, nil
	}
	return root, nil
}

func keptSyntax(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return fmt.Errorf("%s is not YAML: %w", screen.SavedRequests, err)
	}
	return wrongToken(syntax.GetToken(), syntax.GetMessage())
}

func wrongToken(where *token.Token, problem string) error {
	return fmt.Errorf("%s:%d:%d: %s", screen.SavedRequests, where.Position.Line, where.Position.Column, problem)
}

func wrongAt(node ast.Node, format string, args ...any) error {
	where := node.GetToken()
	if mapping, ok := node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		where = mapping.Values[0].Key.GetToken() // its own is the first colon
	}
	return wrongToken(where, fmt.Sprintf(format, args...))
}

// keptField is a key that may stand in a mapping.
type keptField struct {
	name string
	read func(ast.Node) error
}

// readFields reads a mapping that holds nothing but the fields.
func readFields(node ast.Node, what string, fields ...keptField) error {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return wrongAt(node, "expected %s: keys with values", what)
	}
	for _, pair := range mapping.Values {
		name := pair.Key.GetToken().Value
		at := slices.IndexFunc(fields, func(f keptField) bool { return f.name == name })
		if at < 0 {
			return wrongAt(pair.Key, "%s has no %q: expected %s", what, name, fieldNames(fields))
		}
		if err := fields[at].read(pair.Value); err != nil {
			return err
		}
	}
	return nil
}

func fieldNames(fields []keptField) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

func readList(node ast.Node, what string, most int, read func(ast.Node) error) error {
	if _, empty := node.(*ast.NullNode); empty {
		return nil
	}
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return wrongAt(node, "expected a list of %s", what)
	}
	for i, item := range list.Values {
		if i == most {
			return wrongAt(item, "more than %d %s", most, what)
		}
		if err := read(item); err != nil {
			return err
		}
	}
	return nil
}

// readKept reads one request.
func readKept(node ast.Node) (Kept, error) {
	var k Kept
	err := readFields(node, "a request",
		textField("name", &k.Name), textField("integration", &k.Integration), textField("connection", &k.Connection),
		textField("method", &k.Method), textField("path", &k.Path), textField("query", &k.Query),
		keptField{"headers", func(node ast.Node) error {
			return readList(node, "headers", maxKeptHeaders, func(item ast.Node) error { return readHeader(item, &k.Headers) })
		}},
		textField("bodyType", &k.BodyType), textField("body", &k.Body),
		keptField{"retries", func(node ast.Node) error { return readNumber(node, 0, nango.MaxProxyRetries, &k.Retries) }},
		keptField{"retryOn", func(node ast.Node) error {
			return readList(node, "statuses", maxKeptStatuses, func(item ast.Node) error {
				k.RetryOn = append(k.RetryOn, 0)
				return readNumber(item, 100, 599, &k.RetryOn[len(k.RetryOn)-1])
			})
		}},
		textField("baseURL", &k.BaseURL), flagField("decompress", &k.Decompress), flagField("forwardHeaders", &k.ForwardHeaders),
	)
	if err != nil {
		return k, err
	}
	if err := k.Check(nil); err != nil {
		return k, wrongAt(node, "%v", err)
	}
	return k, nil
}

// Bounds of the lists of a request.
const (
	maxKeptHeaders  = 100
	maxKeptStatuses = 500
)

func textField(name string, into *string) keptField {
	return keptField{name, func(node ast.Node) error {
		text, ok := keptText(node)
		if !ok {
			return wrongAt(node, "expected a text for %s; put it in quotes", name)
		}
		*into = text
		return nil
	}}
}

func keptText(node ast.Node) (string, bool) {
	switch node := node.(type) {
	case *ast.StringNode:
		return node.Value, true
	case *ast.LiteralNode:
		return node.Value.Value, true
	}
	return "", false
}

// readHeader reads "Name: value".
func readHeader(node ast.Node, into *[]nango.ProxyHeader) error {
	text, _ := keptText(node)
	name, value, found := strings.Cut(text, ":")
	if !found {
		return wrongAt(node, `expected a header in quotes, such as "Accept: text/plain"`)
	}
	header := nango.ProxyHeader{Name: name, Value: strings.TrimPrefix(value, " ")}
	if err := nango.CheckProxyHeader(header.Name, header.Value); err != nil {
		return wrongAt(node, "%v", err)
	}
	*into = append(*into, header)
	return nil
}

func readNumber(node ast.Node, least, most int, into *int) error {
	number, ok := node.(*ast.IntegerNode)
	if ok {
		if n, err := strconv.Atoi(number.GetToken().Value); err == nil && n >= least && n <= most {
			*into = n
			return nil
		}
	}
	return wrongAt(node, "expected a number from %d to %d", least, most)
}

func flagField(name string, into **bool) keptField {
	return keptField{name, func(node ast.Node) error {
		value, ok := node.(*ast.BoolNode)
		if !ok {
			return wrongAt(node, "expected true or false for %s", name)
		}
		*into = &value.Value
		return nil
	}}
}
