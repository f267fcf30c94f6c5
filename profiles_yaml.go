package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// yamlFile reads one YAML file. It walks the tree by hand, so that every error says where it is and what was expected
// there, and none repeats a value, which may be a key in the wrong place.
type yamlFile struct{ name string }

// field is a key that may stand in a mapping, and what is done with its value.
type field struct {
	name string
	read func(ast.Node) error
}

// parse gives the file's one document; nil where there is none.
func (y yamlFile) parse(data []byte) (ast.Node, error) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, y.syntax(err)
	}
	var body ast.Node
	for _, document := range tree.Docs {
		if document.Body == nil {
			continue
		}
		if body != nil {
			return nil, y.wrong(document.Body, "a second document begins here; one is expected")
		}
		body = document.Body
	}
	return body, nil
}

func (y yamlFile) syntax(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return fmt.Errorf("%s: %w", y.name, err)
	}
	message := syntax.GetMessage()
	if strings.Contains(message, `'`+"\t"+`'`) {
		message = "found a tab; indent with spaces"
	}
	return y.at(syntax.GetToken(), message)
}

// at says where the problem is, the way editors and compilers do.
func (y yamlFile) at(where *token.Token, problem string) error {
	return fmt.Errorf("%s:%d:%d: %s", y.name, where.Position.Line, where.Position.Column, problem)
}

func (y yamlFile) wrong(node ast.Node, format string, args ...any) error {
	where := node.GetToken()
	if mapping, ok := node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		where = mapping.Values[0].Key.GetToken() // its own is the first colon
	}
	return y.at(where, fmt.Sprintf(format, args...))
}

// unexpected is for a value of the wrong kind.
func (y yamlFile) unexpected(node ast.Node, expected string) error {
	return y.wrong(node, "expected %s, found %s", expected, kindOf(node))
}

func kindOf(node ast.Node) string {
	if text, ok := textOf(node); ok && text == "" {
		return "an empty text"
	}
	switch node.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return "a text"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.NullNode:
		return "nothing"
	case *ast.MappingNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AliasNode, *ast.AnchorNode:
		return "an anchor or alias, which are not read here"
	case *ast.TagNode:
		return "a tag, which is not read here"
	}
	return strings.ToLower(node.Type().String())
}

// object reads a mapping of the given fields. What says what it is: "a profile".
func (y yamlFile) object(node ast.Node, what string, fields ...field) error {
	return y.each(node, what, func(name string, key, value ast.Node) error {
		names := make([]string, len(fields))
		for i, f := range fields {
			if f.name == name {
				return f.read(value)
			}
			names[i] = f.name
		}
		return y.wrong(key, "unknown key %q in %s: expected %s", name, what, oneOf(names))
	})
}

// each calls do with every pair of a mapping.
func (y yamlFile) each(node ast.Node, what string, do func(name string, key, value ast.Node) error) error {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return y.unexpected(node, what+", which is a mapping")
	}
	for _, pair := range mapping.Values {
		if err := do(pair.Key.GetToken().Value, pair.Key, pair.Value); err != nil {
			return err
		}
	}
	return nil
}

// text is a field that holds a text, checked by check where that is not nil.
func (y yamlFile) text(name, expected string, into *string, check func(string) error) field {
	return field{name, func(node ast.Node) error {
		value, ok := textOf(node)
		if !ok || value == "" {
			return y.unexpected(node, expected)
		}
		if check != nil {
			if err := check(value); err != nil {
				return y.wrong(node, "%s: %v", name, err)
			}
		}
		*into = value
		return nil
	}}
}

func textOf(node ast.Node) (string, bool) {
	switch node := node.(type) {
	case *ast.StringNode:
		return node.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(node.Value.Value), true
	}
	return "", false
}

// flag is a field that is true or false.
func (y yamlFile) flag(name string, into *bool) field {
	return field{name, func(node ast.Node) error {
		value, ok := node.(*ast.BoolNode)
		if !ok {
			return y.unexpected(node, "true or false")
		}
		*into = value.Value
		return nil
	}}
}

// list is a field that holds a list of texts, at least one.
func (y yamlFile) list(name, expected string, into *[]string) field {
	return field{name, func(node ast.Node) error {
		sequence, ok := node.(*ast.SequenceNode)
		if !ok || len(sequence.Values) == 0 {
			return y.unexpected(node, expected)
		}
		for _, item := range sequence.Values {
			text, ok := textOf(item)
			if !ok {
				return y.unexpected(item, "a text")
			}
			*into = append(*into, text)
		}
		return nil
	}}
}

// oneOf puts names into a sentence: "a, b or c".
func oneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
