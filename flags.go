package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

const (
	defaultConnections = 1000
	defaultSeed        = 1
	defaultListen      = "127.0.0.1:3003"

	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// options is what was asked for on the command line.
type options struct {
	demo        bool
	connections int
	seed        uint64
	profile     string
	env         string
	host        string
	readOnly    bool
	open        screen.Route
	debug       string
	theme       string
	version     bool
}

// errHelp says that help was asked for, and has been given.
var errHelp = pflag.ErrHelp

const usageHead = `A terminal dashboard for Nango.

  nango-tui                     the default profile, or the key in the environment
  nango-tui --demo              an embedded Nango to try things on
  nango-tui --profile NAME      a profile of the user's config file
  nango-tui sandbox             the embedded Nango alone, for curl and other clients

`

// parseOptions reads the command line of the dashboard. Help goes to out.
func parseOptions(args []string, out io.Writer) (options, error) {
	var o options
	var open string
	flags := newFlags(out, "nango-tui", usageHead)
	flags.BoolVar(&o.demo, "demo", false, "start over an embedded Nango; nothing leaves this machine")
	worldFlags(flags, &o.connections, &o.seed)
	flags.StringVar(&o.profile, "profile", "", "the profile `NAME` of the config file")
	flags.StringVar(&o.env, "env", "", "without a profile: take the key from NANGO_SECRET_KEY_`NAME`")
	flags.StringVar(&o.host, "host", "", "without a profile: the server's `URL` (default $NANGO_HOSTPORT, else the cloud)")
	flags.BoolVar(&o.readOnly, "read-only", false, "send nothing that changes anything")
	flags.StringVar(&open, "open", "", "begin with the screen that `ROUTE` names, such as connections or connection/hubspot/abc; : lists them")
	flags.StringVar(&o.debug, "debug", "", "append a line of JSON for each request to `FILE`, without keys and bodies")
	flags.StringVar(&o.theme, "theme", "", "the colours, one of "+oneOf(themeNames())+", as `NAME`")
	flags.BoolVar(&o.version, "version", false, "print the version")
	if err := parse(flags, args); err != nil {
		return o, err
	}
	return o, o.check(open)
}

// check says what does not go together, and reads the route.
func (o *options) check(open string) error {
	if err := o.checkPlace(); err != nil {
		return err
	}
	if o.theme != "" {
		if err := checkTheme(o.theme); err != nil {
			return fmt.Errorf("--theme: %w", err)
		}
	}
	if open != "" {
		route, err := screen.ParseRoute(open)
		if err != nil {
			return fmt.Errorf("--open: %w", err)
		}
		o.open = route
	}
	return checkWorld(o.connections)
}

// checkPlace sees to it that a key goes to one host: a profile has its own, and so has the demo.
func (o *options) checkPlace() error {
	if o.demo && (o.profile != "" || o.withoutProfile()) || o.profile != "" && o.withoutProfile() {
		return errors.New("--demo, --profile, and --env with --host exclude each other: a profile has its own host and key")
	}
	if strings.Trim(o.env, letters+"0123456789_-") != "" || len(o.env) > maxProfileName {
		return errors.New("--env: expected a name of letters, digits, dashes and underscores")
	}
	if o.env == demoProfile {
		return fmt.Errorf("--env: the name %q is the demo's: give that environment a profile of another name", o.env)
	}
	return nil
}

// withoutProfile says that a start without a profile was asked for.
func (o *options) withoutProfile() bool { return o.env != "" || o.host != "" }

// sandboxOptions is the command line of the sandbox alone.
type sandboxOptions struct {
	listen      string
	connections int
	seed        uint64
}

const sandboxUsage = `Serves the embedded Nango alone, on this machine, and prints its address and keys.

  nango-tui sandbox [flags]

`

func parseSandboxOptions(args []string, out io.Writer) (sandboxOptions, error) {
	var o sandboxOptions
	flags := newFlags(out, "nango-tui sandbox", sandboxUsage)
	flags.StringVar(&o.listen, "listen", defaultListen, "the loopback `ADDRESS` to listen on; port 0 takes a free one")
	worldFlags(flags, &o.connections, &o.seed)
	if err := parse(flags, args); err != nil {
		return o, err
	}
	return o, checkWorld(o.connections)
}

func newFlags(out io.Writer, name, head string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard) // pflag would print the usage after an error, and the error with it
	flags.Usage = func() { fmt.Fprint(out, head, "Flags:\n", flags.FlagUsages()) }
	return flags
}

func worldFlags(flags *pflag.FlagSet, connections *int, seed *uint64) {
	flags.IntVar(connections, "connections", defaultConnections, fmt.Sprintf("the embedded Nango has `N` connections, at most %d", sandbox.MaxConnections))
	flags.Uint64Var(seed, "seed", defaultSeed, "the same `SEED` makes the same embedded Nango")
}

func checkWorld(connections int) error {
	if connections < 0 || connections > sandbox.MaxConnections {
		return fmt.Errorf("--connections: expected a number from 0 to %d", sandbox.MaxConnections)
	}
	return nil
}

func parse(flags *pflag.FlagSet, args []string) error {
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%s is not understood; --help lists what is", ui.Clean(flags.Arg(0)))
	}
	return nil
}
