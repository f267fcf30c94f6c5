package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"nango-tui/models"
	"nango-tui/nango"
	"nango-tui/ui"
)

// The variables that a start without a profile looks at, in this order, the one with the name of the environment first.
const (
	keyOfEnvironment = "NANGO_SECRET_KEY_"
	keyOfAPI         = "NANGO_API_KEY"
	keyOfSecret      = "NANGO_SECRET_KEY"
	hostVariable     = "NANGO_HOSTPORT"
)

// plainProfile names a start without a profile and without --env.
const plainProfile = "default"

// harmless are the environments that a start without a profile does not take for production.
func harmless() []string { return []string{"dev", "staging", "local"} }

// connector makes sessions of profiles. What belongs to the whole program is in it: the request log, the secrets that
// were seen, and a limiter for each host.
type connector struct {
	options  options
	env      environment
	settings settings
	// bare is the profile of a start without one; nil where the environment holds no key, and where a profile of the file has
	// its name and nobody has asked for a start without.
	bare *profile
	// auto is the theme that follows the terminal's background.
	auto    *ui.Theme
	log     *nango.Log
	secrets *nango.Secrets
	debug   io.Writer
	demo    embedded

	mu       sync.Mutex
	limiters map[string]*nango.Limiter
}

func newConnector(o options, env environment, s settings) *connector {
	c := &connector{
		options: o, env: env, settings: s, auto: themeOf(themeAuto),
		log: nango.NewLog(), secrets: nango.NewSecrets(), limiters: map[string]*nango.Limiter{},
	}
	bare, ok := bareProfile(o, env)
	if _, taken := s.find(bare.name); ok && (o.withoutProfile() || !taken) {
		c.bare = &bare
	}
	return c
}

// keyVariables are the names under which a start without a profile looks for its key.
func keyVariables(o options) []string {
	names := []string{keyOfAPI, keyOfSecret}
	if o.env == "" {
		return names
	}
	return append([]string{keyOfEnvironment + strings.ToUpper(strings.ReplaceAll(o.env, "-", "_"))}, names...)
}

// bareProfile is the profile of a start without one, where the environment holds a key.
func bareProfile(o options, env environment) (profile, bool) {
	p := profile{name: plainProfile, host: nango.CloudHost, production: !slices.Contains(harmless(), o.env)}
	if o.env != "" {
		p.name = o.env
	}
	for _, host := range []string{env.values[hostVariable], o.host} {
		if host != "" {
			p.host = host
		}
	}
	if onLoopback(p.host) {
		p.production = false
	}
	for _, name := range keyVariables(o) {
		if env.values[name] != "" {
			p.key.env = name
			return p, true
		}
	}
	return p, false
}

func onLoopback(host string) bool {
	parsed, err := url.Parse(host)
	return err == nil && nango.IsLoopback(parsed.Hostname())
}

// choose says which profile to start with; where there is none, why.
func (c *connector) choose() (start, problem string) {
	bareAsked := c.options.withoutProfile()
	switch {
	case c.options.demo:
		return demoProfile, ""
	case c.options.profile != "":
		return c.options.profile, ""
	case !bareAsked && c.settings.start != "":
		return c.settings.start, ""
	case !bareAsked && len(c.settings.profiles) > 1:
		return "", fmt.Sprintf("%s has several profiles and no default: start with --profile and %s, or switch to one here",
			c.settings.path, oneOf(c.settings.names()))
	case c.bare != nil:
		return c.bare.name, ""
	}
	return "", "No API key was found. These environment variables were looked at: " + strings.Join(keyVariables(c.options), ", ") + "."
}

// theme is the one for a profile: the flag's, the profile's, the file's. The one that follows the terminal's
// background is shared by all that have it.
func (c *connector) theme(profile string) *ui.Theme {
	if colourless(c.env) {
		return themeOf(themePlain)
	}
	p, _ := c.find(profile)
	if name := cmp.Or(c.options.theme, p.theme, c.settings.theme, themeAuto); name != themeAuto {
		return themeOf(name)
	}
	return c.auto
}

