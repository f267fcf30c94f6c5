package screen

import (
	"cmp"
	"slices"
	"time"

	"nango-tui/nango"
)

// FunctionLoader loads functions of an integration as values of T: all, page by page, or one. Servers before v0.70.7 only list
// the functions of all integrations: those of one provider are merged under the key of the first, without on-event functions.
type FunctionLoader[T any] struct {
	Integration string
	// Type is the type of the functions; empty for all.
	Type nango.FunctionType
	// NoLegacy means that the older list is of no use.
	NoLegacy bool
	// Convert makes a value. It is called where the response is decoded.
	Convert func(nango.Function) T
	// All are the newest values. They stay during a newer load, and if that fails. The first load adds page by page.
	All []T
	// Err is the error of the newest load; nil if it succeeded. It stays during a newer load.
	Err error
	// At is when all values were loaded; zero before.
	At time.Time
	// Legacy reports whether the older list was loaded; LegacyProvider is the provider whose functions it has.
	Legacy         bool
	LegacyProvider string

	pages    nango.FunctionPages
	page     Load[functionPage[T]]
	pending  []T // of the loaded pages
	scripts  Load[[]nango.ProviderScripts]
	provider Load[string]
	then     func(*Turn)
}

// functionPage is a page of functions with their values.
type functionPage[T any] struct {
	nango.FunctionPage
	values []T
}

func (l *FunctionLoader[T]) convert(page nango.FunctionPage) functionPage[T] {
	values := make([]T, 0, len(page.Functions))
	for _, f := range page.Functions {
		values = append(values, l.Convert(f))
	}
	return functionPage[T]{page, values}
}

// LoadAll loads all functions. Then is called when All or Err has changed.
func (l *FunctionLoader[T]) LoadAll(t *Turn, then func(*Turn)) {
	l.then, l.pending = then, nil
	l.pages = nango.NewFunctionPages(nango.FunctionQuery{Integration: l.Integration, Type: l.Type})
	l.next(t)
}

func (l *FunctionLoader[T]) next(t *Turn) {
	if read, more := l.pages.Next(); more {
		l.page.FetchKnown(t, nango.Map(read, l.convert), l.addPage)
	}
}

func (l *FunctionLoader[T]) addPage(t *Turn) {
	if l.page.HasFailed() {
		l.failed(t)
		return
	}
	l.pending = append(l.pending, l.page.Value.values...)
	l.pages.Add(l.page.Value.FunctionPage)
	l.Legacy = false
	if l.pages.Done() {
		l.finish(t, l.pending, l.page.At)
		return
	}
	l.next(t)
	if l.At.IsZero() {
		l.All, l.Err = slices.Clone(l.pending), nil
		l.then(t)
	}
}

// LoadOne loads one function into All: from a server with only the older list, all functions. Then is called when it has ended.
func (l *FunctionLoader[T]) LoadOne(t *Turn, name string, then func(*Turn)) {
	l.then = then
	one := nango.Map(nango.GetFunction(l.Integration, name, l.Type), func(f nango.Function) functionPage[T] {
		return functionPage[T]{values: []T{l.Convert(f)}}
	})
	l.page.Fetch(t, one, func(t *Turn) {
		if l.page.HasFailed() {
			l.failed(t)
			return
		}
		l.Legacy = false
		l.finish(t, l.page.Value.values, t.Now)
	})
}

func (l *FunctionLoader[T]) finish(t *Turn, values []T, at time.Time) {
	l.All, l.Err, l.At = values, nil, at
	l.then(t)
}

// failed loads the older list if the server is too old for the other: it answers with its dashboard, or with a 404 without a code.
func (l *FunctionLoader[T]) failed(t *Turn) {
	if l.NoLegacy || !isOldServer(l.page.Err) {
		l.Err = l.page.Err
		l.then(t)
		return
	}
	l.Legacy = true
	both := func(t *Turn) {
		if !l.IsLoading() {
			l.addLegacy(t)
		}
	}
	l.scripts.Fetch(t, nango.ListScripts(), both)
	l.provider.Fetch(t, ProviderOf(l.Integration), both)
}

// ProviderOf reads the provider of an integration.
func ProviderOf(integration string) nango.Read[string] {
	return nango.Map(nango.GetIntegration(integration, nango.Include{}), func(one nango.IntegrationDetail) string { return one.Provider })
}

// addLegacy takes the functions of the integration's provider from the older list, whichever integration they belong to.
func (l *FunctionLoader[T]) addLegacy(t *Turn) {
	var found []T
	known := false
	l.LegacyProvider = l.provider.Value
	for _, group := range l.scripts.Value {
		if group.Integration != l.Integration && (group.Provider == "" || group.Provider != l.provider.Value) {
			continue
		}
		known, l.LegacyProvider = true, group.Provider
		for _, f := range group.Functions {
			if l.Type == "" || f.Type == l.Type {
				found = append(found, l.Convert(f))
			}
		}
	}
	l.scripts.Value = nil
	if err := cmp.Or(l.scripts.Err, l.provider.Err); err != nil && (!known || l.scripts.HasFailed()) {
		l.Err = err
		l.then(t)
		return
	}
	l.finish(t, found, t.Now)
}

// IsLoading reports whether a load is in progress.
func (l *FunctionLoader[T]) IsLoading() bool {
	return l.page.IsLoading() || l.scripts.IsLoading() || l.provider.IsLoading()
}

// Missing is the number of functions beyond the limit, which are not loaded.
func (l *FunctionLoader[T]) Missing() int { return l.pages.Missing() }
