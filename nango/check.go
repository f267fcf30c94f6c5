package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
)

// Bounds that Nango sets. Lengths are UTF-16 units, as its server counts them.
const (
	MaxTags      = 10
	MaxTagKey    = 64
	MaxTagValue  = 255
	MaxNameBytes = 255 // of ids and keys, which are ASCII
)

const (
	letters       = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits        = "0123456789"
	idCharacters  = letters + digits + `,.;:=+~[]|@${}"'\/_ -`
	keyCharacters = letters + digits + `~:.@ _-`
	providerChars = letters + digits + `_-`
	tagCharacters = letters + digits + `_-./`
)

// Refused says why Nango does not let anybody touch the connection, and whether it is so. Any text is
// accepted as a connection id at import, and listed; everywhere else characters outside a set are refused
// (seen on v0.71.4), and an id of dots is lost in the path.
func (r ConnectionRef) UnusableReason() (reason string, refused bool) {
	switch {
	case r.ID == "":
		return "it has no connection id", true
	case r.ID == "." || r.ID == "..":
		return fmt.Sprintf("its id %q cannot stand in a path", r.ID), true
	case len(r.ID) > MaxNameBytes && strings.Trim(r.ID, idCharacters) == "":
		return fmt.Sprintf("its id is longer than %d characters", MaxNameBytes), true
	}
	if bad := outside(r.ID, idCharacters); bad != "" {
		return fmt.Sprintf("its id holds %s: Nango takes such an id at import and refuses it everywhere else", bad), true
	}
	if err := CheckIntegrationKey(r.Integration); err != nil {
		return err.Error(), true
	}
	return "", false
}

// UnusableReasonFor is [ConnectionRef.Refused] for one operation: an id "metadata" is fine but for changing tags and
// webhook override, since that path is the one for metadata.
func (r ConnectionRef) UnusableReasonFor(operation Operation) (reason string, refused bool) {
	if operation == OpConnectionUpdate && r.ID == "metadata" {
		return `its id "metadata" makes the path of another operation`, true
	}
	return r.UnusableReason()
}

func (r ConnectionRef) check(operation Operation) error {
	if reason, refused := r.UnusableReasonFor(operation); refused {
		return fmt.Errorf("this connection cannot be reached: %s", reason)
	}
	return nil
}

// CheckConnectionID says whether an id is one that can be used after the import.
func CheckConnectionID(id string) error {
	if reason, refused := (ConnectionRef{Integration: "any", ID: id}).UnusableReason(); refused {
		return errors.New(reason)
	}
	return nil
}

// CheckIntegrationKey says whether Nango takes the text as the key of an integration.
func CheckIntegrationKey(key string) error {
	return checkName("the integration's key", key, keyCharacters)
}

// CheckProvider says whether Nango takes the text as the name of a provider.
func CheckProvider(name string) error {
	return checkName("the provider's name", name, providerChars)
}

func checkName(what, name, allowed string) error {
	switch {
	case name == "":
		return fmt.Errorf("%s is empty", what)
	case name == "." || name == "..":
		return fmt.Errorf("%s %q cannot stand in a path", what, name)
	}
	if bad := outside(name, allowed); bad != "" {
		return fmt.Errorf("%s holds %s, which Nango refuses", what, bad)
	}
	if len(name) > MaxNameBytes {
		return fmt.Errorf("%s is longer than %d characters", what, MaxNameBytes)
	}
	return nil
}

// outside quotes the first character that is not in the set, or is empty.
func outside(text, allowed string) string {
	for _, r := range text {
		if !strings.ContainsRune(allowed, r) {
			return fmt.Sprintf("%q", r)
		}
	}
	return ""
}

// StoredTagKey is the key under which Nango keeps a tag: in lower case.
func StoredTagKey(key string) string { return strings.ToLower(key) }