// names are the profiles that can be switched to.
func (c *connector) names() []string {
	names := c.settings.names()
	if c.bare != nil && !slices.Contains(names, c.bare.name) {
		names = append(names, c.bare.name)
	}
	return append(names, demoProfile)
}

// profiles are those that can be switched to, as far as they are known before they are.
func (c *connector) profiles() []models.Profile {
	var all []models.Profile
	for _, name := range c.names() {
		p, err := c.find(name)
		if err != nil { // the demo has no profile, and an address only when it runs
			all = append(all, models.Profile{Name: name, Host: "a Nango in memory", ReadOnly: c.options.readOnly})
			continue
		}
		all = append(all, models.Profile{Name: p.name, Host: p.host, Production: p.production, ReadOnly: p.readOnly || c.options.readOnly})
	}
	return all
}

// find is the profile of that name. A start without a profile goes before one of the file with the same name.
func (c *connector) find(name string) (profile, error) {
	if c.bare != nil && c.bare.name == name {
		return *c.bare, nil
	}
	if p, ok := c.settings.find(name); ok {
		return p, nil
	}
	return profile{}, fmt.Errorf("no profile has the name %q: there are %s", name, strings.Join(c.names(), ", "))
}

// connect makes the session of a profile: its key is fetched, its client made, and nothing is sent.
func (c *connector) connect(ctx context.Context, name string) (models.ActiveProfile, error) {
	if name == demoProfile {
		return c.connectDemo()
	}
	p, err := c.find(name)
	if err != nil {
		return models.ActiveProfile{}, err
	}
	key, err := p.key.key(ctx, c.env, filepath.Dir(c.settings.path))
	if err != nil {
		return models.ActiveProfile{}, err
	}
	c.secrets.Add(key.Reveal())
	return c.session(p, key)
}

func (c *connector) session(p profile, key nango.Secret) (models.ActiveProfile, error) {
	limiter := c.limiter(p.host)
	readOnly := p.readOnly || c.options.readOnly
	client, err := nango.NewClient(nango.Config{
		Host: p.host, Key: key, ReadOnly: readOnly, MayRefresh: p.refresh, Insecure: p.insecure,
		Limiter: limiter, Secrets: c.secrets, Log: c.log, Debug: c.debug, UserAgent: "nango-tui/" + version(),
	})
	if err != nil {
		return models.ActiveProfile{}, sayWhereFrom(err, p)
	}
	return models.ActiveProfile{
		Profile: models.Profile{
			Name: p.name, Host: client.Host(), Production: p.production, ReadOnly: readOnly, MayRefresh: p.refresh,
			Insecure: p.insecure, ArmFor: p.armFor,
		},
		Client: client, Limiter: limiter, Theme: c.theme(p.name),
	}, nil
}

// sayWhereFrom adds to the error of a key where that key came from, so that the user knows what to mend.
func sayWhereFrom(err error, p profile) error {
	malformed := errors.Is(err, nango.ErrMalformedKey) || errors.Is(err, nango.ErrSessionToken) || errors.Is(err, nango.ErrNoKey)
	if !malformed {
		return err
	}
	switch p.key.kind() {
	case "env":
		return fmt.Errorf("%w (it came from the environment variable %s)", err, p.key.env)
	case "file":
		return fmt.Errorf("%w (it came from the file %s)", err, p.key.file)
	case "command":
		return fmt.Errorf("%w (it came from the command %s)", err, p.key.command[0])
	}
	return err
}

// limiter is the one of the host, which all its profiles share.
func (c *connector) limiter(host string) *nango.Limiter {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := host
	if parsed, err := url.Parse(host); err == nil && parsed.Host != "" {
		name = strings.ToLower(parsed.Host)
	}
	if c.limiters[name] == nil {
		c.limiters[name] = nango.NewLimiter()
	}
	return c.limiters[name]
}
