package zod

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
)

// StringCheck checks a string. All checks of a string run, whatever the others report.
type StringCheck func(s string, at []string, in *Issues)

// String accepts a string that passes all checks.
func String(checks ...StringCheck) Rule {
	return Typed("string", func(s string, at []string, in *Issues) any {
		for _, check := range checks {
			check(s, at, in)
		}
		return s
	})
}

// check reports a problem of the strings that are not ok.
func check(ok func(string) bool, code, message string) StringCheck {
	return func(s string, at []string, in *Issues) {
		if !ok(s) {
			in.Add(at, code, message)
		}
	}
}

// Min wants at least n characters.
func Min(n int) StringCheck {
	return check(func(s string) bool { return js.Len(s) >= n }, "too_small",
		fmt.Sprintf("Too small: expected string to have >=%d characters", n))
}

// Max wants at most n characters.
func Max(n int) StringCheck {
	return MaxMessage(n, fmt.Sprintf("Too big: expected string to have <=%d characters", n))
}

// MaxMessage is Max with its own message.
func MaxMessage(n int, message string) StringCheck {
	return check(func(s string) bool { return js.Len(s) <= n }, "too_big", message)
}

// Pattern wants a match of a regular expression, which JavaScript prints as it is.
func Pattern(source string) StringCheck {
	return Format(regexp.MustCompile(source).MatchString, "Invalid string: must match pattern /"+source+"/")
}

// StartsWith wants a prefix.
func StartsWith(prefix string) StringCheck {
	return Format(func(s string) bool { return strings.HasPrefix(s, prefix) }, fmt.Sprintf("Invalid string: must start with %q", prefix))
}

// EndsWith wants a suffix.
func EndsWith(suffix string) StringCheck {
	return Format(func(s string) bool { return strings.HasSuffix(s, suffix) }, fmt.Sprintf("Invalid string: must end with %q", suffix))
}

// Format wants a format, and has its own message.
func Format(ok func(string) bool, message string) StringCheck {
	return check(ok, "invalid_format", message)
}

var (
	uuidRegexp  = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	emailRegexp = regexp.MustCompile(`^[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$`)
)

// The formats that Nango uses: an http or https URL, an email address, a UUID of any version, and "".
var (
	URL         = String(Format(IsURL, "Invalid URL"))
	Email       = Format(IsEmail, "Invalid email address")
	UUID        = String(Format(uuidRegexp.MatchString, "Invalid UUID"))
	EmptyString = Rule(func(v any, at []string, in *Issues) any {
		if v != "" {
			in.Add(at, "invalid_value", `Invalid input: expected ""`)
		}
		return v
	})
)

// IsEmail reports whether zod accepts s as an email address.
func IsEmail(s string) bool { return emailRegexp.MatchString(s) && !strings.Contains(s, "..") }

// IsURL reports whether s is an absolute http or https URL.
func IsURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

var (
	trueWords  = []string{"true", "1", "yes", "on", "y", "enabled"}
	falseWords = []string{"false", "0", "no", "off", "n", "disabled"}
	boolWords  = Enum(slices.Concat(trueWords, falseWords)...)
)

// StringBool reads a boolean that a query or a header has as a word.
var StringBool = Typed("string", func(s string, at []string, in *Issues) any {
	s = strings.ToLower(s)
	boolWords(s, at, in)
	return slices.Contains(trueWords, s)
})
