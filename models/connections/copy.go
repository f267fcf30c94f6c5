package connections

import (
	"encoding/json"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func (l *List) copyMenu(t *screen.Turn, s target) {
	options := append(s.copyOptions(t),
		screen.Option{Title: optionJSON, Detail: aboutJSONReadAgain, Do: func(t *screen.Turn) { l.copyJSON(t, s) }})
	t.Pick(screen.TextCopy, append(options, l.copyManyOptions()...)...)
}

// copyOptions are what can be copied of a connection without reading more.
func (s target) copyOptions(t *screen.Turn) []screen.Option {
	list := nango.Curl(readRow(s.ref).Call(), t.Profile.Host).Line
	whole := nango.Curl(nango.GetConnection(s.ref, nango.GetOptions{}).Call(), t.Profile.Host).Line
	options := append(s.copyNames(), copyOption(optionListCurl, aboutListCurl, screen.TextCurl, list))
	if s.unusable() == "" {
		options = append(options, copyOption(optionConnectionCurl, aboutConnectionCurl, screen.TextCurl, whole))
	}
	return options
}

// copyNames copy what identifies the connection.
func (s target) copyNames() []screen.Option {
	return []screen.Option{
		copyOption(optionID, s.ref.ID, copiedID, s.ref.ID),
		copyOption(optionIntegration, s.ref.Integration, screen.TextIntegrationKey, s.ref.Integration),
	}
}

func copyOption(title, detail, what, text string) screen.Option {
	return screen.Option{Title: title, Detail: detail, Do: func(t *screen.Turn) { t.CopyLine(what, text) }}
}

// copyJSON reads the connection from the list and copies it, because a row doesn't keep all of it.
func (l *List) copyJSON(t *screen.Turn, s target) {
	l.copying.Fetch(t, readRow(s.ref), func(t *screen.Turn) {
		found := match(l.copying.Value, s.ref)
		switch {
		case l.copying.HasFailed():
			t.Notice(noticeNotCopied, fmt.Sprintf(noticeCopyLoadFailed, l.copying.Err))
		case found == nil:
			t.Notice(noticeNotCopied, noticeCopyGone)
			l.gone(t, s.ref)
		default:
			copyConnection(t, found)
		}
		l.copying.Value = nil
	})
}

// match returns the connection with this reference. The server may return others with the same id.
func match(all []nango.Connection, ref nango.ConnectionRef) *nango.Connection {
	return screen.Find(all, func(c nango.Connection) bool { return c.Ref() == ref })
}

// copyConnection copies the list's data of a connection, with secrets in its metadata masked.
func copyConnection(t *screen.Turn, c *nango.Connection) {
	raw, err := json.Marshal(c)
	if err != nil {
		t.Notice(noticeNotCopied, fmt.Sprintf(noticeCopyEncodeFailed, err))
		return
	}
	t.Copy(copiedJSON, screen.Indent(nango.MaskJSONBy(raw, t.Mask)))
}
