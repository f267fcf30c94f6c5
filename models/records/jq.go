package records

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/itchyny/gojq"
)

// Bounds of a jq expression.
const (
	// maxExpression is how many bytes one may have.
	maxExpression = 4 << 10
	// maxSteps is how many steps it may take for a single record: some tenths of a second. One that needs more does not end.
	maxSteps = 5_000_000
	// maxValues and maxValueBytes are how many values it may give, and how long they may be together as JSON.
	maxValues     = 100_000
	maxValueBytes = 16 << 20
	// maxValueText is how long a single value may be as JSON.
	maxValueText = 1 << 20
	// maxDepth is how deep a value may be nested.
	maxDepth = 1_000
)

// compile makes code of an expression. It knows no modules, no files, no further input and no environment.
func compile(text string) (*gojq.Code, error) {
	if len(text) > maxExpression {
		return nil, fmt.Errorf("the expression is longer than %d bytes", maxExpression)
	}
	query, err := gojq.Parse(text)
	if err != nil {
		return nil, withPosition(text, err)
	}
	code, err := gojq.Compile(query, gojq.WithEnvironLoader(func() []string { return nil }))
	if err != nil {
		return nil, err
	}
	if err := limitNatives(code); err != nil {
		return nil, err
	}
	return code, nil
}

// checkExpression says what is wrong with an expression as it is typed, and where. Nothing at all is wrong with none.
func checkExpression(text string) error {
	if text == "" {
		return nil
	}
	_, err := compile(text)
	return err
}

// placed says at which character the expression cannot be read on.
func withPosition(text string, err error) error {
	var wrong *gojq.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	if wrong.Token == "" && wrong.Offset >= len(text) {
		return fmt.Errorf("it is not finished: %w", err)
	}
	before := text[:max(0, min(wrong.Offset-len(wrong.Token), len(text)))]
	return fmt.Errorf("character %d: %w", utf8.RuneCountInString(before)+1, err)
}
