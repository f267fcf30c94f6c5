package sandbox

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// Limits of several operations.
const (
	maxNameLength = 255
	maxTags       = 10
	maxTagKey     = 64
)

var tagKeyRegexp = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_\-./]*$`)

var (
	connectionIDRule = zod.String(zod.Pattern(`^[a-zA-Z0-9,.;:=+~[\]|@${}"'\\/_ -]+$`), zod.Max(maxNameLength))
	integrationRule  = zod.String(zod.Pattern(`^[a-zA-Z0-9~:.@ _-]+$`), zod.Max(maxNameLength))
	providerRule     = zod.String(zod.Pattern(`^[a-zA-Z0-9_-]+$`), zod.Max(maxNameLength))
	functionRule     = providerRule
	nameRule         = zod.String(zod.Min(1), zod.Max(maxNameLength))
	anyRecord        = zod.Record(nil, zod.Any)
	textRecord       = zod.Record(nil, zod.String())
)

// tagsRule converts the keys to lower case, as the server does.
var tagsRule = zod.Refine(
	zod.Record(func(k string) bool { return tagKeyRegexp.MatchString(k) && js.Len(k) <= maxTagKey },
		zod.String(zod.Min(1), zod.MaxMessage(maxNameLength, "Tag values must be at most 255 characters"))),
	func(v any, at []string, in *zod.Issues) any {
		tags := v.(*js.Object)
		if len(tags.Keys()) > maxTags {
			in.Add(at, "custom", fmt.Sprintf("Tags cannot contain more than %d keys", maxTags))
			return v
		}
		out := js.NewObject()
		for k, v := range tags.All() {
			lower := strings.ToLower(k)
			if out.Has(lower) {
				in.Add(at, "custom", fmt.Sprintf("Duplicate tag key after case normalization: %q", lower))
				return v
			}
			out.Set(lower, v)
		}
		if email := out.Str("end_user_email"); email != "" && !zod.IsEmail(email) {
			in.Add(append(slices.Clone(at), "end_user_email"), "custom", "Invalid email address")
		}
		return out
	})

var endUserRule = zod.Object(
	zod.Key("id", nameRule),
	zod.Key("email", zod.Optional(zod.String(zod.Email, zod.Min(5)))),
	zod.Key("display_name", zod.Optional(zod.String(zod.Max(maxNameLength)))),
	zod.Key("tags", zod.Optional(zod.Record(nil, zod.String(zod.Max(maxNameLength))))),
)

var organizationRule = zod.Object(
	zod.Key("id", zod.String(zod.Max(maxNameLength))),
	zod.Key("display_name", zod.Optional(zod.String(zod.Max(maxNameLength)))),
)

// webhookURLRule accepts a public URL, or "".
var webhookURLRule = zod.Refine(zod.Union(zod.URL, zod.EmptyString),
	func(v any, at []string, in *zod.Issues) any {
		if s := v.(string); s != "" && !publicHost(s) {
			in.Add(at, "custom", "This webhook URL is not allowed.")
		}
		return v
	})

// publicHost rejects loopback and private addresses and Nango's own domain.
func publicHost(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	if host == "localhost" || host == "nango.dev" || strings.HasSuffix(host, ".nango.dev") || strings.HasSuffix(host, ".localhost") {
		return false
	}
	return !isPrivateIP(host)
}

func isPrivateIP(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

// dateRule accepts what JavaScript's Date accepts in practice, and returns it as ISO text.
func dateRule(v any, at []string, in *zod.Issues) any {
	t, ok := parseDate(v)
	if !ok {
		in.Add(at, "invalid_type", "Invalid input: expected date, received Date")
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
	ms := js.ToNumber(v)
	if ms != ms {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(ms)), true
}

// Three formats of times on v0.71.4: of Postgres as JSON (no trailing zeros), of a full connection, and of JavaScript.
func pgTime(t time.Time) string  { return t.UTC().Format("2006-01-02T15:04:05.999999+00:00") }
func getTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000+00:00") }
func isoZ(t time.Time) string    { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
