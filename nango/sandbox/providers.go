package sandbox

import (
	_ "embed"
	"fmt"
	"io"

	"nango-tui/nango/sandbox/catalog"
)

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
