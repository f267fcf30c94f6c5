package records

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/itchyny/gojq"
)

// prelude has functions of jq that gojq lacks. Nothing is printed, and there is no file: what tells of either passes its input
// on, or is as for jq -n. Keys have no order of their own.
const prelude = `def debug: .; def debug(f): (f | empty), .; def stderr: .; def input_line_number: 0; def input_filename: null;
def keys_unsorted: keys; def leaf_paths: paths(scalars); def toarray: if type == "array" then . else [.] end;
def ascii: [.] | implode; def have_literal_numbers: true; def have_decnum: false; .`

// locationVariable is a variable of jq that gojq lacks, and its value: expressions are lines.
const locationVariable = "$__loc__"

func location() any { return map[string]any{"file": "<top-level>", "line": 1} }

// withPrelude adds the prelude to a query. A function of the query replaces one of the same name.
func withPrelude(query *gojq.Query) error {
	more, err := gojq.Parse(prelude)
	if err == nil {
		query.FuncDefs = append(more.FuncDefs, query.FuncDefs...)
	}
	return err
}

// withFlags adds flags of jq that gojq lacks to the function that matches a pattern: x ignores spaces and comments in the
// pattern, n ignores empty matches, s is how Go matches anyway, and p lets a dot match line breaks.
func withFlags(match nativeFunc) nativeFunc {
	return func(x any, args []any) any {
		pattern, isPattern := args[0].(string)
		flags, _ := args[1].(string)
		if !isPattern || !strings.ContainsAny(flags, "xnsp") {
			return match(x, args)
		}
		if strings.Contains(flags, "x") {
			pattern = withoutSpaces(pattern)
		}
		full, global, tests := strings.Contains(flags, "n"), strings.Contains(flags, "g"), args[2] == true
		flags = strings.NewReplacer("x", "", "n", "", "s", "", "p", "m").Replace(flags)
		if !full {
			return match(x, []any{pattern, flags, args[2]})
		}
		result := match(x, []any{pattern, flags + "g", false})
		if found, isList := result.([]any); isList {
			return fullMatches(found, global, tests)
		}
		return result // an error
	}
}

// fullMatches returns the matches that are not empty: all, the first, or whether there is one.
func fullMatches(found []any, global, tests bool) any {
	all := []any{}
	for _, one := range found {
		if m, ok := one.(map[string]any); ok && m["length"] != 0 && (global || len(all) == 0) {
			all = append(all, one)
		}
	}
	if tests {
		return len(all) > 0
	}
	return all
}

// withoutSpaces removes spaces and comments from a pattern, except after a backslash and in brackets.
func withoutSpaces(pattern string) string {
	var out strings.Builder
	escaped, class, comment := false, false, false
	for _, r := range pattern {
		isSkipped := !escaped && !class && (comment || unicode.IsSpace(r) || r == '#')
		comment = !escaped && !class && (comment || r == '#') && r != '\n'
		if isSkipped {
			continue
		}
		class = !escaped && r == '[' || class && (escaped || r != ']')
		escaped = !escaped && r == '\\'
		out.WriteRune(r)
	}
	return out.String()
}

// lacking are the starts of errors about what gojq lacks, with what is to be said about it.
var lacking = map[string]string{
	"function not defined: ": textLanguage, "variable not defined: ": textLanguage, "format not defined: ": textLanguage,
	"input(s)/0 is not allowed": textLanguage, "cannot load module: ": textLanguage,
	"invalid regular expression ": textPatterns, "unsupported regular expression flag: ": textPatterns,
}

// explained adds what the language lacks to an error, if that is why.
func explained(err error) error {
	for start, text := range lacking {
		if strings.HasPrefix(err.Error(), start) {
			return fmt.Errorf(text, err)
		}
	}
	return err
}
