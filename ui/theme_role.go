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
	switch r {
	case RoleStrong:
		return t.Strong
	case RoleMuted:
		return t.Muted
	case RoleAccent:
		return t.Accent
	case RoleGood:
		return t.Good
	case RoleWarn:
		return t.Warn
	case RoleBad:
		return t.Bad
	case RoleTitle:
		return t.Title
	case RoleBorder:
		return t.Border
	}
	return t.rareStyle(r)
}

func (t *Theme) rareStyle(r Role) Style {
	switch r {
	case RoleSelected:
		return t.Selected
	case RoleMarked:
		return t.Marked
	case RoleMatch:
		return t.Match
	case RoleProduction:
		return t.Production
	case RoleArmed:
		return t.Armed
	case RoleKey:
		return t.Key
	case RoleString:
		return t.String
	case RoleNumber:
		return t.Number
	case RoleLiteral:
		return t.Literal
	}
	return t.Text
}
