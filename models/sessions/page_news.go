package sessions

import (
	"nango-tui/nango"
	"nango-tui/ui"
)

func (a *arrivalWatch) news() (ui.Role, string) {
	switch {
	case len(a.arrived) > 0:
		return ui.RoleGood, "✓ arrived: " + a.names()
	case a.ended && a.isHopeless():
		return ui.RoleWarn, textCantDetectedWhetherThey + a.rows.Err.Error()
	case a.ended:
		return ui.RoleWarn, textNoConnectionMade
	}
	return ui.RoleText, ""
}

func (a *arrivalWatch) opens() (nango.ConnectionRef, bool) {
	if len(a.arrived) == 0 {
		return nango.ConnectionRef{}, false
	}
	return a.arrived[0].Ref(), true
}

// opens always returns the connection: it existed before.
func (m *reconnectWatch) opens() (nango.ConnectionRef, bool) { return m.ref, !m.gone }

func (m *reconnectWatch) news() (ui.Role, string) {
	switch {
	case m.gone:
		return ui.RoleWarn, textConnectionNoLongerExists
	case m.done() && m.waitsForMetadata():
		return ui.RoleGood, textReconnectedMetadataEmptyBeing
	case m.done() && m.restoreErr != nil:
		return ui.RoleWarn, "! " + m.outcome()
	case m.done():
		return ui.RoleGood, "✓ " + m.outcome()
	case m.ended && m.rows.HasFailed():
		return ui.RoleWarn, textCantDetectedWhetherReconnected + m.rows.Err.Error()
	case m.broken == "":
		return ui.RoleWarn, m.undetectable()
	case m.restores > 0:
		return ui.RoleWarn, textMetadataEmptiedButAuthentication
	case m.failures > 0:
		return ui.RoleWarn, textFailedAgainThereNewer
	case m.ended:
		return ui.RoleWarn, textNotReconnectedAuthenticationError
	}
	return ui.RoleText, ""
}

// undetectable says what the list can't show for a connection without an authentication error.
func (m *reconnectWatch) undetectable() string {
	if m.metadata == nil {
		return textNoAuthenticationErrorNo
	}
	return textNoAuthenticationErrorReconnect
}

// waitsForMetadata reports whether the metadata was found empty and is not restored yet.
func (m *reconnectWatch) waitsForMetadata() bool {
	return !m.ended && m.link == alive && (m.busy || m.empty > 0 && m.restores < maxRestores)
}
