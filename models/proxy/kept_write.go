package proxy

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// keptHead is what the file begins with.
const keptHead = `# Requests to providers that were kept under a name. Change them here, or in the dashboard, which writes this file anew
# whenever a request is kept, renamed or dropped: comments are lost then. No secret belongs in here, and none is
# taken: Nango adds the credentials of the connection.
requests:`

// WriteKept is the file of kept requests, in their order. It refuses a request that [Kept.Check] refuses. What it returns
// was read again, and gave the same.
func WriteKept(all []Kept, clean func(string) bool) ([]byte, error) {
	if len(all) > MaxKept {
		return nil, fmt.Errorf("more than %d requests are not kept: drop one first", MaxKept)
	}
	var out strings.Builder
	out.WriteString(keptHead)
	if len(all) == 0 {
		out.WriteString(" []")
	}
	out.WriteByte('\n')
	for _, k := range all {
		if err := k.Check(clean); err != nil {
			return nil, fmt.Errorf("%q: %w", k.Name, err)
		}
		k.write(&out)
	}
	if out.Len() > MaxKeptFile {
		return nil, fmt.Errorf("all kept requests together have more than %d MB: drop one first", MaxKeptFile>>20)
	}
	again, err := ReadKept([]byte(out.String()))
	if err != nil {
		return nil, fmt.Errorf("what would be written cannot be read again: %w", err)
	}
	if len(all) > 0 && !reflect.DeepEqual(plainKept(again), plainKept(all)) {
		return nil, errors.New("what would be written does not read the same again, so that nothing was written")
	}
	return []byte(out.String()), nil
}

// plainKept is the requests with no list where one is empty.
func plainKept(all []Kept) []Kept {
	plain := make([]Kept, len(all))
	for i, k := range all {
		if len(k.Headers) == 0 {
			k.Headers = nil
		}
		if len(k.RetryOn) == 0 {
			k.RetryOn = nil
		}
		plain[i] = k
	}
	return plain
}

func (k Kept) write(out *strings.Builder) {
	fmt.Fprintf(out, "  - name: %s\n", yamlText(k.Name))
	text := func(name, value string) {
		if value != "" {
			fmt.Fprintf(out, "    %s: %s\n", name, yamlText(value))
		}
	}
	text("integration", k.Integration)
	text("connection", k.Connection)
	text("method", k.Method)
	text("path", k.Path)
	text("query", k.Query)
	if len(k.Headers) > 0 {
		out.WriteString("    headers:\n")
	}
	for _, header := range k.Headers {
		fmt.Fprintf(out, "      - %s\n", quotedText(header.Name+": "+header.Value))
	}
	text("bodyType", k.BodyType)
	if block, fits := blockText(k.Body, "      "); fits {
		fmt.Fprintf(out, "    body: %s", block)
	} else {
		text("body", k.Body)
	}
	if k.Retries != 0 {
		fmt.Fprintf(out, "    retries: %d\n", k.Retries)
	}
	if len(k.RetryOn) > 0 {
		fmt.Fprintf(out, "    retryOn: [%s]\n", strings.Trim(strings.Join(strings.Fields(fmt.Sprint(k.RetryOn)), ", "), "[]"))
	}
	text("baseURL", k.BaseURL)
	for _, flag := range []struct {
		name string
		yes  *bool
	}{{"decompress", k.Decompress}, {"forwardHeaders", k.ForwardHeaders}} {
		if flag.yes != nil {
			fmt.Fprintf(out, "    %s: %t\n", flag.name, *flag.yes)
		}
	}
}

// bareText is what YAML takes for a text without quotes; a word that it takes for something else is in bareWords.
var (
	bareText  = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9 _./-]*[A-Za-z0-9/]$`)
	bareWords = regexp.MustCompile(`(?i)^(?:true|false|null|yes|no|on|off|nan|inf)$`)
)

// yamlText writes a text on one line.
func yamlText(text string) string {
	if bareText.MatchString(text) && !bareWords.MatchString(text) {
		return text
	}
	return quotedText(text)
}

// quotedText writes a text in double quotes. What is not printable becomes an escape, which YAML reads as Go does.
func quotedText(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case strconv.IsPrint(r) && r != '\u00a0' && r != '\ufeff':
			out.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04X`, r)
		default:
			fmt.Fprintf(&out, `\U%08X`, r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// blockText writes a text of several lines as such, if YAML gives it back as it is: without tabs, blanks at the ends of
// lines, or anything that cannot be seen.
func blockText(text, indent string) (block string, fits bool) {
	body, ended := strings.CutSuffix(text, "\n")
	if !strings.Contains(body, "\n") || strings.HasPrefix(body, " ") || strings.HasPrefix(body, "\n") || strings.HasSuffix(body, "\n") || !utf8.ValidString(body) {
		return "", false
	}
	var out strings.Builder
	out.WriteString("|")
	if !ended {
		out.WriteString("-")
	}
	out.WriteByte('\n')
	for line := range strings.SplitSeq(body, "\n") {
		if strings.TrimRight(line, " ") != line || strings.ContainsFunc(line, func(r rune) bool { return !strconv.IsPrint(r) }) {
			return "", false
		}
		if line != "" {
			out.WriteString(indent + line)
		}
		out.WriteByte('\n')
	}
	return out.String(), true
}
