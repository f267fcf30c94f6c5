package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"nango-tui/nango"
)

// maxKeyFile bounds what is read as a key, in bytes.
const maxKeyFile = 4 << 10

const keySourceWords = "one of env, file or command"

// keySource is where a profile's key comes from. One of its fields is set.
type keySource struct {
	env     string
	file    string
	command []string
}

// kind names the source; empty where there is none.
func (k keySource) kind() string {
	switch {
	case k.env != "":
		return "env"
	case k.file != "":
		return "file"
	case len(k.command) > 0:
		return "command"
	}
	return ""
}

// read reads the source as a profile has it.
func (k *keySource) read(file yamlFile, node ast.Node) error {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return file.unexpected(node, "a mapping with "+keySourceWords+" (a key itself does not stand in this file)")
	}
	if len(mapping.Values) != 1 {
		return file.wrong(node, "expected exactly %s", keySourceWords)
	}
	return file.object(node, "a key",
		file.text("env", "the name of an environment variable", &k.env, nil),
		file.text("file", "the path of a file", &k.file, nil),
		file.list("command", "a list: the program, then its arguments", &k.command),
	)
}

// key fetches the key. Relative paths begin at folder. Errors never hold what was read.
func (k keySource) key(ctx context.Context, env environment, folder string) (nango.Secret, error) {
	switch k.kind() {
	case "env":
		return env.key(k.env)
	case "file":
		data, err := readOwn(expand(k.file, env, folder), othersMayAccess, maxKeyFile)
		return nango.Secret(strings.TrimSpace(string(data))), err
	case "command":
		return keyOfCommand(ctx, k.command, env)
	}
	return "", errors.New("the profile does not say where its key is")
}

// expand makes a path of the user's file absolute.
func expand(path string, env environment, folder string) string {
	rest, below := strings.CutPrefix(path, "~/")
	switch {
	case below && env.home != "":
		return filepath.Join(env.home, rest)
	case below || filepath.IsAbs(path):
		return path
	}
	return filepath.Join(folder, path)
}

// environment is what the program was started with. What may be secret in it is taken out of the process, so that no
// child can inherit it.
type environment struct {
	values map[string]string
	home   string
}

// ours begins the names of the variables that no child gets.
const ours = "NANGO_"

func readEnvironment() environment {
	env := environment{values: map[string]string{}}
	for _, pair := range os.Environ() {
		if name, value, ok := strings.Cut(pair, "="); ok && name != "" {
			env.values[name] = value
		}
	}
	env.home, _ = os.UserHomeDir() // empty where the system knows none: a path that begins with ~ is not found then
	return env
}

// withhold takes our own variables, and those that hold keys of profiles, out of the process.
func (e environment) withhold(profiles []profile) {
	for name := range e.values {
		if strings.HasPrefix(name, ours) {
			os.Unsetenv(name)
		}
	}
	for _, p := range profiles {
		if p.key.env != "" {
			os.Unsetenv(p.key.env)
		}
	}
}

func (e environment) key(name string) (nango.Secret, error) {
	value := strings.TrimSpace(e.values[name])
	if value == "" {
		return "", fmt.Errorf("the environment variable %s, which should hold the key, is not set", name)
	}
	return nango.Secret(value), nil
}
