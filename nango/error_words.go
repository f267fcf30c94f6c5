package nango

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// This file finds what an error response says in words, whatever its form. The forms are those of hundreds of providers, which
// Nango passes on in the payload of its own errors, and of what stands in front of a server.

// Words returns what a text says in words, in one line of at most 500 characters, whatever its form: JSON, also within a string, XML
// such as a SOAP fault, a web page, or plain text. Secrets are masked, also those that only mask knows; a nil mask knows none. It is
// empty if the text holds no words, and not sanitized for a terminal.
func Words(raw []byte, mask func(string) string) string {
	if mask == nil {
		mask = func(text string) string { return text }
	}
	return wordsBy(MaskJSONBy(raw[:min(len(raw), maxWordsBytes)], mask), func(text string) string {
		var shapes *Secrets
		return mask(shapes.Mask(text))
	})
}

// Bounds for the words of an error.
const (
	maxWordsDepth = 10
	maxWordsParts = 5
	// maxWordsBytes is the longest JSON that is decoded for its words. It takes many times its size in memory.
	maxWordsBytes = 1 << 20
	// maxPage is how much of a web page is searched for its title, in bytes.
	maxPage = 64 << 10
)

// wordKeys are the names under which errors say what is wrong: codes first, then sentences, then what wraps another error.
var wordKeys = []string{
	"code", "error_code", "errorcode", "type", "status", "name", "error", "title",
	"error_description", "error_message", "errormessage", "message", "msg", "reason", "description", "detail", "details", "faultstring",
	"fault", "errors", "error_details", "cause", "data", "datamessage", "body", "response", "payload",
}

// notWords are names in Nango's own payloads that say nothing about the error.
var notWords = []string{"connection"}

// words returns what a text says, such as "invalid_grant: Token has been expired or revoked." It is empty if that holds no words. The
// text must be masked. What it says is masked once more, because unpacking can bring out a secret.
func words(masked []byte, secrets *Secrets) string { return wordsBy(masked, secrets.Mask) }

func wordsBy(masked []byte, mask func(string) string) string {
	var value any
	if len(masked) > maxWordsBytes || json.Unmarshal(masked, &value) != nil {
		return bounded(mask(textWords(string(masked[:min(len(masked), maxPage)]))))
	}
	return bounded(mask(valueWords(value, 0)))
}

func valueWords(value any, depth int) string {
	if depth > maxWordsDepth {
		return ""
	}
	switch value := value.(type) {
	case string:
		return stringWords(value, depth)
	case []any:
		var parts []string
		for _, element := range value {
			if part := valueWords(element, depth+1); part != "" && len(parts) < maxWordsParts {
				parts = addWords(parts, part)
			}
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		return objectWords(value, depth)
	}
	return ""
}

// stringWords unpacks JSON and HTML within a string.
func stringWords(text string, depth int) string {
	var value any
	if trimmed := strings.TrimSpace(text); trimmed != "" && strings.Contains(`{["`, trimmed[:1]) {
		if json.Unmarshal([]byte(trimmed), &value) == nil {
			return valueWords(value, depth+1)
		}
	}
	return textWords(text)
}

// objectWords joins what the known names of an object say. An object without any says all its texts.
func objectWords(object map[string]any, depth int) string {
	names, lower := slices.Sorted(maps.Keys(object)), map[string]any{}
	for _, name := range names {
		lower[strings.ToLower(name)] = object[name]
	}
	var parts []string
	for _, name := range wordKeys {
		if part := valueWords(lower[name], depth+1); part != "" {
			parts = addWords(parts, part)
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, ": ")
	}
	for _, name := range names {
		if part := valueWords(object[name], depth+1); part != "" && !slices.Contains(notWords, name) && len(parts) < maxWordsParts {
			parts = append(parts, name+" "+part)
		}
	}
	return strings.Join(parts, ", ")
}

// addWords adds a part unless the parts say it already.
func addWords(parts []string, part string) []string {
	if slices.ContainsFunc(parts, func(other string) bool { return strings.Contains(other, part) }) {
		return parts
	}
	return append(slices.DeleteFunc(parts, func(other string) bool { return strings.Contains(part, other) }), part)
}

// textWords is a text on one line, the title of a web page, or what XML says.
func textWords(text string) string {
	if isPage(text) {
		return pageTitle(text)
	}
	if said := xmlWords(text); said != "" {
		return said
	}
	return strings.Join(strings.Fields(text), " ")
}

var pageStart = regexp.MustCompile(`(?i)^\s*(<!doctype|<html|<head|<body|<title|<h1|<\?xml[^>]*>\s*<!doctype html)`)

func isPage(text string) bool { return pageStart.MatchString(strings.TrimPrefix(text, "\ufeff")) }

// pageTitle returns the title of a web page, and its first heading if it says more.
func pageTitle(page string) string {
	page = page[:min(len(page), maxPage)]
	tokens := html.NewTokenizer(strings.NewReader(page))
	texts, inside := map[string]string{}, ""
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			title, heading := texts["title"], texts["h1"]
			return strings.Join(addWords(addWords(nil, title), heading), ": ")
		case html.StartTagToken:
			name, _ := tokens.TagName()
			if inside = string(name); texts[inside] != "" {
				inside = ""
			}
		case html.EndTagToken:
			inside = ""
		case html.TextToken:
			if inside == "title" || inside == "h1" {
				texts[inside] = strings.Join(strings.Fields(string(tokens.Text())), " ")
			}
		}
	}
}

// xmlWords returns what the elements of XML with known names say, such as those of a SOAP fault, whatever their namespace. Without any
// it returns all texts. It is empty if the text isn't XML. XML that is cut off says what comes before.
func xmlWords(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	decoder := xml.NewDecoder(strings.NewReader(text[:min(len(text), maxPage)]))
	decoder.Strict, decoder.CharsetReader = false, func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var known, all []string
	var path []string
	for len(known) < maxWordsParts {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			path = append(path, strings.ToLower(token.Name.Local))
		case xml.EndElement:
			path = path[:max(len(path)-1, 0)]
		case xml.CharData:
			said := strings.Join(strings.Fields(string(token)), " ")
			switch {
			case said == "" || len(path) == 0:
			case slices.Contains(wordKeys, path[len(path)-1]) || slices.Contains(xmlKeys, path[len(path)-1]):
				known = addWords(known, said)
			case len(all) < maxWordsParts:
				all = addWords(all, said)
			}
		}
	}
	if len(known) > 0 {
		return strings.Join(known, ": ")
	}
	return strings.Join(all, ", ")
}

// xmlKeys are names of elements that say what is wrong, besides [wordKeys].
var xmlKeys = []string{"faultcode", "text", "value", "exceptioncode", "exceptionmessage", "summary"}

// withoutBOM removes a byte order mark, which some gateways put before JSON. Go's decoder doesn't accept one.
func withoutBOM(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\ufeff")) }
