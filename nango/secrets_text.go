package nango

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Shapes of unknown secrets.
var (
	bearerShape = regexp.MustCompile(`(?i)(bearer(?:\s|%20|\+)+)[A-Za-z0-9._~+/=-]{8,}`)
	tokenShape  = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}` +
		`\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?|nango_(?:connect|agent)_session_(?i:[0-9a-f]{8,})`)
)

func maskShaped(text string) string {
	if !strings.Contains(text, "eyJ") && !strings.Contains(text, "_session_") && !containsBearer(text) {
		return text // nearly every text
	}
	text = bearerShape.ReplaceAllString(text, "${1}"+Masked)
	return tokenShape.ReplaceAllLiteralString(text, Masked)
}

// containsBearer searches for the word in any case, starting from its rarest letters.
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

// maskNamed masks values whose names sound like secrets, as quoted in errors and logs: JSON members, also within a
// JSON string, and URL parameters.
func maskNamed(text string) string {
	if strings.Contains(text, `":`) || strings.Contains(text, `" :`) {
		text = maskBeside(':', memberAt, text)
	}
	if strings.IndexByte(text, '=') >= 0 && strings.ContainsAny(text, "?&") {
		text = maskBeside('=', parameterAt, text)
	}
	return text
}

// beside is a value with a name before it, as offsets of the start, the name and the value in the text.
type beside struct{ begin, name, nameEnd, value, end int }

// maxNameBeside is the maximum length of a name, in characters.
const maxNameBeside = 64

// maskBeside checks each character that can separate a name from a value. It doesn't use a regular expression,
// because a body of 5 MB must appear without delay.
func maskBeside(sign byte, valueAt func(text string, sign int) (beside, bool), text string) string {
	var out strings.Builder
	shown, last := 0, 0
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], sign)
		if n < 0 {
			break
		}
		at += n
		b, found := valueAt(text, at)
		if !found || b.begin < last {
			continue
		}
		last, at = b.end, b.end-1 // a value contains no further pairs
		if !soundsSecret(text[b.name:b.nameEnd]) || text[b.value:b.end] == Masked {
			continue
		}
		out.WriteString(text[shown:b.value])
		out.WriteString(Masked)
		shown = b.end
	}
	if shown == 0 {
		return text
	}
	out.WriteString(text[shown:])
	return out.String()
}

const blanks = " \t\n\f\r"

// memberAt finds "name":"value" around a colon, without the closing quote. The quotes may be escaped.
func memberAt(text string, colon int) (b beside, found bool) {
	end, quoted := strings.CutSuffix(strings.TrimRight(text[:colon], blanks), `"`)
	end = strings.TrimSuffix(end, `\`)
	b.nameEnd = len(end)
	b.name, found = nameBefore(end, `"\`)
	if !quoted || !found || text[b.name-1] != '"' {
		return b, false
	}
	b.begin = b.name - 1
	rest, quoted := strings.CutPrefix(strings.TrimPrefix(strings.TrimLeft(text[colon+1:], blanks), `\`), `"`)
	b.value = len(text) - len(rest)
	for b.end = b.value; b.end < len(text) && text[b.end] != '"'; b.end++ {
		if text[b.end] != '\\' {
			continue
		}
		if b.end+1 == len(text) || text[b.end+1] == '"' {
			break
		}
		b.end++
	}
	return b, quoted && b.end > b.value
}

// parameterAt finds ?name=value or &name=value around an equals sign.
func parameterAt(text string, equals int) (b beside, found bool) {
	b.nameEnd = equals
	b.name, found = nameBefore(text[:equals], `=&?#"`+blanks)
	if !found || text[b.name-1] != '?' && text[b.name-1] != '&' {
		return b, false
	}
	b.begin, b.value = b.name-1, equals+1
	b.end = len(text)
	if n := strings.IndexAny(text[b.value:], `&#"'<>\`+blanks); n >= 0 {
		b.end = b.value + n
	}
	return b, b.end > b.value
}

// nameBefore is where the name at the end of a text starts: after the last character that names don't contain, which
// must be near.
func nameBefore(text, none string) (begin int, found bool) {
	far := max(len(text)-utf8.UTFMax*maxNameBeside-1, 0)
	begin = far + strings.LastIndexAny(text[far:], none) + 1
	return begin, begin > far && begin < len(text) && utf8.RuneCountInString(text[begin:]) <= maxNameBeside
}
