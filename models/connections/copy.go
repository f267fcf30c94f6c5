package connections

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// copyMenu offers what can be copied of a row.
func (l *List) copyMenu(t *screen.Turn, s subject) {
	options := append(s.copyOptions(t),
		screen.Option{Title: "Connection as JSON", Detail: "read again for this, as the list has it", Do: func(t *screen.Turn) { l.copyJSON(t, s) }})
	if marked := l.table.Marked(); len(marked) > 0 {
		what := fmt.Sprintf("%d connection ids", len(marked))
		options = append(options, screen.Option{Title: "Ids of the marked", Detail: what, Do: func(t *screen.Turn) {
			t.Copy(what, idsOf(marked))
		}})
	}
	t.Pick("Copy", options...)
}

// copyOptions are what can be copied of any connection without asking for more.
func (s subject) copyOptions(t *screen.Turn) []screen.Option {
	list := nango.Curl(readRow(s.ref).Call(), t.Profile.Host).Line
	whole := nango.Curl(nango.GetConnection(s.ref, nango.GetOptions{}).Call(), t.Profile.Host).Line
	options := []screen.Option{
		copyOption("Connection id", s.ref.ID, "connection id", s.ref.ID),
		copyOption("Integration key", s.ref.Integration, "integration key", s.ref.Integration),
		copyOption("curl, from the list", "changes nothing", "curl line", list),
	}
	if s.refused() == "" {
		options = append(options, copyOption("curl, whole", "may refresh the token when it is run", "curl line", whole))
	}
	return options
}

func copyOption(title, detail, what, text string) screen.Option {
	return screen.Option{Title: title, Detail: detail, Do: func(t *screen.Turn) { t.CopyLine(what, text) }}
}

func idsOf(refs []nango.ConnectionRef) string {
	ids := make([]string, len(refs))
	for i, ref := range refs {
		ids[i] = ref.ID
	}
	return strings.Join(ids, "\n")
}

// copyJSON reads the connection from the list and copies it: a row does not hold all of it.
func (l *List) copyJSON(t *screen.Turn, s subject) {
	l.copying.Fetch(t, readRow(s.ref), func(t *screen.Turn) {
		found := match(l.copying.Value, s.ref)
		switch {
		case l.copying.HasFailed():
			t.Notice("Not copied", "The connection could not be read: "+l.copying.Err.Error())
		case found == nil:
			t.Notice("Not copied", "The connection is not there any more.")
			l.remove(s.ref)
		default:
			copyConnection(t, found, l.hiding)
		}
		l.copying.Value = nil
	})
}

// match is the connection with this name; the server may answer with others of the same id.
func match(all []nango.Connection, ref nango.ConnectionRef) *nango.Connection {
	for i := range all {
		if all[i].Ref() == ref {
			return &all[i]
		}
	}
	return nil
}

// copyConnection copies what the list has of a connection, without the secrets in its metadata.
func copyConnection(t *screen.Turn, c *nango.Connection, h hiding) {
	raw, err := json.Marshal(c)
	if err != nil {
		t.Notice("Not copied", "The connection cannot be written as JSON: "+err.Error())
		return
	}
	t.Copy("connection as JSON", indented(h.masked(raw)))
}

// indented is JSON on several lines; a text that is none stays as it is.
func indented(raw []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return string(raw)
	}
	return out.String()
}
