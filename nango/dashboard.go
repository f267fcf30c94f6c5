package nango

import (
	"errors"
	"net/url"
	"strings"
)

// cloudDashboard is the web dashboard of Nango's cloud.
const cloudDashboard = "https://app.nango.dev"

// Dashboard is the address of an environment in Nango's web dashboard, such as https://app.nango.dev/prod: its pages are below the
// name of the environment (Nango's webapp). It is empty if it is not known, because the API tells neither the address nor the name.
type Dashboard string

// CloudDashboard returns the dashboard of an environment in Nango's cloud.
func CloudDashboard(environment string) Dashboard {
	return Dashboard(cloudDashboard + "/" + url.PathEscape(environment))
}

// ParseDashboard reads an address as a browser shows it: http or https, and a path that ends with the name of the environment.
func ParseDashboard(address string) (Dashboard, error) {
	u, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.ForceQuery || strings.Trim(u.Path, "/") == "" {
		return "", errors.New("expected the address of an environment in the dashboard, such as " + cloudDashboard + "/prod")
	}
	return Dashboard(u.String()), nil
}

// Page returns the address of a page below the environment, or "" if the dashboard is not known.
func (d Dashboard) Page(segments ...string) string {
	if d == "" {
		return ""
	}
	address := string(d)
	for _, s := range segments {
		address += "/" + escapeSegment(s)
	}
	return address
}

// Operation returns the address of the logs of an operation, by the log id that errors of connections have.
func (d Dashboard) Operation(logID string) string {
	if d == "" {
		return ""
	}
	return d.Page("logs") + "?operationId=" + url.QueryEscape(logID)
}

// escapeSegment escapes a segment of a path. A segment of dots would be a step up.
func escapeSegment(s string) string {
	if s == "." || s == ".." {
		return strings.ReplaceAll(s, ".", "%2E")
	}
	return url.PathEscape(s)
}

// CallbackURL returns the URL that a provider redirects customers to after they approved, or "" if customers of the auth mode
// aren't redirected. It is registered at the provider. An environment can have its own instead, which the API doesn't tell. Apps of
// GitHub have a setup URL in its place.
func CallbackURL(host, authMode string) string {
	host = strings.TrimRight(host, "/")
	switch authMode {
	case "OAUTH1", "OAUTH2", "CUSTOM":
		return host + "/oauth/callback"
	case "APP":
		return host + "/app-auth/connect"
	}
	return ""
}
