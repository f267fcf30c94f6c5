// Package catalog is Nango's catalog of providers: what GET /providers returns, and what the server itself needs to know
// of a provider. It knows JSON values (package js) and the formats of zod, and nothing of integrations and connections.
package catalog

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// embedded is the sandbox's own small catalog: facts of real providers in most auth modes.
//
//go:embed catalog.json
var embedded []byte

// Provider is an entry of the catalog.
type Provider struct {
	Name              string           `json:"name"`
	DisplayName       string           `json:"display_name"`
	AuthMode          string           `json:"auth_mode"`
	WebhookScript     string           `json:"webhook_routing_script"` // "" if the provider sends no webhooks
	ConnectionConfig  map[string]Field `json:"connection_config"`
	Credentials       map[string]Field `json:"credentials"`
	IntegrationConfig map[string]Field `json:"integration_config"`
	DefaultScopes     []string         `json:"default_scopes"`
	Proxy             struct {
		BaseURL      json.RawMessage `json:"base_url"`
		Verification json.RawMessage `json:"verification"`
	} `json:"proxy"`

	Entry *js.Object `json:"-"` // the whole entry, without logo_url

	// The keys of the three maps, in the order of the catalog.
	ConnectionKeys, CredentialKeys, IntegrationKeys []string `json:"-"`
}

// Field describes one value that a provider needs from a customer or from the integration.
type Field struct {
	Title     string   `json:"title"`
	Pattern   string   `json:"pattern"`
	Format    string   `json:"format"`
	Default   string   `json:"default_value"`
	Example   string   `json:"example"`
	Enum      []string `json:"enum"`
	Optional  bool     `json:"optional"`
	Secret    bool     `json:"secret"`
	Automated bool     `json:"automated"`
}

// Catalog is a list of providers, and the function templates of each.
type Catalog struct {
	Providers []*Provider // in the order of the source
	ByName    map[string]*Provider
	Templates map[string]json.RawMessage
}

var readEmbedded = sync.OnceValue(func() *Catalog {
	c, err := Read(embedded)
	if err != nil {
		panic("sandbox: embedded catalog: " + err.Error())
	}
	return c
})

// Embedded returns a new catalog of the embedded providers, without templates. The providers are shared; nothing changes
// them.
func Embedded() *Catalog {
	c := readEmbedded()
	return &Catalog{slices.Clone(c.Providers), maps.Clone(c.ByName), map[string]json.RawMessage{}}
}

// Read reads providers: {"data":[…]} as GET /providers returns them, or the bare array.
func Read(data []byte) (*Catalog, error) {
	v, err := js.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("providers are not JSON: %w", err)
	}
	if o, ok := v.(*js.Object); ok {
		v = o.Get("data")
	}
	entries, ok := v.([]any)
	if !ok {
		return nil, errors.New("providers: expected an array, or an object with one under \"data\"")
	}
	c := &Catalog{ByName: map[string]*Provider{}, Templates: map[string]json.RawMessage{}}
	for n, e := range entries {
		p, err := readProvider(e)
		if err != nil {
			return nil, fmt.Errorf("provider %d: %w", n, err)
		}
		c.Providers = append(c.Providers, p)
		c.ByName[p.Name] = p
	}
	return c, nil
}

func readProvider(v any) (*Provider, error) {
	entry, ok := v.(*js.Object)
	if !ok {
		return nil, fmt.Errorf("expected an object, found %s", js.TypeOf(v))
	}
	entry.Remove("logo_url")
	p := &Provider{
		Entry:           entry,
		ConnectionKeys:  entry.Obj("connection_config").Keys(),
		CredentialKeys:  entry.Obj("credentials").Keys(),
		IntegrationKeys: entry.Obj("integration_config").Keys(),
	}
	if err := json.Unmarshal(js.Encode(entry), p); err != nil {
		return nil, fmt.Errorf("%s: %w", entry.Str("name"), err)
	}
	if p.Name == "" || p.AuthMode == "" {
		return nil, errors.New("no name or no auth_mode")
	}
	return p, nil
}

// Accepts reports whether the provider accepts new credentials. A provider without a test accepts all. The others reject
// keys and passwords that begin with "bad", and a connection without the config that their address needs.
func (p *Provider) Accepts(credentials, config *js.Object) bool {
	if len(p.Proxy.Verification) == 0 {
		return true
	}
	for _, name := range p.ConnectionKeys {
		if strings.Contains(string(p.Proxy.BaseURL), "${connectionConfig."+name+"}") && !config.Has(name) {
			return false
		}
	}
	return !strings.HasPrefix(credentials.Str("apiKey"), "bad") && !strings.HasPrefix(credentials.Str("password"), "bad")
}

// IntegrationDefaults returns the first integration_config of an integration. One that was never sent a config has none,
// as seen on v0.71.4.
func (p *Provider) IntegrationDefaults() *js.Object {
	o := js.NewObject()
	for _, name := range p.IntegrationKeys {
		if d := p.IntegrationConfig[name].Default; d != "" {
			o.Set(name, d)
		}
	}
	return o
}

// Allows reports whether a value is one of the field's choices and has its pattern and format. A pattern that Go can't
// compile is ignored.
func (f Field) Allows(v string) bool {
	if len(f.Enum) > 0 && !slices.Contains(f.Enum, v) {
		return false
	}
	if re, err := regexp.Compile(f.Pattern); err == nil && !re.MatchString(v) {
		return false
	}
	return f.Format != "uri" || zod.IsURL(v)
}

// Sample returns something that a customer could type.
func (f Field) Sample() string {
	switch {
	case len(f.Enum) > 0:
		return f.Enum[0]
	case f.Example != "":
		return f.Example
	}
	return "example"
}
