package sessions

import (
	"nango-tui/nango"
	"nango-tui/ui"
)

func (a *arrival) news() (ui.Role, string) {
	switch {
	case len(a.arrived) > 0:
		return ui.RoleGood, "✓ arrived: " + a.names()
	case a.ended && a.cannotLook():
		return ui.RoleWarn, "! whether they connect cannot be seen: " + a.rows.Err.Error()
	case a.ended:
		return ui.RoleWarn, "! nothing arrived"
	}
	return ui.RoleText, ""
}

func (a *arrival) opens() (nango.ConnectionRef, bool) {
	if len(a.arrived) == 0 {
		return nango.ConnectionRef{}, false
	}
	return a.arrived[0].Ref(), true
}

// opens names the connection all the time: it was there before.
func (m *mending) opens() (nango.ConnectionRef, bool) { return m.ref, !m.gone }

func (m *mending) news() (ui.Role, string) {
	switch {
	case m.gone:
		return ui.RoleWarn, "! the connection is not there any more"
	case m.done() && m.waitsForMetadata():
		return ui.RoleGood, "✓ mended; its metadata is empty and is being put back"
	case m.done() && m.putFailed != nil:
		return ui.RoleWarn, "! " + m.outcome()
	case m.done():
		return ui.RoleGood, "✓ " + m.outcome()
	case m.ended && m.rows.HasFailed():
		return ui.RoleWarn, "! whether it is mended cannot be seen: " + m.rows.Err.Error()
	case m.broken == "":
		return ui.RoleWarn, m.unseen()
	case m.putBacks > 0:
		return ui.RoleWarn, "! its metadata was emptied, and the authentication error stays: it seems that the customer " +
			"finished, with credentials that do not work either"
	case m.failures > 0:
		return ui.RoleWarn, "! it failed again: there is a newer authentication error"
	case m.ended:
		return ui.RoleWarn, "! not mended: the authentication error is still there"
	}
	return ui.RoleText, ""
}

// unseen says what the list cannot tell of a connection without an authentication error.
func (m *mending) unseen() string {
	if m.metadata == nil {
		return "! it has no authentication error that could go, and no metadata that could be emptied: the list cannot tell when it has happened"
	}
	return "! it has no authentication error that could go: the list can only tell when the metadata is emptied, which " +
		"most ways to authenticate do, but not OAuth"
}

// waitsForMetadata says that the metadata was found empty and is not back yet.
func (m *mending) waitsForMetadata() bool {
	return !m.ended && m.link == alive && (m.busy || m.empty > 0 && m.putBacks < maxPutBacks)
}
