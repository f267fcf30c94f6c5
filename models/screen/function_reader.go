package screen

import (
	"context"

	"nango-tui/nango"
)

// FunctionReader reads the functions of integrations in work off App's goroutine. [FunctionLoader] is for screens that list them. The
// zero value is ready.
type FunctionReader struct {
	// byProvider is what a server that has only the older list returned; nil before it was read.
	byProvider map[string][]nango.Function
	isOld      bool
}

// Read reads the functions of an integration: one request for 100, at most [nango.FunctionsBound]. An old server has them by provider
// only, without on-event functions; that list is read once.
func (r *FunctionReader) Read(ctx context.Context, tools Tools, integration, provider string) ([]nango.Function, error) {
	var all []nango.Function
	pages := nango.NewFunctionPages(nango.FunctionQuery{Integration: integration})
	for next, more := pages.Next(); more && !r.isOld; next, more = pages.Next() {
		page, err := Read(ctx, tools, next)
		switch {
		case isOldServer(err):
			r.isOld = true
		case err != nil:
			return nil, err
		default:
			all = append(all, page.Functions...)
			pages.Add(page)
		}
	}
	if !r.isOld {
		return all, nil
	}
	if r.byProvider == nil {
		scripts, err := Read(ctx, tools, nango.ListScripts())
		if err != nil {
			return nil, err
		}
		r.byProvider = map[string][]nango.Function{}
		for _, one := range scripts {
			r.byProvider[one.Provider] = append(r.byProvider[one.Provider], one.Functions...)
		}
	}
	return r.byProvider[provider], nil
}

// isOldServer reports whether a server doesn't have the list of functions: it answers with its dashboard, or with a 404 without a code.
func isOldServer(err error) bool {
	e, ok := nango.AsError(err)
	return ok && (e.Kind == nango.NotNango || e.Kind == nango.NotFound && e.Code == "")
}
