package facts

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Types of strings and numbers in a shape. A string that begins with "=" is a value that is kept.
const (
	String      = "string"
	Integer     = "integer"
	Number      = "number"
	UUID        = "uuid"
	URL         = "url"
	UTCTime     = "time Z"
	OffsetTime  = "time +00:00"
	LogID       = "log id"
	SessionLink = "session link"
	Session     = "session token"
)

var formats = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{UUID, regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)},
	{UTCTime, regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)},
	{OffsetTime, regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$`)},
	{LogID, regexp.MustCompile(`^\d{13}_\w{8}$`)},
	{Session, regexp.MustCompile(`^nango_connect_session_[0-9a-f]{64}$`)},
	{SessionLink, regexp.MustCompile(`^https?://\S+[?&]session_token=nango_connect_session_`)},
	{URL, regexp.MustCompile(`^https?://[^\s/]+`)},
}

// keptFields are the fields whose values decide what a client does, with the pattern of such a value.
var keptFields = func() map[string]*regexp.Regexp {
	word, phrase := regexp.MustCompile(`^[A-Za-z][\w-]{0,60}$`), regexp.MustCompile(`^[a-z0-9 ]{1,40}$`)
	cursor := regexp.MustCompile(`^[\w+/=-]{1,200}$`)
	kept := map[string]*regexp.Regexp{"frequency": phrase, "runs": phrase, "cursor": cursor, "next_cursor": cursor,
		"jsonrpc": regexp.MustCompile(`^2\.0$`)}
	for _, name := range []string{"auth_mode", "code", "event", "function_type", "last_action", "latestExecutionStatus", "source",
		"status", "sync_type", "type", "variant"} {
		kept[name] = word
	}
	// A client recognizes four messages by their beginnings.
	kept["message"] = regexp.MustCompile(`^(Insufficient scope\. Required( one of)?: [\w:*-]+( or [\w:*-]+)*|` +
		`API key is not authorized|ConnectionID or IntegrationId does not exist|Failed to get connection( credentials)?)`)
	// Log tools fail with a text.
	kept["text"] = regexp.MustCompile(`^(Nango logs are disabled|Operation not found|` +
		`MCP error -32602: (Tool \w+ (disabled|not found)|Input validation error: Invalid arguments for tool \w+: [\w :"<>=-]{1,60}))`)
	return kept
}()

// ShapeOf returns the shape of a JSON value. It is a JSON value itself, with the type in place of each string and number, and
// true, false and null unchanged. Equal items of a list that follow each other are written once, after "*" and their number.
func ShapeOf(value any) any { return shapeOf("", value) }

func shapeOf(field string, value any) any {
	switch value := value.(type) {
	case []any:
		return fold(mapped(field, value, shapeOf).([]any))
	case string:
		return typeOf(field, value)
	case json.Number:
		if strings.ContainsAny(value.String(), ".eE") {
			return Number
		}
		return Integer
	}
	return mapped(field, value, shapeOf)
}

func typeOf(field, text string) string {
	if text == "" {
		return "="
	}
	if pattern := keptFields[field]; pattern != nil {
		if kept := pattern.FindString(text); kept != "" {
			return "=" + kept
		}
	}
	for _, format := range formats {
		if format.pattern.MatchString(text) {
			return format.name
		}
	}
	return String
}

// fold writes equal items that follow each other once.
func fold(items []any) []any {
	folded := []any{}
	for i := 0; i < len(items); {
		end := i + 1
		for end < len(items) && reflect.DeepEqual(items[end], items[i]) {
			end++
		}
		if end-i > 1 {
			folded = append(folded, "*"+strconv.Itoa(end-i))
		}
		folded = append(folded, items[i])
		i = end
	}
	return folded
}

// Items returns the shapes of all items of a list, one for each.
func Items(folded []any) []any {
	var items []any
	count := 1
	for _, item := range folded {
		if text, ok := item.(string); ok && strings.HasPrefix(text, "*") {
			count, _ = strconv.Atoi(text[1:])
			continue
		}
		items = append(items, slices.Repeat([]any{item}, count)...)
		count = 1
	}
	return items
}

