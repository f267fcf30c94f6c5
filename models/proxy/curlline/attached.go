package curlline

import (
	"regexp"
	"strings"
)

var (
	// placeholder matches one at the start of a word, and spacedPlaceholder one that touches the word before it. Redirections
	// from one file to another have a space between.
	placeholder       = regexp.MustCompile("^<[^\\s<>\"'`|&;()]+>")
	spacedPlaceholder = regexp.MustCompile("^<[^\n<>\"'`|&;()]{1,60}>")
	// parameter matches what continues a query or a form: a shell would run a command in the background and set a variable.
	parameter = regexp.MustCompile(`^&+(?:amp;)?[\w.\[\]%$-]+=`)
	// pipe matches a pipe to a program that often follows curl.
	pipe = regexp.MustCompile(`^\|\s*(?:jq|yq|python3?|node|grep|head|tail|less|more|cat|tee|sh|bash|sort|wc|awk|sed|xargs|tar|` +
		`findstr|clip|pbcopy|xmllint|gunzip|base64)(?:\s|$)`)
)

// attachedLength returns how many bytes at an operator of the shell belong to the word, though the shell ends it there: docs
// and people paste URLs without quotes. It is 0 for a true operator. The error is for what may be either, because a request
// must not get a shorter URL or body than its author meant.
func attachedLength(line string, pos int, word string) (int, error) {
	rest := line[pos:]
	if match := placeholder.FindString(rest); match != "" {
		return len(match), nil
	}
	if match := parameter.FindString(rest); match != "" && strings.ContainsAny(word, "?=") {
		return len(match), nil
	} else if match != "" && rest[1] != '&' {
		return 0, errorAt(pos, errAttached, "&")
	}
	sign, next := rest[:1], strings.TrimLeft(rest, rest[:1])
	isRedirection := sign == "<" || sign == ">"
	switch ends := next == "" || strings.ContainsAny(next[:1], " \t\n"); {
	case word == "", isRedirection && strings.Trim(word, "0123456789") == "":
		return 0, nil
	case isRedirection:
		if match := spacedPlaceholder.FindString(rest); match != "" {
			return len(match), nil
		}
	case ends, pipe.MatchString(rest):
		return 0, nil
	case sign == "&" && len(rest) == len(next)+1 && next[0] != '>' && strings.Contains(word, "?"):
		return 1, nil
	}
	if strings.ContainsAny(line[pos-1:pos], `"'`) {
		return 0, nil // whoever writes quotes knows what stands outside of them
	}
	return 0, errorAt(pos, errAttached, sign)
}

var optionStart = regexp.MustCompile(`^["']?--?[A-Za-z]`)

// optionsFollow reports whether the first command after an operator would be an option: then the operator is no end.
func optionsFollow(rest string) bool {
	return optionStart.MatchString(strings.TrimLeft(rest, ";&| \t\n\\^"))
}
