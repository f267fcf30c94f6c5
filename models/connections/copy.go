package connections

import (
	"encoding/json"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func (l *List) copyMenu(t *screen.Turn, s target) {
	options := append(s.copyOptions(t),
		screen.Option{Title: "Connection as JSON", Detail: textReadAgainFormatList, Do: func(t *screen.Turn) { l.copyJSON(t, s) }})
	if marked := l.table.Marked(); len(marked) > 0 {
		what := fmt.Sprintf("%d connection ids", len(marked))
		options = append(options, screen.Option{Title: textIDsMarkedConnections, Detail: what, Do: func(t *screen.Turn) {
			t.Copy(what, idsOf(marked))
		}})
	}
	t.Pick("Copy", options...)
}

// copyOptions are what can be copied of a connection without reading more.
func (s target) copyOptions(t *screen.Turn) []screen.Option {
	list := nango.Curl(readRow(s.ref).Call(), t.Profile.Host).Line
	whole := nango.Curl(nango.GetConnection(s.ref, nango.GetOptions{}).Call(), t.Profile.Host).Line
	options := []screen.Option{
		copyOption("Connection ID", s.ref.ID, "connection ID", s.ref.ID),
		copyOption("Integration key", s.ref.Integration, "integration key", s.ref.Integration),
		copyOption("curl for the list", "changes nothing", "curl command", list),
	}
	if s.unusable() == "" {
		options = append(options, copyOption(textCurlConnection, textMayRefreshTokenWhen, "curl command", whole))
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

// copyJSON reads the connection from the list and copies it, because a row doesn't keep all of it.
func (l *List) copyJSON(t *screen.Turn, s target) {
	l.copying.Fetch(t, readRow(s.ref), func(t *screen.Turn) {
		found := match(l.copying.Value, s.ref)
		switch {
		case l.copying.HasFailed():
			t.Notice("Not copied", "Couldn't load the connection: "+l.copying.Err.Error())
		case found == nil:
			t.Notice("Not copied", "The connection no longer exists.")
			l.remove(s.ref)
		default:
			copyConnection(t, found)
		}
		l.copying.Value = nil
	})
}

// match returns the connection with this reference. The server may return others with the same id.
func match(all []nango.Connection, ref nango.ConnectionRef) *nango.Connection {
	for i := range all {
		if all[i].Ref() == ref {
			return &all[i]
		}
	}
	return nil
}

// copyConnection copies the list's data of a connection, with secrets in its metadata masked.
func copyConnection(t *screen.Turn, c *nango.Connection) {
	raw, err := json.Marshal(c)
	if err != nil {
		t.Notice("Not copied", "Couldn't encode the connection as JSON: "+err.Error())
		return
	}
	t.Copy("connection as JSON", screen.Indent(nango.MaskJSONBy(raw, t.Mask)))
}
