package integrations

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// lacks remembers for as long as a screen is there what Nango did not let the API key do, and by which scope it would.
type lacks map[nango.Operation]string

// note looks at an error for a scope that the key lacks.
func (l lacks) note(err error) {
	known, ok := nango.AsError(err)
	if ok && errors.Is(err, nango.Forbidden) && len(known.Scopes) > 0 {
		l[known.Operation] = "this API key lacks the scope " + strings.Join(known.Scopes, " or ")
	}
}

// reason is why the key may not do the operation, or empty where nothing is known against it.
func (l lacks) reason(op nango.Operation) string { return l[op] }

// again is the action that reads the screen again. It forgets what the key may not do: it may have got the scope.
func (l lacks) again(s screen.Screen) screen.Action {
	again := screen.Again(s)
	again.Do = func(t *screen.Turn) {
		clear(l)
		s.Refresh(t)
	}
	return again
}

// words say an operation in the reader's.
var words = map[nango.Operation]string{
	nango.OpIntegrationUpdate: "Edit", nango.OpIntegrationDelete: "Delete", nango.OpIntegrationCreate: "Make",
	nango.OpIntegrationQuickstart: "Make with Nango's own app",
}

// said is a sentence for each operation that the key may not do.
func (l lacks) said() []string {
	var all []string
	for _, op := range slices.Sorted(maps.Keys(l)) {
		all = append(all, words[op]+": "+l[op]+".")
	}
	return all
}

// either is the first reason that there is.
func either(reasons ...string) string {
	for _, reason := range reasons {
		if reason != "" {
			return reason
		}
	}
	return ""
}

func declined(err error) bool { return errors.Is(err, screen.ErrDeclined) }
