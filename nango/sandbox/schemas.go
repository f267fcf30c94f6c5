package sandbox

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The patterns that several operations share, with the text in which JavaScript prints them.
const (
	connectionIDPattern = `^[a-zA-Z0-9,.;:=+~[\]|@${}"'\\/_ -]+$`
	integrationPattern  = `^[a-zA-Z0-9~:.@ _-]+$`
	providerPattern     = `^[a-zA-Z0-9_-]+$`
	tagKeyPattern       = `^[a-zA-Z][a-zA-Z0-9_\-./]*$`
	maxNameLength       = 255
	maxTags             = 10
	maxTagKey           = 64
)

var (
	connectionIDRegexp = regexp.MustCompile(`^[a-zA-Z0-9,.;:=+~\[\]|@${}"'\\/_ -]+$`)
	integrationRegexp  = regexp.MustCompile(integrationPattern)
	providerRegexp     = regexp.MustCompile(providerPattern)
	tagKeyRegexp       = regexp.MustCompile(tagKeyPattern)
	emailRegexp        = regexp.MustCompile(`^[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$`)
)

var (
	connectionIDRule = text(matches(connectionIDRegexp, connectionIDPattern), atMost(maxNameLength))
	integrationRule  = text(matches(integrationRegexp, integrationPattern), atMost(maxNameLength))
	providerRule     = text(matches(providerRegexp, providerPattern), atMost(maxNameLength))
	nameRule         = text(atLeast(1), atMost(maxNameLength))
	anyRecord        = record(nil, anything)
	textRecord       = record(nil, text())
)

func isEmail(s string) bool { return emailRegexp.MatchString(s) && !strings.Contains(s, "..") }

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// tagsRule lower-cases the keys, as the server does before it stores or compares them.
var tagsRule = refined(
	record(func(k string) bool { return tagKeyRegexp.MatchString(k) && jsLen(k) <= maxTagKey },
		text(atLeast(1), atMostSaying(maxNameLength, "Tag values must be at most 255 characters"))),
	func(v any, at []string, in *issues) any {
		tags := v.(*object)
		if len(tags.keys) > maxTags {
			in.add(at, "custom", fmt.Sprintf("Tags cannot contain more than %d keys", maxTags))
			return v
		}
		out := newObject()
		for _, k := range tags.keys {
			lower := strings.ToLower(k)
			if out.has(lower) {
				in.add(at, "custom", fmt.Sprintf("Duplicate tag key after case normalization: %q", lower))
				return v
			}
			out.set(lower, tags.values[k])
		}
		if email := out.str("end_user_email"); email != "" && !isEmail(email) {
			in.add(append(slices.Clone(at), "end_user_email"), "custom", "Invalid email address")
		}
		return out
	})

var endUserRule = shape(
	field{"id", nameRule},
	field{"email", optional(text(fits(isEmail, "Invalid email address"), atLeast(5)))},
	field{"display_name", optional(text(atMost(maxNameLength)))},
	field{"tags", optional(record(nil, text(atMost(maxNameLength))))},
)

var organizationRule = shape(
	field{"id", text(atMost(maxNameLength))},
	field{"display_name", optional(text(atMost(maxNameLength)))},
)

// webhookURLRule takes a public URL, or "" for none.
var webhookURLRule = refined(either(text(fits(isURL, "Invalid URL")), emptyText),
	func(v any, at []string, in *issues) any {
		if s := v.(string); s != "" && !publicHost(s) {
			in.add(at, "custom", "This webhook URL is not allowed.")
		}
		return v
	})

func emptyText(v any, at []string, in *issues) any {
	if v != "" {
		in.add(at, "invalid_value", `Invalid input: expected ""`)
	}
	return v
}

// publicHost refuses loopback, private ranges and Nango's own domain.
func publicHost(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	if host == "localhost" || host == "nango.dev" || strings.HasSuffix(host, ".nango.dev") || strings.HasSuffix(host, ".localhost") {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err != nil || !(ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

// dateRule reads what JavaScript's Date takes in practice, and answers the ISO text of it.
func dateRule(v any, at []string, in *issues) any {
	t, ok := parseDate(v)
	if !ok {
		in.add(at, "invalid_type", "Invalid input: expected date, received Date")
		return nil
	}
	return isoZ(t)
}

func parseDate(v any) (time.Time, bool) {
	if s, ok := v.(string); ok {
		for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02"} {
			if t, err := time.Parse(layout, s); err == nil {
				return t, true
			}
		}
		return time.Time{}, false
	}
	ms := toNumber(v)
	if ms != ms {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(ms)), true
}

// The three forms in which v0.71.4 writes a time: from Postgres as JSON (no trailing zeros), from
// a full connection, and from everything that JavaScript printed.
func pgTime(t time.Time) string  { return t.UTC().Format("2006-01-02T15:04:05.999999+00:00") }
func getTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000+00:00") }
func isoZ(t time.Time) string    { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
