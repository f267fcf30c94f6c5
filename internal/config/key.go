package config

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"nango-tui/internal/securefile"
)

// maxKey is the longest key that is read, in bytes.
const maxKey = 4 << 10

const keySources = "one of env, file or command"

// KeySource says where a profile's API key comes from. Exactly one of its fields is set.
type KeySource struct {
	// Env is an environment variable.
	Env string
	// File is a path. "~/" is the home folder; relative paths begin at the folder of the config file.
	File string
	// Command is a program and its arguments, not a shell line. The first line that it prints is the key.
	Command []string
}

// String describes the source without its secret parts: the arguments of a command name what they look up.
func (k KeySource) String() string {
	switch {
	case k.Env != "":
		return "the environment variable " + k.Env
	case k.File != "":
		return "the file " + k.File
	case len(k.Command) > 0:
		return "the command " + k.Command[0]
	}
	return "no source"
}

// Key reads the key. Relative paths begin at folder. Errors never contain what was read; see [CommandError].
func (k KeySource) Key(ctx context.Context, env Environment, folder string) (string, error) {
	switch {
	case k.Env != "":
		key := strings.TrimSpace(env.Get(k.Env))
		if key == "" {
			return "", fmt.Errorf("the environment variable %s, which should hold the API key, is not set", k.Env)
		}
		return key, nil
	case k.File != "":
		data, err := securefile.Read(expandPath(k.File, env.Home, folder), securefile.OthersAccess, maxKey)
		return strings.TrimSpace(string(data)), err
	case len(k.Command) > 0:
		return runKeyCommand(ctx, k.Command, env.Home)
	}
	return "", errors.New("the profile has no source for its API key")
}

// expandPath makes a path of the config file absolute.
func expandPath(path, home, folder string) string {
	rest, inHome := strings.CutPrefix(path, "~/")
	switch {
	case inHome && home != "":
		return filepath.Join(home, rest)
	case inHome || filepath.IsAbs(path):
		return path
	}
	return filepath.Join(folder, path)
}
