// Package config reads what the user has set up: the file of profiles, the sources of their API keys, and the environment
// variables. It sends nothing and draws nothing.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"nango-tui/internal/guard"
	"nango-tui/internal/securefile"
)

const (
	// Folder is the program's folder in the user's config and state directories.
	Folder   = "nango-tui"
	fileName = "config.yaml"

	// maxFile is the largest file of profiles, in bytes.
	maxFile = 256 << 10
	// MaxProfileName is the longest name of a profile, in characters.
	MaxProfileName = 40
	// The limits of how long a profile can be armed.
	minArm, maxArm = time.Minute, 8 * time.Hour
	// The limits of the age at which data on the screen is read again, and the word for never.
	minReload, maxReload = time.Minute, time.Hour
	reloadOff            = "off"
)

// Profile is an environment of a Nango server, as the user set it up.
type Profile struct {
	guard.Profile
	Key KeySource
	// Theme is empty for the theme of the file.
	Theme string
	// MCP is the address of the environment's MCP server; it may be empty.
	MCP string
	// Proxy is the proxy through which the host is reached; it may be empty, and may contain a password.
	Proxy string
	// TLS are the certificates for the host.
	TLS TLSFiles
}

// Settings are the contents of the file of profiles.
type Settings struct {
	// Path is empty if there is no file.
	Path string
	// Default is the profile to start with. It is empty if the file has several profiles and names none.
	Default  string
	Theme    string
	Profiles []Profile
}

// Find returns the profile of that name.
func (s Settings) Find(name string) (Profile, bool) {
	for _, p := range s.Profiles {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}

// Names returns the names of all profiles, in the order of the file.
func (s Settings) Names() []string {
	names := make([]string, len(s.Profiles))
	for i, p := range s.Profiles {
		names[i] = p.Name
	}
	return names
}

// Rules are what the rest of the program says about values of the file.
type Rules struct {
	// DefaultHost is the host of a profile that names none.
	DefaultHost string
	// CheckHost returns the canonical form of a host, or why the key must not be sent there.
	CheckHost  func(host string, insecure bool) (string, error)
	CheckProxy func(address string) error
	// CheckDashboard returns the canonical form of an address of the web dashboard.
	CheckDashboard func(address string) (string, error)
	// CheckLogs returns the canonical form of an address of Nango's log tools.
	CheckLogs  func(address string) (string, error)
	CheckTheme func(name string) error
	// ReservedName is a profile of the program itself.
	ReservedName string
}

// Load reads the file of profiles in the user's config directory. If there is no file, the settings are empty.
func Load(configHome string, rules Rules) (Settings, error) {
	path := filepath.Join(configHome, Folder, fileName)
	data, err := securefile.ReadOwn(path, securefile.OthersWrite, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, err
	}
	s, err := Parse(path, data, rules)
	if err == nil && slices.ContainsFunc(s.Profiles, func(p Profile) bool { return strings.Contains(p.Proxy, "@") }) {
		if _, err = securefile.Read(path, securefile.OthersAccess, maxFile); err != nil {
			return Settings{}, fmt.Errorf("the password of a proxy is in the file, but %w", err)
		}
	}
	return s, err
}

// fileYAML, profileYAML and keyYAML are the keys of the file.
type fileYAML struct {
	Default  text     `yaml:"default"`
	Theme    text     `yaml:"theme"`
	Profiles ast.Node `yaml:"profiles"`
}

type profileYAML struct {
	Host       text     `yaml:"host"`
	Key        ast.Node `yaml:"key"`
	Production bool     `yaml:"production"`
	ReadOnly   bool     `yaml:"readOnly"`
	Refresh    bool     `yaml:"refresh"`
	Insecure   bool     `yaml:"insecure"`
	Proxy      text     `yaml:"proxy"`
	TLS        ast.Node `yaml:"tls"`
	MCP        text     `yaml:"mcp"`
	Dashboard  text     `yaml:"dashboard"`
	Logs       text     `yaml:"logs"`
	Theme      text     `yaml:"theme"`
	ArmFor     text     `yaml:"armFor"`
	Reload     text     `yaml:"reload"`
}

type keyYAML struct {
	Env     text   `yaml:"env"`
	File    text   `yaml:"file"`
	Command []text `yaml:"command"`
}

// Parse reads a file of profiles. Errors name path, line and column. They repeat names, but no other values, which may be
// API keys in the wrong place.
func Parse(path string, data []byte, rules Rules) (Settings, error) {
	s := Settings{Path: path}
	file := yamlFile{path}
	root, err := file.parse(data)
	if root == nil || err != nil {
		return s, err
	}
	var content fileYAML
	if err := file.decode(root, &content); err != nil {
		return s, err
	}
	s.Default, s.Theme = string(content.Default), string(content.Theme)
	if theme := child(root, "theme"); theme != nil {
		if err := rules.CheckTheme(s.Theme); err != nil {
			return s, file.errorAt(theme, "theme: %v", err)
		}
	}
	if content.Profiles != nil {
		if err := s.addProfiles(file, content.Profiles, rules); err != nil {
			return s, err
		}
	}
	return s, s.chooseDefault(file, child(root, "default"))
}

// chooseDefault checks the default, or takes the only profile as the default.
func (s *Settings) chooseDefault(file yamlFile, node ast.Node) error {
	if node == nil {
		if len(s.Profiles) == 1 {
			s.Default = s.Profiles[0].Name
		}
		return nil
	}
	if _, ok := s.Find(s.Default); !ok {
		return file.errorAt(node, "no profile has the name %q: expected %s", s.Default, OneOf(s.Names()))
	}
	return nil
}

func (s *Settings) addProfiles(file yamlFile, node ast.Node, rules Rules) error {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return file.errorAt(node, "expected a mapping from names to profiles")
	}
	for _, pair := range mapping.Values {
		p, err := readProfile(file, pair, rules)
		if err != nil {
			return err
		}
		s.Profiles = append(s.Profiles, p)
	}
	return nil
}

