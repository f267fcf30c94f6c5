package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
)

// shown is the entry as the API sends it: with the address of its logo.
func (c *call) shown(p *provider) *object {
	entry := p.entry.clone()
	entry.set("logo_url", logoURL(c.baseURL(), p.Name))
	return entry
}

// getProviders is GET /providers. search is a regular expression over the name, without regard
// to case, so that a dot stands for any character.
func getProviders(c *call) answer {
	q := c.validQuery(field{"search", optional(integrationRule)})
	wanted, err := regexp.Compile("(?i)" + q.str("search"))
	if err != nil {
		return c.crashLocked()
	}
	b := []byte(`{"data":[`)
	for _, p := range c.world.catalog.ordered {
		if !wanted.MatchString(p.Name) {
			continue
		}
		if b[len(b)-1] != '[' {
			b = append(b, ',')
		}
		b = appendValue(b, c.shown(p), false)
	}
	return jsonText(http.StatusOK, append(b, "]}"...))
}

// getProvider is GET /providers/{provider}.
func getProvider(c *call) answer {
	c.validQuery()
	name := c.validParam("provider", providerRule)
	p := c.world.catalog.byName[name]
	if p == nil {
		return failure(http.StatusNotFound, "not_found", "Unknown provider "+name)
	}
	return jsonAnswer(http.StatusOK, dataBody{c.shown(p)})
}

// getTemplates is GET /providers/{provider}/templates; a provider nobody knows has none, too.
func getTemplates(c *call) answer {
	c.validQuery()
	name := c.validParam("provider", providerRule)
	list, ok := c.world.catalog.templates[name]
	if !ok {
		list = json.RawMessage("[]")
	}
	return jsonAnswer(http.StatusOK, dataBody{list})
}

// getProvidersJSON is GET /providers.json: the catalogue as a map by name, without a key.
func getProvidersJSON(c *call) answer {
	all := newObject()
	for _, p := range c.world.catalog.ordered {
		entry := p.entry.clone()
		entry.remove("name")
		all.set(p.Name, entry)
	}
	return jsonAnswer(http.StatusOK, all)
}

// LoadTemplates sets the function templates of a provider from a JSON array. It fails, and changes
// nothing, when r holds something else.
func (s *Server) LoadTemplates(provider string, r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading templates of %s: %w", provider, err)
	}
	v, err := decode(data)
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
	s.world.catalog.templates[provider] = compact.Bytes()
	return nil
}
