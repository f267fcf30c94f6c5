package config

import (
	"os"
	"strings"
)

// Environment holds the environment variables that the program was started with.
type Environment struct {
	Values map[string]string
	// Home is the home folder; empty if the system knows none.
	Home string
}

// ReadEnvironment reads the variables of the process.
func ReadEnvironment() Environment {
	env := Environment{Values: map[string]string{}}
	for _, pair := range os.Environ() {
		if name, value, ok := strings.Cut(pair, "="); ok && name != "" {
			env.Values[name] = value
		}
	}
	env.Home, _ = os.UserHomeDir() // without one, paths that begin with ~ are not found
	return env
}

// Get returns a variable, or "".
func (e Environment) Get(name string) string { return e.Values[name] }

// HideFromChildren removes the variables that may hold a secret from the process, so that no child inherits them: those
// that begin with NANGO_, and the keys of the profiles.
func (e Environment) HideFromChildren(profiles []Profile) {
	for name := range e.Values {
		if strings.HasPrefix(name, "NANGO_") {
			os.Unsetenv(name)
		}
	}
	for _, p := range profiles {
		if p.Key.Env != "" {
			os.Unsetenv(p.Key.Env)
		}
	}
}