// CheckTag says whether Nango takes one tag. A key in capitals is taken, and kept as [StoredTagKey] has it.
func CheckTag(key, value string) error {
	if err := checkTagKey(key); err != nil {
		return err
	}
	if err := checkTagValue(key, value); err != nil {
		return err
	}
	if StoredTagKey(key) == TagUserEmail && !looksLikeEmail(value) {
		return fmt.Errorf("the tag %s must be an e-mail address", TagUserEmail)
	}
	return nil
}

func checkTagKey(key string) error {
	switch {
	case key == "":
		return errors.New("a tag needs a key")
	case !strings.Contains(letters, key[:1]):
		return fmt.Errorf("the tag key %q must begin with a letter from a to z", key)
	}
	if bad := outside(key, tagCharacters); bad != "" {
		return fmt.Errorf("the tag key %q holds %s; letters, digits, - _ . and / are allowed", key, bad)
	}
	if len(key) > MaxTagKey {
		return fmt.Errorf("the tag key %q is longer than %d characters", key, MaxTagKey)
	}
	return nil
}

func checkTagValue(key, value string) error {
	switch length := units(value); {
	case length == 0:
		return fmt.Errorf("the tag %s has no value; Nango refuses an empty one", key)
	case length > MaxTagValue:
		return fmt.Errorf("the value of the tag %s has %d characters; %d are allowed", key, length, MaxTagValue)
	}
	return nil
}

// units is the length as JavaScript counts it.
func units(text string) int {
	count := 0
	for _, r := range text {
		count += max(utf16.RuneLen(r), 1)
	}
	return count
}

// looksLikeEmail refuses what is surely none; the server is the judge of the rest.
func looksLikeEmail(text string) bool {
	name, domain, found := strings.Cut(text, "@")
	return found && name != "" && !strings.ContainsAny(text, " \t\r\n") &&
		!strings.Contains(domain, "@") && strings.Contains(strings.Trim(domain, "."), ".")
}

// CheckTags says whether Nango takes these tags together.
func CheckTags(tags map[string]string) error {
	return checkTagMap(tags, CheckTag)
}

// checkTagFilter is [CheckTags] for a filter, which may hold half an e-mail address.
func checkTagFilter(tags map[string]string) error {
	return checkTagMap(tags, func(key, value string) error {
		return firstError(checkTagKey(key), checkTagValue(key, value))
	})
}

func checkTagMap(tags map[string]string, check func(key, value string) error) error {
	if len(tags) > MaxTags {
		return fmt.Errorf("%d tags are too many; a connection has at most %d", len(tags), MaxTags)
	}
	seen := map[string]string{}
	for _, key := range sortedKeys(tags) {
		if err := check(key, tags[key]); err != nil {
			return err
		}
		stored := StoredTagKey(key)
		if other, double := seen[stored]; double {
			return fmt.Errorf("the tags %q and %q are the same tag: keys are kept in lower case", other, key)
		}
		seen[stored] = key
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// CheckMetadata says whether the text is a JSON object, which is all that metadata can be.
func CheckMetadata(raw json.RawMessage) error {
	return checkObject("metadata", raw)
}

// CheckConnectionConfig says whether the text is a JSON object, which is all that a connection config can be.
func CheckConnectionConfig(raw json.RawMessage) error {
	return checkObject("the connection config", raw)
}

func checkObject(what string, raw json.RawMessage) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return fmt.Errorf("%s is empty; {} is an object without keys", what)
	}
	if !json.Valid(raw) {
		var value any
		return fmt.Errorf("%s is not valid JSON: %w", what, jsonCause(json.Unmarshal(raw, &value)))
	}
	if raw[0] != '{' {
		return fmt.Errorf("%s must be a JSON object, that is {…}", what)
	}
	return nil
}

// CheckWebhookOverride says whether the text can be the address for a connection's webhooks; an empty one
// removes it. Nango also refuses its own hosts, and loopback and private ones.
func CheckWebhookOverride(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http" {
		return errors.New("the webhook override must be a whole URL that begins with https://")
	}
	return nil
}

func checkWebhookOverride(address *string) error {
	if address == nil {
		return nil
	}
	return CheckWebhookOverride(*address)
}
