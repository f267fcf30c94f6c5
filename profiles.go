package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"nango-tui/nango"
)

const (
	// configFolder is the program's folder below the user's config and state directories.
	configFolder = "nango-tui"
	configName   = "config.yaml"

	// maxConfig bounds the file of profiles, in bytes; maxProfileName the name of one, in characters.
	maxConfig      = 256 << 10
	maxProfileName = 40

	// maxArm is the longest that a profile may stay armed.
	maxArm = 8 * time.Hour
)

// profile is an environment of a Nango server as the user set it up.
type profile struct {
	name string
	host string
	key  keySource
	// production holds where the file does not say otherwise.
	production, readOnly, refresh, insecure bool
	// mcp is the address of the environment's MCP server; empty where none was named.
	mcp    string
	theme  string
	armFor time.Duration
}

// settings is the file of profiles.
type settings struct {
	path string
	// start is the profile to begin with; empty where the file does not say and holds several.
	start    string
	theme    string
	profiles []profile
}

func (s settings) find(name string) (profile, bool) {
	for _, p := range s.profiles {
		if p.name == name {
			return p, true
		}
	}
	return profile{}, false
}

func (s settings) names() []string {
	names := make([]string, len(s.profiles))
	for i, p := range s.profiles {
		names[i] = p.name
	}
	return names
}

// loadSettings reads the file of profiles below the user's config directory. That there is none is no error: the
// settings are empty then.
func loadSettings(configHome string) (settings, error) {
	folder := filepath.Join(configHome, configFolder)
	path := filepath.Join(folder, configName)
	data, err := readOwn(path, othersMayWrite, maxConfig)
	if errors.Is(err, fs.ErrNotExist) {
		return settings{}, nil
	}
	if err == nil {
		err = checkFolder(folder)
	}
	if err != nil {
		return settings{}, err
	}
	return parseSettings(path, data)
}

func parseSettings(path string, data []byte) (settings, error) {
	s := settings{path: path}
	file := yamlFile{path}
	root, err := file.parse(data)
	if root == nil || err != nil {
		return s, err
	}
	var start ast.Node
	err = file.object(root, "the file",
		field{"default", func(node ast.Node) error {
			start = node
			return file.text("default", "the name of a profile", &s.start, nil).read(node)
		}},
		file.text("theme", "the name of a theme", &s.theme, checkTheme),
		field{"profiles", func(node ast.Node) error {
			return file.each(node, "the profiles, each by its name", func(name string, key, value ast.Node) error {
				return s.read(file, name, key, value)
			})
		}},
	)
	if err != nil {
		return s, err
	}
	return s, s.chooseStart(file, start)
}

// chooseStart checks the default, once all names are known.
func (s *settings) chooseStart(file yamlFile, start ast.Node) error {
	if start == nil {
		if len(s.profiles) == 1 {
			s.start = s.profiles[0].name
		}
		return nil
	}
	if _, ok := s.find(s.start); !ok {
		return file.wrong(start, "no profile has the name %q: expected %s", s.start, oneOf(s.names()))
	}
	return nil
}

// read reads one profile.
func (s *settings) read(file yamlFile, name string, key, value ast.Node) error {
	if err := checkProfileName(name); err != nil {
		return file.wrong(key, "%v", err)
	}
	p := profile{name: name, host: nango.CloudHost, production: true}
	host := value
	err := file.object(value, "a profile",
		field{"host", func(node ast.Node) error {
			host = node
			return file.text("host", "a URL such as "+nango.CloudHost, &p.host, nil).read(node)
		}},
		field{"key", func(node ast.Node) error { return p.key.read(file, node) }},
		file.flag("production", &p.production),
		file.flag("readOnly", &p.readOnly),
		file.flag("refresh", &p.refresh),
		file.flag("insecure", &p.insecure),
		file.text("mcp", "a URL", &p.mcp, checkURL),
		file.text("theme", "the name of a theme", &p.theme, checkTheme),
		field{"armFor", func(node ast.Node) error { return readDuration(file, node, &p.armFor) }},
	)
	if err != nil {
		return err
	}
	if err := nango.CheckHost(p.host, p.insecure); err != nil {
		return file.wrong(host, "host: %v", err)
	}
	if p.key.kind() == "" {
		return file.wrong(key, "the profile %s does not say where its key is: expected key: with %s", name, keySourceWords)
	}
	s.profiles = append(s.profiles, p)
	return nil
}

// checkProfileName keeps names such that they can be typed, drawn and put into a route. The demo's is taken.
func checkProfileName(name string) error {
	plain := strings.Trim(name, letters+"0123456789._-") == ""
	switch {
	case name == demoProfile:
		return fmt.Errorf("the name %q is the demo's: choose another", name)
	case name == "" || !plain || len(name) > maxProfileName:
		return fmt.Errorf("a profile's name has at most %d letters, digits, dots, dashes and underscores", maxProfileName)
	}
	return nil
}

func checkURL(address string) error {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return nil
	}
	return errors.New("expected a URL that begins with https:// or http://")
}

func readDuration(file yamlFile, node ast.Node, into *time.Duration) error {
	const expected = "a time such as 15m, at least 1m and at most 8h"
	value, ok := textOf(node)
	if !ok {
		return file.unexpected(node, expected)
	}
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Minute || d > maxArm {
		return file.wrong(node, "expected %s", expected)
	}
	*into = d
	return nil
}
