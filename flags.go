package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"nango-tui/internal/clean"
	"nango-tui/internal/config"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

const (
	defaultConnections = 1000
	defaultSeed        = 1
	seedFlag           = "seed"
	defaultListen      = "127.0.0.1:3003"
)

// The texts of --help. Words in backquotes name the value of a flag.
const (
	usage = `A terminal dashboard for Nango.

  nango-tui                     use the default profile, or the key in the environment
  nango-tui --demo              try it on an in-memory Nango
  nango-tui --profile NAME      use a profile of the config file
  nango-tui sandbox             serve the in-memory Nango alone, for curl and other clients

`
	sandboxUsage = `Serves the in-memory Nango on this machine, and prints its address and keys.

  nango-tui sandbox [flags]

`
	demoHelp        = "start with an in-memory Nango; nothing leaves this machine"
	connectionsHelp = "the number `N` of connections in the in-memory Nango, at most %d"
	seedHelp        = "the same `SEED` makes the same in-memory Nango, keys included; without it they are new at each start"
	profileHelp     = "use the profile `NAME` of the config file"
	envHelp         = "without a profile: use the key in NANGO_SECRET_KEY_`NAME`"
	hostHelp        = "without a profile: the server's `URL` (default $NANGO_HOSTPORT, or the cloud)"
	readOnlyHelp    = "send only requests that change nothing"
	openHelp        = "start with the screen of `ROUTE`, such as connections or connection/hubspot/abc; the key : lists all"
	debugHelp       = "append a line of JSON for each request to `FILE`, without keys and bodies"
	themeHelp       = "use the colors `NAME`: %s"
	versionHelp     = "print the version"
	serverHelp      = "answer like Nango `VERSION`: %s"
	listenHelp      = "the loopback `ADDRESS` to listen on; port 0 chooses a free one"
)

// options are the flags of the dashboard.
type options struct {
	demo        bool
	connections int
	seed        uint64
	fixedKeys   bool // a seed was asked for, which the keys of the in-memory Nango come from too
	profile     string
	env         string
	host        string
	readOnly    bool
	open        screen.Route
	debug       string
	theme       string
	version     bool
}

// errHelp says that help was asked for and printed.
var errHelp = pflag.ErrHelp

// parseOptions reads the command line of the dashboard. Help goes to out.
func parseOptions(args []string, out *clean.Writer) (options, error) {
	var o options
	var open string
	flags := newFlags(out, "nango-tui", usage)
	flags.BoolVar(&o.demo, "demo", false, demoHelp)
	addDemoFlags(flags, &o.connections, &o.seed)
	flags.StringVar(&o.profile, "profile", "", profileHelp)
	flags.StringVar(&o.env, "env", "", envHelp)
	flags.StringVar(&o.host, "host", "", hostHelp)
	flags.BoolVar(&o.readOnly, "read-only", false, readOnlyHelp)
	flags.StringVar(&open, "open", "", openHelp)
	flags.StringVar(&o.debug, "debug", "", debugHelp)
	flags.StringVar(&o.theme, "theme", "", fmt.Sprintf(themeHelp, config.OneOf(themeNames())))
	flags.BoolVar(&o.version, "version", false, versionHelp)
	if err := parse(flags, args); err != nil {
		return o, err
	}
	o.fixedKeys = flags.Changed(seedFlag)
	return o, o.check(open)
}

// check fails for invalid values and combinations, and parses the route.
func (o *options) check(open string) error {
	if err := o.checkProfile(); err != nil {
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
	return checkConnections(o.connections)
}

// checkProfile makes sure that a key goes to one host only: a profile has its own, and so has the demo.
func (o *options) checkProfile() error {
	if o.demo && (o.profile != "" || o.withoutProfile()) || o.profile != "" && o.withoutProfile() {
		return errors.New("--demo, --profile, and --env or --host can't be combined: a profile has its own host and key")
	}
	if !config.IsEnvironmentName(o.env) {
		return errors.New("--env: expected a name of letters, digits, dashes and underscores")
	}
	if o.env == demoProfile {
		return fmt.Errorf("--env: the name %q is reserved for the demo: use a profile with another name", o.env)
	}
	return nil
}

// withoutProfile reports whether the command line asks for a start without a profile.
func (o *options) withoutProfile() bool { return o.env != "" || o.host != "" }

// sandboxOptions are the flags of the sandbox command.
type sandboxOptions struct {
	listen      string
	connections int
	seed        uint64
	fixedKeys   bool // as in options
	server      string
}

func parseSandboxOptions(args []string, out *clean.Writer) (sandboxOptions, error) {
	var o sandboxOptions
	flags := newFlags(out, "nango-tui sandbox", sandboxUsage)
	flags.StringVar(&o.listen, "listen", defaultListen, listenHelp)
	addDemoFlags(flags, &o.connections, &o.seed)
	flags.StringVar(&o.server, "server", string(sandbox.Server0714), fmt.Sprintf(serverHelp, sandboxVersions()))
	if err := parse(flags, args); err != nil {
		return o, err
	}
	o.fixedKeys = flags.Changed(seedFlag)
	if !slices.Contains(sandbox.Versions, sandbox.Version(o.server)) {
		return o, fmt.Errorf("--server: expected %s", sandboxVersions())
	}
	return o, checkConnections(o.connections)
}

// sandboxVersions lists the versions that the sandbox can answer like: "0.71.4 or 0.71.7".
func sandboxVersions() string {
	var all []string
	for _, version := range sandbox.Versions {
		all = append(all, string(version))
	}
	return strings.Join(all, " or ")
}

func newFlags(out *clean.Writer, name, usage string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard) // or pflag would print errors together with the usage
	flags.Usage = func() { _ = out.Print(clean.Lines(strings.TrimSuffix(usage+"Flags:\n"+flags.FlagUsages(), "\n"))...) }
	return flags
}

func addDemoFlags(flags *pflag.FlagSet, connections *int, seed *uint64) {
	flags.IntVar(connections, "connections", defaultConnections, fmt.Sprintf(connectionsHelp, sandbox.MaxConnections))
	flags.Uint64Var(seed, seedFlag, defaultSeed, seedHelp)
}

func checkConnections(connections int) error {
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
		return fmt.Errorf("unknown argument %q: see --help", flags.Arg(0))
	}
	return nil
}
