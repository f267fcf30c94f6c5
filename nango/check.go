package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
)

// Limits set by Nango. Lengths are in UTF-16 code units, as its server counts them.
const (
	MaxTags      = 10
	MaxTagKey    = 64
	MaxTagValue  = 255
	MaxNameBytes = 255 // for ids and keys, which are ASCII
)

const (
	letters       = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits        = "0123456789"
	idCharacters  = letters + digits + `,.;:=+~[]|@${}"'\/_ -`
	keyCharacters = letters + digits + `~:.@ _-`
	providerChars = letters + digits + `_-`
	tagCharacters = letters + digits + `_-./`
)

// UnusableReason reports why the connection can't be read or changed, if so. Nango accepts any connection id on
// import and lists it, but every other operation refuses characters outside a set (seen on v0.71.4), and an id of
// dots is lost in the path.
func (r ConnectionRef) UnusableReason() (reason string, refused bool) {
	switch {
	case r.ID == "":
		return "it has no connection id", true
	case r.ID == "." || r.ID == "..":
		return fmt.Sprintf("its id %q can't be used in a path", r.ID), true
	case len(r.ID) > MaxNameBytes && strings.Trim(r.ID, idCharacters) == "":
		return fmt.Sprintf("its id is longer than %d characters", MaxNameBytes), true
	}
	if bad := outside(r.ID, idCharacters); bad != "" {
		return fmt.Sprintf("its id contains %s: Nango accepts such an id on import and refuses it everywhere else", bad), true
	}
	if err := CheckIntegrationKey(r.Integration); err != nil {
		return err.Error(), true
	}
	return "", false
}

// UnusableReasonFor is [ConnectionRef.UnusableReason] for one operation. Tags and webhook override of a connection
// with the id "metadata" can't be changed, because that path belongs to the metadata operation.
func (r ConnectionRef) UnusableReasonFor(operation Operation) (reason string, refused bool) {
	if operation == OpConnectionUpdate && r.ID == "metadata" {
		return `its id "metadata" turns the path into that of another operation`, true
	}
	return r.UnusableReason()
}

func (r ConnectionRef) check(operation Operation) error {
	reason, refused := r.UnusableReasonFor(operation)
	return refuseIf(refused, "this connection can't be used: %s", reason)
}

// CheckConnectionID returns an error if the id could not be used after the import.
func CheckConnectionID(id string) error {
	reason, refused := ConnectionRef{Integration: "any", ID: id}.UnusableReason()
	return refuseIf(refused, "%s", reason)
}

// CheckIntegrationKey returns an error if Nango would refuse the integration key.
func CheckIntegrationKey(key string) error {
	return checkName("the integration key", key, keyCharacters)
}

// CheckProvider returns an error if Nango would refuse the provider name.
func CheckProvider(name string) error { return checkName("the provider name", name, providerChars) }

func checkName(what, name, allowed string) error {
	switch {
	case name == "":
		return fmt.Errorf("%s is empty", what)
	case name == "." || name == "..":
		return fmt.Errorf("%s %q can't be used in a path", what, name)
	}
	if bad := outside(name, allowed); bad != "" {
		return fmt.Errorf("%s contains %s, which Nango refuses", what, bad)
	}
	return refuseIf(len(name) > MaxNameBytes, "%s is longer than %d characters", what, MaxNameBytes)
}

// outside quotes the first character of text that is not allowed. It is empty if all are allowed.
func outside(text, allowed string) string {
	for _, r := range text {
		if !strings.ContainsRune(allowed, r) {
			return fmt.Sprintf("%q", r)
		}
	}
	return ""
}

// StoredTagKey is the tag key as Nango stores it: in lower case.
func StoredTagKey(key string) string { return strings.ToLower(key) }

// CheckTag returns an error if Nango would refuse the tag. Upper-case keys are valid; see [StoredTagKey].
func CheckTag(key, value string) error {
	noEmail := StoredTagKey(key) == TagUserEmail && !looksLikeEmail(value)
	return firstError(checkFilterTag(key, value), refuseIf(noEmail, "the tag %s must be an e-mail address", TagUserEmail))
}

func checkTagKey(key string) error {
	switch {
	case key == "":
		return errors.New("the tag has no key")
	case !strings.Contains(letters, key[:1]):
		return fmt.Errorf("the tag key %q must start with a letter from a to z", key)
	}
	if bad := outside(key, tagCharacters); bad != "" {
		return fmt.Errorf("the tag key %q contains %s; only letters, digits, - _ . and / are allowed", key, bad)
	}
	return refuseIf(len(key) > MaxTagKey, "the tag key %q is longer than %d characters", key, MaxTagKey)
}

func checkTagValue(key, value string) error {
	length := units(value)
	return firstError(refuseIf(length == 0, "the tag %s has no value; Nango refuses empty values", key),
		refuseIf(length > MaxTagValue, "the value of the tag %s has %d characters; the maximum is %d", key, length, MaxTagValue))
}

// units is the length in UTF-16 code units, as JavaScript counts it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// looksLikeEmail rejects only what is clearly not an e-mail address. The server decides about the rest.
func looksLikeEmail(text string) bool {
	name, domain, found := strings.Cut(text, "@")
	return found && name != "" && !strings.ContainsAny(text, " \t\r\n") &&
		!strings.Contains(domain, "@") && strings.Contains(strings.Trim(domain, "."), ".")
}

// CheckTags returns an error if Nango would refuse this set of tags.
func CheckTags(tags map[string]string) error { return checkTagMap(tags, CheckTag) }

// checkFilterTag is [CheckTag] for a filter, which may contain part of an e-mail address.
func checkFilterTag(key, value string) error {
	return firstError(checkTagKey(key), checkTagValue(key, value))
}

func checkTagMap(tags map[string]string, check func(key, value string) error) error {
	if len(tags) > MaxTags {
		return fmt.Errorf("%d tags are too many; the maximum is %d", len(tags), MaxTags)
	}
	seen := map[string]string{}
	for _, key := range sortedKeys(tags) {
		if err := check(key, tags[key]); err != nil {
			return err
		}
		stored := StoredTagKey(key)
		if other, double := seen[stored]; double {
			return fmt.Errorf("the tags %q and %q are the same: keys are stored in lower case", other, key)
		}
		seen[stored] = key
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// CheckMetadata returns an error if the metadata is not a JSON object.
func CheckMetadata(raw json.RawMessage) error { return checkObject("metadata", raw) }

// CheckConnectionConfig returns an error if the connection config is not a JSON object.
func CheckConnectionConfig(raw json.RawMessage) error {
	return checkObject("the connection config", raw)
}

func checkObject(what string, raw json.RawMessage) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return fmt.Errorf("%s is empty; {} is an empty object", what)
	}
	if err := checkJSON(what, raw); err != nil {
		return err
	}
	return refuseIf(raw[0] != '{', "%s must be a JSON object: {…}", what)
}

func checkJSON(what string, raw []byte) error {
	var value json.RawMessage
	if err := json.Unmarshal(raw, &value); err != nil {
		return fmt.Errorf("%s is not valid JSON: %w", what, jsonCause(err))
	}
	return nil
}

// CheckWebhookOverride returns an error if the address can't receive a connection's webhooks. An empty address
// removes the override. Nango also refuses its own, loopback and private hosts.
func CheckWebhookOverride(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	bad := err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http"
	return refuseIf(bad, "the webhook override must be a URL that starts with https://")
}

func checkWebhookOverride(address *string) error {
	if address == nil {
		return nil
	}
	return CheckWebhookOverride(*address)
}
