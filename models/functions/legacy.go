package functions

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// legacyFunctions loads functions from servers before v0.70.7. They merge all integrations of a provider under the
// key of the first, and omit on-event functions. So the provider of the integration is needed to find its functions.
type legacyFunctions struct {
	used     bool
	scripts  screen.Load[[]nango.ProviderScripts]
	provider screen.Load[string]
}

// fetch loads both; then is called when both are loaded.
func (o *legacyFunctions) fetch(t *screen.Turn, integration string, then func(*screen.Turn)) {
	o.used = true
	both := func(t *screen.Turn) {
		if !o.isLoading() {
			then(t)
		}
	}
	o.scripts.Fetch(t, nango.ListScripts(), both)
	o.provider.Fetch(t, getProvider(integration), both)
}

func getProvider(integration string) nango.Read[string] {
	return nango.Map(nango.GetIntegration(integration, nango.Include{}), func(one nango.IntegrationDetail) string { return one.Provider })
}

func (o *legacyFunctions) isLoading() bool { return o.scripts.IsLoading() || o.provider.IsLoading() }

// err is why the list couldn't be loaded.
func (o *legacyFunctions) err() error {
	if o.scripts.Err != nil {
		return o.scripts.Err
	}
	return o.provider.Err
}

// functions returns those of the integration's provider, whichever integration they belong to.
func (o *legacyFunctions) functions(integration string) []nango.Function {
	for _, one := range o.scripts.Value {
		if one.Provider == o.provider.Value || one.Provider == "" && one.Integration == integration {
			return one.Functions
		}
	}
	return nil
}

// warning says how the list differs from the one of newer servers.
func (o *legacyFunctions) warning() string {
	info, _ := nango.OpFunctionsList.Info()
	return textOlderServer + info.Since + textOlderListsAll + o.provider.Value +
		textOlderListsTogether
}
