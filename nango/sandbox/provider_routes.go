package sandbox

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// entryWithLogo returns the entry as the API sends it.
func (c *call) entryWithLogo(p *catalog.Provider) *js.Object {
	entry := p.Entry.Clone()
	entry.Set("logo_url", logoURL(c.baseURL(), p.Name))
	return entry
}

// getProviders is GET /providers. search is a regular expression for the name, so a dot is any character.
func getProviders(c *call) answer {
	q := c.validQuery(zod.Key("search", zod.Optional(integrationRule)))
	search, err := regexp.Compile("(?i)" + q.Str("search"))
	if err != nil {
		return c.crash()
	}
	entries := []any{}
	for _, p := range c.env.catalog.Providers {
		if search.MatchString(p.Name) {
			entries = append(entries, c.entryWithLogo(p))
		}
	}
	return jsonAnswer(http.StatusOK, js.NewObject("data", entries))
}

func getProvider(c *call) answer {
	name := c.validParam("provider", providerRule)
	p := require(c.env.catalog.ByName[name], failure(http.StatusNotFound, "not_found", "Unknown provider "+name))
	return data(c.entryWithLogo(p))
}

// getTemplates is GET /providers/{provider}/templates. An unknown provider has an empty list.
func getTemplates(c *call) answer {
	name := c.validParam("provider", providerRule)
	return data(json.RawMessage(cmp.Or(string(c.env.catalog.Templates[name]), "[]")))
}

// getProvidersJSON is GET /providers.json: the catalog as a map by name, without a key.
func getProvidersJSON(c *call) answer {
	all := js.NewObject()
	for _, p := range c.env.catalog.Providers {
		entry := p.Entry.Clone()
		entry.Remove("name")
		all.Set(p.Name, entry)
	}
	return jsonAnswer(http.StatusOK, all)
}

// LoadTemplates sets the function templates of a provider from a JSON array. It returns an error and changes nothing if r
// is something else.
func (s *Server) LoadTemplates(provider string, r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading templates of %s: %w", provider, err)
	}
	v, err := js.Decode(data)
	if err != nil {
		return fmt.Errorf("templates of %s are not JSON: %w", provider, err)
	}
	if _, ok := v.([]any); !ok {
		return errors.New("templates of " + provider + ": expected an array")
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil {
		return fmt.Errorf("templates of %s: %w", provider, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.env.catalog.Templates[provider] = compact.Bytes()
	return nil
}

// LoadProviders replaces the catalog by the one in r: {"data":[…]} as GET /providers returns it, or the bare array. It
// returns an error and changes nothing if r is something else or lacks the provider of an integration.
func (s *Server) LoadProviders(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading providers: %w", err)
	}
	next, err := catalog.Read(data)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.env.integrations {
		if next.ByName[i.provider.Name] == nil {
			return fmt.Errorf("integration %q needs the provider %q, which is not in the new catalog", i.key, i.provider.Name)
		}
	}
	for _, i := range s.env.integrations {
		i.provider = next.ByName[i.provider.Name]
	}
	next.Templates = s.env.catalog.Templates
	s.env.catalog = next
	return nil
}

func logoURL(base, name string) string { return base + "/images/template-logos/" + name + ".svg" }
