package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"nango-tui/internal/clean"
	"nango-tui/internal/config"
	"nango-tui/internal/guard"
	"nango-tui/internal/journal"
	"nango-tui/internal/runfile"
	"nango-tui/internal/terminal"
	"nango-tui/models"
	"nango-tui/nango"
	"nango-tui/ui"
)

// The environment variables of a start without a profile.
const (
	secretKeyPrefix   = "NANGO_SECRET_KEY_" // followed by the name of the environment
	apiKeyVariable    = "NANGO_API_KEY"
	secretKeyVariable = "NANGO_SECRET_KEY"
	hostVariable      = "NANGO_HOSTPORT"
)

// defaultProfile names a start without a profile and without --env.
const defaultProfile = "default"

// maxCommandLines is how many lines of a key command's error output are shown.
const maxCommandLines = 5

// nonProduction returns the environments that are not production in a start without a profile.
func nonProduction() []string { return []string{"dev", "staging", "local"} }

// configRules returns what profiles are checked against.
func configRules() config.Rules {
	return config.Rules{
		DefaultHost: nango.CloudHost, CheckHost: nango.CheckHost, CheckProxy: nango.CheckProxy, CheckDashboard: checkDashboard,
		CheckLogs: nango.CheckLogsAddress, CheckTheme: checkTheme, ReservedName: demoProfile,
	}
}

// connector connects to the environments of profiles. It has what the whole program shares: the request log, the secrets
// that were seen, and a limiter for each host.
type connector struct {
	options  options
	env      config.Environment
	settings config.Settings
	// fromEnv is the profile of a start without one. It is nil if the environment has no key, or if the file has a profile of
	// its name and the command line doesn't ask for a start without a profile.
	fromEnv *config.Profile
	// themes follow terminal, which is what the terminal reported of its colors.
	themes   themes
	terminal terminalColors
	log      *nango.Log
	secrets  *nango.Secrets
	debug    *clean.Writer
	demo     demoServer
	now      func() time.Time
	// journal records what does more than read; demoJournal is that of the demo.
	journal, demoJournal *journal.Journal
	// runs are the files of changes of many connections; nil if they are not kept.
	runs *runfile.Folder

	mu       sync.Mutex
	limiters map[string]*nango.Limiter
}

func newConnector(o options, env config.Environment, s config.Settings) *connector {
	c := &connector{
		options: o, env: env, settings: s, themes: newThemes(),
		log: nango.NewLog(), secrets: nango.NewSecrets(), limiters: map[string]*nango.Limiter{}, now: time.Now,
	}
	c.journal, c.demoJournal = c.newJournal(""), c.newJournal("") // showDashboard has one with a file
	fromEnv, ok := profileFromEnv(o, env)
	if _, taken := s.Find(fromEnv.Name); ok && (o.withoutProfile() || !taken) {
		c.fromEnv = &fromEnv
	}
	return c
}

// keyVariables returns the variables that may hold the key of a start without a profile, the first one first.
func keyVariables(o options) []string {
	names := []string{apiKeyVariable, secretKeyVariable}
	if o.env == "" {
		return names
	}
	return append([]string{secretKeyPrefix + strings.ToUpper(strings.ReplaceAll(o.env, "-", "_"))}, names...)
}

// profileFromEnv returns the profile of a start without one. It is false if no variable holds a key.
func profileFromEnv(o options, env config.Environment) (config.Profile, bool) {
	p := config.Profile{Profile: guard.Profile{
		Name: cmp.Or(o.env, defaultProfile), Host: cmp.Or(o.host, env.Get(hostVariable), nango.CloudHost),
		Production: !slices.Contains(nonProduction(), o.env),
	}}
	if host, err := nango.ParseHost(p.Host); err == nil { // the client refuses a malformed one
		p.Host, p.Production = host.String(), p.Production && !host.IsLoopback()
	}
	for _, name := range keyVariables(o) {
		if env.Get(name) != "" {
			p.Key.Env = name
			return p, true
		}
	}
	return p, false
}

// chooseProfile returns the profile to start with. If there is none, problem says why.
func (c *connector) chooseProfile() (name, problem string) {
	withoutProfile := c.options.withoutProfile()
	switch {
	case c.options.demo:
		return demoProfile, ""
	case c.options.profile != "":
		return c.options.profile, ""
	case !withoutProfile && c.settings.Default != "":
		return c.settings.Default, ""
	case !withoutProfile && len(c.settings.Profiles) > 1:
		return "", fmt.Sprintf("%s has several profiles and no default. Start with --profile %s, or switch to one here.",
			c.settings.Path, config.OneOf(c.settings.Names()))
	case c.fromEnv != nil:
		return c.fromEnv.Name, ""
	}
	return "", "No API key found. Set one of these environment variables: " + strings.Join(keyVariables(c.options), ", ") + "."
}

// theme returns the theme of the command line, the profile or the file. It changes with what the terminal reports.
func (c *connector) theme(profile string) *ui.Theme {
	if terminal.IsColorless(c.env.Get) {
		return c.themes[themePlain]
	}
	p, _ := c.find(profile)
	return c.themes[cmp.Or(c.options.theme, p.Theme, c.settings.Theme, themeAuto)]
}

// setBackground adapts the themes to the background of the terminal.
func (c *connector) setBackground(background color.Color) {
	c.terminal.isLight = !(tea.BackgroundColorMsg{Color: background}).IsDark()
	c.themes.adapt(c.terminal)
}

