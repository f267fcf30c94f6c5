package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// CopyCallback copies the URL to register at the provider, while a form is filled in.
const CopyCallback screen.ActionID = "form.copyCallback"

// callback is the URL that is registered with an app at the provider, and what providers call it. Both are empty if there is none.
type callback struct{ label, url string }

func callbackOf(host, authMode string) callback {
	url := nango.CallbackURL(host, authMode)
	switch {
	case url == "":
		return callback{}
	case authMode == modeGitHub:
		return callback{labelSetupURL, url}
	}
	return callback{labelCallback, url}
}

// head returns the lines above a form: the URL, and how to copy it.
func (c callback) head(f ui.Frame) []ui.Line {
	if c.url == "" {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleMuted, c.label+"  "), f.Styled(ui.RoleStrong, c.url)}
	if key := screen.Key(f, CopyCallback); key != "" {
		line = append(line, ui.Styled(ui.RoleMuted, "  "+key+hintCopies))
	}
	return []ui.Line{line, ui.Muted(textCallback)}
}

// action copies the URL.
func (c callback) action() screen.Action {
	return screen.Action{ID: CopyCallback, Title: actionCopyCallback, HideInFooter: true, WhileTyping: true,
		Disabled: screen.DisabledIf(c.url == "", whyNoCallback), Do: func(t *screen.Turn) { t.CopyLine(c.label, c.url) }}
}