func diff(path string, want, got any) error {
	switch want := want.(type) {
	case *Object:
		have, ok := got.(*Object)
		switch {
		case !ok:
			return fmt.Errorf("%s: %s, want an object", path, encode(got))
		case IsVendors(path, want) && want.Text("type") == have.Text("type"):
			return nil
		case !slices.Equal(want.Keys, have.Keys):
			return fmt.Errorf("%s: fields %q, want %q", path, have.Keys, want.Keys)
		}
		for _, key := range want.Keys {
			if err := diff(path+"."+key, want.Values[key], have.Values[key]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		have, ok := got.([]any)
		if !ok {
			return fmt.Errorf("%s: %s, want a list", path, encode(got))
		}
		items, haveItems := Items(want), Items(have)
		if len(items) != len(haveItems) {
			return fmt.Errorf("%s: %d items, want %d", path, len(haveItems), len(items))
		}
		for i, item := range items {
			if err := diff(fmt.Sprintf("%s[%d]", path, i), item, haveItems[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if want != got && !isGenerated(path, want, got) {
		return fmt.Errorf("%s: %s, want %s", path, encode(got), encode(want))
	}
	return nil
}

// isGenerated reports whether two types of a string differ only because each server generates its value.
func isGenerated(path string, want, got any) bool {
	a, aIsText := want.(string)
	b, bIsText := got.(string)
	isNumber := func(text string) bool { return text == Integer || text == Number }
	return aIsText && bIsText && !isNumber(a) && !isNumber(b) && (IsOwn(path, nil) || Stable(path, a) == Stable(path, b))
}

// IsVendors reports whether an object, or its shape, comes from a stand-in for a vendor. It proves nothing about Nango.
func IsVendors(path string, object *Object) bool {
	return strings.HasSuffix(path, ".credentials") && strings.TrimPrefix(object.Text("type"), "=") == "APP"
}

// generated matches what each server generates: UUIDs, times, log ids and tokens. The form of a time remains.
var generated = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|` +
	`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+|\d{13}_\w{8}|nango_connect_session_[0-9a-f]{64}|` +
	`oauth_(nonce|signature|timestamp)="[^"]+"|-{26}[0-9a-f]{24}`)

// ownFields are fields whose value depends on the server: its addresses, and responses of stand-ins for vendors.
var ownFields = []string{".connect_link", ".webhook_url", ".access_token", ".scope", ".secret"}

// IsOwn reports whether the value of a field is the server's own, so that two servers may differ in it.
func IsOwn(path string, value any) bool {
	_, isNumber := value.(json.Number)
	return isNumber && strings.HasSuffix(path, ".id") ||
		slices.ContainsFunc(ownFields, func(field string) bool { return strings.HasSuffix(path, field) })
}

// Stable returns a value as text, with * for what each server generates. A cursor is decoded: it holds a time and a UUID.
func Stable(path string, value any) string {
	text := fmt.Sprint(value)
	if strings.HasSuffix(path, "cursor") {
		if data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "=")); err == nil {
			text = string(data)
		}
	}
	return generated.ReplaceAllString(text, "*")
}

// checksum returns a checksum of all stable values with their paths.
func checksum(value any) string {
	sum := sha256.New()
	addValues(sum, "", value)
	return fmt.Sprintf("%x", sum.Sum(nil)[:6])
}

func addValues(sum hash.Hash, path string, value any) {
	switch value := value.(type) {
	case *Object:
		if IsVendors(path, value) {
			return
		}
		for _, key := range value.Keys {
			addValues(sum, path+"."+key, value.Values[key])
		}
	case []any:
		for i, item := range value {
			addValues(sum, fmt.Sprintf("%s[%d]", path, i), item)
		}
	default:
		if !IsOwn(path, value) {
			_, _ = io.WriteString(sum, path+"="+Stable(path, value)+"\n")
		}
	}
}