// setColors adapts the themes to the number of the terminal's colors.
func (c *connector) setColors(profile colorprofile.Profile) {
	c.terminal.profile = profile
	c.themes.adapt(c.terminal)
}

// names returns the profiles that the user can switch to.
func (c *connector) names() []string {
	names := c.settings.Names()
	if c.fromEnv != nil && !slices.Contains(names, c.fromEnv.Name) {
		names = append(names, c.fromEnv.Name)
	}
	return append(names, demoProfile)
}

// profiles returns what is known about profiles before they are used.
func (c *connector) profiles() []guard.Profile {
	var all []guard.Profile
	for _, name := range c.names() {
		p, err := c.find(name)
		if err != nil { // the demo has no profile, and an address only when it runs
			p.Profile = guard.Profile{Name: name, Host: "in memory", ReadOnly: c.options.readOnly}
		}
		all = append(all, p.Profile)
	}
	return all
}

// find returns the profile of that name, read-only if the command line says so. The profile of a start without one comes
// first.
func (c *connector) find(name string) (config.Profile, error) {
	p, ok := c.settings.Find(name)
	if c.fromEnv != nil && c.fromEnv.Name == name {
		p, ok = *c.fromEnv, true
	}
	if ok {
		p.ReadOnly = p.ReadOnly || c.options.readOnly
		return p, nil
	}
	return config.Profile{}, fmt.Errorf("no profile has the name %q: expected %s", name, config.OneOf(c.names()))
}

// connect reads the key of a profile and makes its client. It sends nothing.
func (c *connector) connect(ctx context.Context, name string) (models.ActiveProfile, error) {
	if name == demoProfile {
		return c.connectDemo()
	}
	p, err := c.find(name)
	if err != nil {
		return models.ActiveProfile{}, err
	}
	key, err := p.Key.Key(ctx, c.env, filepath.Dir(c.settings.Path))
	if err != nil {
		return models.ActiveProfile{}, c.withCommandOutput(err)
	}
	c.secrets.Add(key)
	certificates, err := p.TLS.Load(c.env, filepath.Dir(c.settings.Path))
	if err != nil {
		return models.ActiveProfile{}, err
	}
	return c.activate(p, nango.Secret(key), certificates)
}

// withCommandOutput adds what a failed key command has written, sanitized.
func (c *connector) withCommandOutput(err error) error {
	var failed *config.CommandError
	if !errors.As(err, &failed) {
		return err
	}
	lines := []string{err.Error()}
	for _, line := range c.sanitize(strings.TrimSpace(failed.Output)) {
		if line.String() != "" && len(lines) <= maxCommandLines {
			lines = append(lines, line.String())
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

// sanitize masks secrets and removes control characters.
func (c *connector) sanitize(text string) []clean.Text { return clean.Lines(c.secrets.Mask(text)) }

// activate makes the client of a profile. The profile gets the canonical form of its host.
func (c *connector) activate(p config.Profile, key nango.Secret, certificates *tls.Config) (models.ActiveProfile, error) {
	host, err := nango.ParseHost(p.Host)
	if err != nil {
		return models.ActiveProfile{}, err
	}
	limiter := c.limiter(host)
	client, err := nango.NewClient(nango.Config{
		Host: host.String(), Key: key, ReadOnly: p.ReadOnly, MayRefresh: p.MayRefresh, Insecure: p.Insecure,
		Proxy: p.Proxy, Variable: c.env.Get, TLS: certificates, Logs: p.Logs,
		Limiter: limiter, Secrets: c.secrets, Log: c.log, Debug: c.debug, UserAgent: "nango-tui/" + version(),
		Journal: recorder(c.journalOf(p.Name), p.Name),
	})
	if err != nil {
		return models.ActiveProfile{}, withKeySource(err, p)
	}
	p.Host = client.Host()
	if p.Dashboard == "" && p.Host == nango.CloudHost {
		p.Dashboard = string(nango.CloudDashboard(c.environmentName(p)))
	}
	return models.ActiveProfile{
		Profile: p.Profile, Client: client, Limiter: limiter, Theme: c.theme(p.Name), Journal: screenJournal{c.journalOf(p.Name)},
		Runs: c.runsOf(p.Name),
	}, nil
}

// checkDashboard returns the canonical form of the dashboard's address.
func checkDashboard(address string) (string, error) {
	d, err := nango.ParseDashboard(address)
	return string(d), err
}

// environmentName is the name of a profile's environment in the cloud as far as it is known: --env, or else one of those that every
// account has.
func (c *connector) environmentName(p config.Profile) string {
	switch {
	case c.fromEnv != nil && p.Name == c.fromEnv.Name && c.options.env != "":
		return c.options.env
	case p.Production:
		return "prod"
	}
	return "dev"
}

// withKeySource adds to the error of an invalid key where the key came from.
func withKeySource(err error, p config.Profile) error {
	isInvalidKey := errors.Is(err, nango.ErrMalformedKey) || errors.Is(err, nango.ErrSessionToken) || errors.Is(err, nango.ErrNoKey)
	if !isInvalidKey {
		return err
	}
	return fmt.Errorf("%w (the key came from %s)", err, p.Key)
}

// limiter returns the limiter of the host, which all its profiles share.
func (c *connector) limiter(host nango.Host) *nango.Limiter {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := host.Address()
	if c.limiters[name] == nil {
		c.limiters[name] = nango.NewLimiter()
	}
	return c.limiters[name]
}
