package providers

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// entry is what the screen of one provider shows.
type entry struct {
	nango.Provider
	// integrationFields are of the integration's config; connectionFields are what a customer enters.
	integrationFields, connectionFields []field
	// automated are the names of the values that Nango sets.
	automated []string
}

// credentials is the part of a connection whose values are all secret.
const credentials = "credentials"

type field struct {
	// part is the object of the field: credentials or one of the configs.
	part string
	screen.ProviderField
}

func entryOf(p nango.Provider) entry {
	e := entry{Provider: p}
	e.integrationFields = e.visibleFields("integration_config", p.IntegrationConfig)
	e.connectionFields = append(e.visibleFields(credentials, p.Credentials), e.visibleFields("connection_config", p.ConnectionConfig)...)
	slices.Sort(e.automated)
	return e
}

// visibleFields returns the fields that a user enters, in the order of a form, and adds the automated ones. Hidden fields
// are sent with their default.
func (e *entry) visibleFields(part string, all map[string]nango.ProviderField) []field {
	var fields []field
	for _, f := range screen.ProviderFields(all) {
		switch {
		case f.Automated:
			e.automated = append(e.automated, f.Name)
		case !f.Hidden:
			fields = append(fields, field{part, f})
		}
	}
	return fields
}

// requirements is what an auth mode needs of an integration (Nango's reference of POST /integrations), and what a customer
// does to connect, where the catalog doesn't list it.
type requirements struct{ integration, connection string }

func (e *entry) requirements() requirements {
	if known, ok := modeRequirements[e.AuthMode]; ok {
		return known
	}
	return requirements{needsUnknown, needsUnknown}
}
