package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// yamlFile decodes a YAML file with errors that name file, line and column, and don't repeat values.
type yamlFile struct{ path string }

// parse returns the root of the only document, or nil if the file is empty.
func (f yamlFile) parse(data []byte) (ast.Node, error) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, f.wrap(err, nil)
	}
	var root ast.Node
	for _, document := range tree.Docs {
		if document.Body == nil {
			continue
		}
		if root != nil {
			return nil, f.errorAt(document.Body, "unexpected second document")
		}
		root = document.Body
	}
	if root == nil {
		return nil, nil
	}
	check := &valueChecker{file: f}
	ast.Walk(check, root)
	return root, check.err
}

// valueChecker finds what the decoder would look up, or take for false or "": empty values, aliases and the like. It also
// refuses keys that are written as "? key", which [child] would not find.
type valueChecker struct {
	file yamlFile
	err  error
}

// Visit implements [ast.Visitor].
func (c *valueChecker) Visit(node ast.Node) ast.Visitor {
	switch node.(type) {
	case *ast.NullNode, *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode, *ast.MappingKeyNode:
		c.err = c.file.errorAt(node, "unexpected %s", strings.ToLower(node.Type().String()))
	}
	if c.err != nil {
		return nil
	}
	return c
}

// text is a value that must be a text: the decoder takes a number or true for one as well. Spaces around a block are dropped.
type text string

// UnmarshalYAML implements [yaml.NodeUnmarshaler].
func (t *text) UnmarshalYAML(node ast.Node) error {
	switch node := node.(type) {
	case *ast.StringNode:
		*t = text(node.Value)
	case *ast.LiteralNode:
		*t = text(strings.TrimSpace(node.Value.Value))
	default:
		return &yaml.SyntaxError{Message: "expected text", Token: node.GetToken()}
	}
	return nil
}

// decode decodes a node into the struct. Keys that the struct doesn't have are errors.
func (f yamlFile) decode(node ast.Node, into any) error {
	if err := yaml.NodeToValue(node, into, yaml.Strict()); err != nil {
		return f.wrap(err, reflect.TypeOf(into).Elem())
	}
	return nil
}

// child returns the value of a key, or nil.
func child(node ast.Node, key string) ast.Node {
	if mapping, ok := node.(*ast.MappingNode); ok {
		for _, pair := range mapping.Values {
			if pair.Key.GetToken().Value == key {
				return pair.Value
			}
		}
	}
	return nil
}

// wrap puts the position in front of an error of the decoder, and what was expected behind it.
func (f yamlFile) wrap(err error, into reflect.Type) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	message := at.GetMessage()
	var unknown *yaml.UnknownFieldError
	var mismatch *yaml.TypeError
	var wrongNode *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		message += ": expected " + OneOf(keysOf(into))
	case errors.As(err, &mismatch) && mismatch.DstType.Kind() == reflect.Bool:
		message = "expected true or false"
	case errors.As(err, &wrongNode) && wrongNode.Expected == ast.SequenceType:
		message = "expected a list"
	case errors.As(err, &wrongNode):
		message = "expected a mapping"
	case strings.Contains(message, `'`+"\t"+`'`):
		message = "found a tab: indent with spaces"
	}
	return f.errorAtToken(at.GetToken(), message)
}

// keysOf returns the YAML keys of a struct.
func keysOf(structType reflect.Type) []string {
	keys := make([]string, structType.NumField())
	for i := range keys {
		keys[i] = structType.Field(i).Tag.Get("yaml")
	}
	return keys
}

func (f yamlFile) errorAt(node ast.Node, format string, args ...any) error {
	where := node.GetToken()
	if mapping, ok := node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		where = mapping.Values[0].Key.GetToken() // the token of a mapping is its first colon
	}
	return f.errorAtToken(where, fmt.Sprintf(format, args...))
}

// errorAtToken writes the position as compilers do.
func (f yamlFile) errorAtToken(where *token.Token, problem string) error {
	return fmt.Errorf("%s:%d:%d: %s", f.path, where.Position.Line, where.Position.Column, problem)
}
