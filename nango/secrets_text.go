package nango

import (
	"regexp"
	"strings"
)

// Shapes of secrets that nobody has told us of.
var (
	bearerShape = regexp.MustCompile(`(?i)(bearer(?:\s|%20|\+)+)[A-Za-z0-9._~+/=-]{8,}`)
	tokenShape  = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?|nango_(?:connect|agent)_session_(?i:[0-9a-f]{8,})`)
)

func maskShaped(text string) string {
	if !maybeShaped(text) {
		return text
	}
	text = bearerShape.ReplaceAllString(text, "${1}"+Masked)
	return tokenShape.ReplaceAllLiteralString(text, Masked)
}

// maybeShaped is a quick no for nearly every text.
func maybeShaped(text string) bool {
	return strings.Contains(text, "eyJ") || strings.Contains(text, "_session_") || containsBearer(text)
}

// containsBearer looks for the word in any case, by the letters that are rarest.
func containsBearer(text string) bool {
	for i := strings.IndexAny(text, "bB"); i >= 0 && i+6 <= len(text); {
		if strings.EqualFold(text[i:i+6], "bearer") {
			return true
		}
		next := strings.IndexAny(text[i+1:], "bB")
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// Values with a name beside them, as errors and logs quote them: a member of JSON, also within a string of JSON, and a
// parameter of an address. The name is the second group, the value the last.
var (
	memberShape    = regexp.MustCompile(`(\\?")([^"\\]{1,64})(\\?"\s*:\s*\\?")((?:[^"\\]|\\[^"])+)`)
	parameterShape = regexp.MustCompile(`([?&])([^=&?#\s"]{1,64})(=)([^&#\s"'<>\\]+)`)
)

// maskNamed hides the values whose names sound like secrets.
func maskNamed(text string) string {
	if strings.Contains(text, `":`) || strings.Contains(text, `" :`) {
		text = maskBeside(memberShape, text)
	}
	if strings.IndexByte(text, '=') >= 0 && strings.ContainsAny(text, "?&") {
		text = maskBeside(parameterShape, text)
	}
	return text
}

func maskBeside(shape *regexp.Regexp, text string) string {
	var out strings.Builder
	shown := 0
	for _, at := range shape.FindAllStringSubmatchIndex(text, -1) {
		name, from, to := text[at[4]:at[5]], at[8], at[9]
		if !soundsSecret(name) || text[from:to] == Masked {
			continue
		}
		out.WriteString(text[shown:from])
		out.WriteString(Masked)
		shown = to
	}
	if shown == 0 {
		return text
	}
	out.WriteString(text[shown:])
	return out.String()
}