func readProfile(file yamlFile, pair *ast.MappingValueNode, rules Rules) (Profile, error) {
	name := pair.Key.GetToken().Value
	if err := checkName(name, rules.ReservedName); err != nil {
		return Profile{}, file.errorAt(pair.Key, "%v", err)
	}
	content := profileYAML{Host: text(rules.DefaultHost), Production: true}
	if err := file.decode(pair.Value, &content); err != nil {
		return Profile{}, err
	}
	p := Profile{MCP: string(content.MCP), Proxy: string(content.Proxy), Theme: string(content.Theme), Profile: guard.Profile{
		Name: name, Host: string(content.Host), Production: content.Production, ReadOnly: content.ReadOnly,
		MayRefresh: content.Refresh, Insecure: content.Insecure, Dashboard: string(content.Dashboard), Logs: string(content.Logs),
	}}
	checks := []struct {
		field string
		check func() error
	}{
		{"host", func() (err error) { p.Host, err = rules.CheckHost(p.Host, p.Insecure); return err }},
		{"proxy", func() error { return rules.CheckProxy(p.Proxy) }},
		{"dashboard", func() (err error) { p.Dashboard, err = rules.CheckDashboard(p.Dashboard); return err }},
		{"logs", func() (err error) { p.Logs, err = rules.CheckLogs(p.Logs); return err }},
		{"mcp", func() error { return checkURL(p.MCP) }},
		{"theme", func() error { return rules.CheckTheme(p.Theme) }},
		{"armFor", func() (err error) { p.ArmFor, err = parseArmFor(string(content.ArmFor)); return err }},
		{"reload", func() (err error) { p.ReloadAfter, err = parseReload(string(content.Reload)); return err }},
	}
	for _, c := range checks {
		if node := child(pair.Value, c.field); node != nil {
			if err := c.check(); err != nil {
				return p, file.errorAt(node, "%s: %v", c.field, err)
			}
		}
	}
	if content.Key == nil {
		return p, file.errorAt(pair.Key, "the profile %s has no key: expected key: with %s", name, keySources)
	}
	var err error
	if content.TLS != nil {
		if p.TLS, err = readTLSFiles(file, content.TLS, p.Host); err != nil {
			return p, err
		}
	}
	p.Key, err = readKeySource(file, content.Key)
	return p, err
}

// readKeySource reads the source of an API key, which is a mapping with exactly one of its keys.
func readKeySource(file yamlFile, node ast.Node) (k KeySource, err error) {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return k, file.errorAt(node, "key: expected a mapping with %s, not the key itself", keySources)
	}
	var content keyYAML
	if err := file.decode(node, &content); err != nil {
		return k, err
	}
	k.Env, k.File = string(content.Env), string(content.File)
	for _, argument := range content.Command {
		k.Command = append(k.Command, string(argument))
	}
	if len(mapping.Values) != 1 || k.Env == "" && k.File == "" && len(k.Command) == 0 {
		return k, file.errorAt(node, "key: expected exactly %s", keySources)
	}
	return k, nil
}

// checkName accepts names that can be typed, drawn and put into a route.
func checkName(name, reserved string) error {
	switch {
	case name == reserved:
		return fmt.Errorf("the name %q is reserved for the demo: choose another name", name)
	case name == "" || len(name) > MaxProfileName || strings.Trim(name, nameCharacters+".") != "":
		return fmt.Errorf("a profile's name has at most %d letters, digits, dots, dashes and underscores", MaxProfileName)
	}
	return nil
}

// nameCharacters are what names of environments and, with dots, of profiles consist of.
const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

// IsEnvironmentName reports whether the text can be the name of an environment on the command line.
func IsEnvironmentName(text string) bool {
	return len(text) <= MaxProfileName && strings.Trim(text, nameCharacters) == ""
}

func checkURL(address string) error {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return nil
	}
	return errors.New("expected a URL that begins with https:// or http://")
}

func parseArmFor(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < minArm || d > maxArm {
		return 0, errors.New("expected a duration from 1m to 8h, such as 15m")
	}
	return d, nil
}

func parseReload(text string) (time.Duration, error) {
	if text == reloadOff {
		return guard.NoReload, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < minReload || d > maxReload {
		return 0, errors.New("expected off, or a duration from 1m to 60m, such as 5m")
	}
	return d, nil
}

// OneOf puts names into a sentence: "a, b or c".
func OneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
