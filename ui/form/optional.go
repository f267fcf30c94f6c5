package form

import "strings"

// Optional applies a check, for [Field.Check], unless the text is blank.
func Optional(check func(string) error) func(string) error {
	return func(text string) error {
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return check(text)
	}
}
