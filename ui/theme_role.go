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
	RoleSelected
	RoleMarked
	RoleMatch
	RoleTitle
	RoleBorder
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
		RoleGood: &t.Good, RoleWarn: &t.Warn, RoleBad: &t.Bad,
		RoleSelected: &t.Selected, RoleMarked: &t.Marked, RoleMatch: &t.Match, RoleTitle: &t.Title, RoleBorder: &t.Border,
		RoleProduction: &t.Production, RoleArmed: &t.Armed,
		RoleKey: &t.Key, RoleString: &t.String, RoleNumber: &t.Number, RoleLiteral: &t.Literal,
	}[r]
}
