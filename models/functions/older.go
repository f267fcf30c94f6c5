package functions

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// older reads functions the way that servers before v0.70.7 know. They merge all integrations of a provider under the key
// of the first, and leave out what runs on events. So the provider of the integration is needed to find its own among them.
type older struct {
	used     bool
	scripts  screen.Load[[]nango.ProviderScripts]
	provider screen.Load[string]
}

// read asks for both; then is called when the second of them is there.
func (o *older) read(t *screen.Turn, integration string, then func(*screen.Turn)) {
	o.used = true
	both := func(t *screen.Turn) {
		if !o.waiting() {
			then(t)
		}
	}
	o.scripts.Fetch(t, nango.ListScripts(), both)
	o.provider.Fetch(t, nango.Map(nango.GetIntegration(integration, nango.Include{}),
		func(one nango.IntegrationDetail) string { return one.Provider }), both)
}

func (o *older) waiting() bool { return o.scripts.IsLoading() || o.provider.IsLoading() }

// err is why there is no list; nil where there is one.
func (o *older) err() error {
	if o.scripts.Err != nil {
		return o.scripts.Err
	}
	return o.provider.Err
}

// functions are those of the integration's provider, whichever integration they belong to.
func (o *older) functions(integration string) []nango.Function {
	for _, one := range o.scripts.Value {
		if one.Provider == o.provider.Value || one.Provider == "" && one.Integration == integration {
			return one.Functions
		}
	}
	return nil
}

// said is what one has to know about such a list.
func (o *older) said() string {
	info, _ := nango.OpFunctionsList.Info()
	return "This server is older than Nango " + info.Since + ": it lists the functions of all integrations of " + o.provider.Value +
		" together, and none that runs on events."
}
