package ui

// Role is the meaning of a text. The theme has a style for each.
type Role uint8

// The roles, named like the fields of [Theme].
const (
	RoleText Role = iota
	RoleStrong
	RoleMuted
	RoleAccent
	RoleGood
	RoleWarn
	RoleBad
	RoleAdded
	RoleSelected
	RoleMarked
	RoleMatch
	RoleTitle
	RoleBorder
	RoleScrollbar
	RoleHeader
	RoleFooter
	RoleActiveTab
	RoleDimmed
	RoleInput
	RoleError
	RoleButton
	RoleDanger
	RoleDangerOff
	RoleDangerTitle
	RoleProduction
	RoleArmed
	RoleKey
	RoleString
	RoleNumber
	RoleLiteral
)

// Style returns the style of r. A nil theme changes nothing.
func (t *Theme) Style(r Role) Style {
	if t == nil {
		return Style{}
	}
	return *[...]*Style{
		RoleText: &t.Text, RoleStrong: &t.Strong, RoleMuted: &t.Muted, RoleAccent: &t.Accent,
		RoleGood: &t.Good, RoleWarn: &t.Warn, RoleBad: &t.Bad, RoleAdded: &t.Added,
		RoleSelected: &t.Selected, RoleMarked: &t.Marked, RoleMatch: &t.Match,
		RoleTitle: &t.Title, RoleBorder: &t.Border, RoleScrollbar: &t.Scrollbar,
		RoleHeader: &t.Header, RoleFooter: &t.Footer, RoleActiveTab: &t.ActiveTab, RoleDimmed: &t.Dimmed,
		RoleInput: &t.Input, RoleError: &t.Error,
		RoleButton: &t.Button, RoleDanger: &t.Danger, RoleDangerOff: &t.DangerOff, RoleDangerTitle: &t.DangerTitle,
		RoleProduction: &t.Production, RoleArmed: &t.Armed,
		RoleKey: &t.Key, RoleString: &t.String, RoleNumber: &t.Number, RoleLiteral: &t.Literal,
	}[r]
}
