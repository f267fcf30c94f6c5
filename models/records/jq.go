package records

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/itchyny/gojq"
)

// Bounds of a jq expression.
const (
	// maxExpression is its size in bytes.
	maxExpression = 4 << 10
	// maxSteps is how many steps it may take for one record: some tenths of a second.
	maxSteps = 5_000_000
	// maxValues and maxValueBytes limit the number and the total JSON size of its values.
	maxValues     = 100_000
	maxValueBytes = 16 << 20
	// maxValueText is the JSON size of one value.
	maxValueText = 1 << 20
	// maxDepth is how deep a value may be nested.
	maxDepth = 1_000
)

// compile compiles an expression in the language of gojq, with what jq_compat.go adds. It can use no modules, files, further
// input or environment variables.
func compile(text string) (*gojq.Code, error) {
	if len(text) > maxExpression {
		return nil, fmt.Errorf(textTooLong, maxExpression)
	}
	query, err := gojq.Parse(text)
	if err != nil {
		return nil, withPosition(text, err)
	}
	if err := withPrelude(query); err != nil {
		return nil, err
	}
	code, err := gojq.Compile(query, gojq.WithEnvironLoader(func() []string { return nil }), gojq.WithVariables([]string{locationVariable}))
	if err != nil {
		return nil, explained(err)
	}
	if err := limitNatives(code); err != nil {
		return nil, err
	}
	return code, nil
}

func withPosition(text string, err error) error {
	var wrong *gojq.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	if wrong.Token == "" && wrong.Offset >= len(text) {
		return fmt.Errorf(textIncomplete, err)
	}
	before := text[:max(0, min(wrong.Offset-len(wrong.Token), len(text)))]
	return fmt.Errorf(textSyntax, utf8.RuneCountInString(before)+1, err)
}
