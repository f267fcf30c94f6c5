package welcome

// Titles, hints and actions.
const (
	textTitle         = "Welcome"
	titleProblem      = "NOT CONNECTED"
	titleKey          = "HOW TO PROVIDE A KEY"
	titleDemo         = "TRY THE DEMO"
	titleVariables    = "ENVIRONMENT VARIABLES"
	titleProfiles     = "OR A PROFILES FILE"
	titleExample      = "EXAMPLE"
	hintDemo          = "opens the demo"
	hintCopyExample   = "copies it"
	actionDemo        = "Open demo"
	actionCopyExample = "Copy example"
	whyNoDemo         = "the demo is not available"
	copiedExample     = "example of a profiles file"
)

// The sections, line by line.
const (
	textKey       = "A key belongs to one environment of one Nango server."
	textFindKeys  = "Create and find keys in Nango's dashboard, under Environment Settings › API Keys."
	textDemo      = "The demo is a Nango server inside this program, with fake customers."
	textDemoSafe  = "It needs no key, and nothing leaves this machine."
	textVariables = "the first one that is set is used"
	textFile      = "~/.config/nango-tui/config.yaml, or under $XDG_CONFIG_HOME. Only you may have write access."
	textKeySource = "A key comes from a variable (env), a file, or a command (a list), such as a password manager's."
	textProfile   = "A profile is production unless it says production: false."
)

// variables are the environment variables in the order of the page, with what is said about each.
var variables = [...]struct{ name, about string }{
	{"NANGO_SECRET_KEY_DEV", "with --env dev; likewise for other environments"},
	{"NANGO_API_KEY", ""},
	{"NANGO_SECRET_KEY", ""},
	{"NANGO_HOSTPORT", "your own server; default https://api.nango.dev"},
}

// Example is an example of a profiles file. It is shown and copied unchanged.
const Example = `default: acme-dev
profiles:
  acme-dev:
    production: false
    key:
      env: NANGO_SECRET_KEY_DEV
  acme-prod:
    production: true
    key:
      command: [op, read, "op://work/nango/key"]
  our-own-server:
    host: https://nango.example.com
    key:
      file: ~/.config/nango-tui/own.key
`
