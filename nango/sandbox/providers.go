package sandbox

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// catalogJSON is this package's own small catalogue: facts of real providers in most auth modes.
//
//go:embed catalog.json
var catalogJSON []byte

// provider is an entry of the catalogue: what the server itself needs to know of it, and the
// whole entry as it is sent.
type provider struct {
	Name              string                 `json:"name"`
	DisplayName       string                 `json:"display_name"`
	AuthMode          string                 `json:"auth_mode"`
	WebhookScript     string                 `json:"webhook_routing_script"`
	ConnectionConfig  map[string]fieldSchema `json:"connection_config"`
	Credentials       map[string]fieldSchema `json:"credentials"`
	IntegrationConfig map[string]fieldSchema `json:"integration_config"`
	DefaultScopes     []string               `json:"default_scopes"`
	Proxy             struct {
		BaseURL      json.RawMessage `json:"base_url"`
		Verification json.RawMessage `json:"verification"`
	} `json:"proxy"`

	Webhooks bool    `json:"-"`
	entry    *object // without logo_url
	fields   struct{ config, credentials, integration []string }
}

// fieldSchema describes one value that a provider wants from a customer or from the integration.
type fieldSchema struct {
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

// catalog is the list of providers, in the order in which it was given.
type catalog struct {
	ordered   []*provider
	byName    map[string]*provider
	templates map[string]json.RawMessage
}

// readEmbedded reads the embedded catalogue once for all worlds: its providers are never changed.
var readEmbedded = sync.OnceValue(func() *catalog {
	c, err := readCatalog(catalogJSON)
	if err != nil {
		panic("sandbox: embedded catalogue: " + err.Error())
	}
	return c
})

// embeddedCatalog is a list of a world's own of the embedded providers, without templates.
func embeddedCatalog() *catalog {
	c := readEmbedded()
	return &catalog{ordered: slices.Clone(c.ordered), byName: maps.Clone(c.byName), templates: map[string]json.RawMessage{}}
}

// LoadProviders replaces the catalogue by the one in r: {"data":[…]} as GET /providers answers, or
// the bare array. It fails, and changes nothing, when r holds something else or when an
// integration of the world would lose its provider.
func (s *Server) LoadProviders(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading providers: %w", err)
	}
	next, err := readCatalog(data)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.world.integrations {
		if next.byName[i.provider.Name] == nil {
			return fmt.Errorf("integration %q needs the provider %q, which is not in the new catalogue", i.key, i.provider.Name)
		}
	}
	for _, i := range s.world.integrations {
		i.provider = next.byName[i.provider.Name]
	}
	next.templates = s.world.catalog.templates
	s.world.catalog = next
	return nil
}

// DropProvider takes a provider out of the catalogue, as an upgrade of Nango can. While an
// integration still has it, the whole list of integrations is a 500.
func (s *Server) DropProvider(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.catalog
	if c.byName[name] == nil {
		return fmt.Errorf("no provider %q in the catalogue", name)
	}
	delete(c.byName, name)
	c.ordered = slices.DeleteFunc(c.ordered, func(p *provider) bool { return p.Name == name })
	return nil
}

func readCatalog(data []byte) (*catalog, error) {
	v, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("providers are not JSON: %w", err)
	}
	if o, ok := v.(*object); ok {
		v = o.get("data")
	}
	entries, ok := v.([]any)
	if !ok {
		return nil, errors.New("providers: expected an array, or an object with one under \"data\"")
	}
	c := &catalog{byName: map[string]*provider{}, templates: map[string]json.RawMessage{}}
	for n, e := range entries {
		p, err := readProvider(e)
		if err != nil {
			return nil, fmt.Errorf("provider %d: %w", n, err)
		}
		c.ordered = append(c.ordered, p)
		c.byName[p.Name] = p
	}
	return c, nil
}

func readProvider(v any) (*provider, error) {
	entry, ok := v.(*object)
	if !ok {
		return nil, fmt.Errorf("expected an object, found %s", kindOf(v))
	}
	entry.remove("logo_url")
	p := &provider{entry: entry}
	if err := json.Unmarshal(encode(entry), p); err != nil {
		return nil, fmt.Errorf("%s: %w", entry.str("name"), err)
	}
	if p.Name == "" || p.AuthMode == "" {
		return nil, errors.New("no name or no auth_mode")
	}
	p.Webhooks = p.WebhookScript != ""
	p.fields.config = keysOf(entry.obj("connection_config"))
	p.fields.credentials = keysOf(entry.obj("credentials"))
	p.fields.integration = keysOf(entry.obj("integration_config"))
	return p, nil
}

func keysOf(o *object) []string {
	if o == nil {
		return nil
	}
	return slices.Clone(o.keys)
}

func logoURL(base, name string) string { return base + "/images/template-logos/" + name + ".svg" }
