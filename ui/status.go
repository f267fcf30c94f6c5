package ui

import (
	"strconv"
	"strings"
	"time"
)

// Status is the first line of the screen.
type Status struct {
	Profile string
	Host    string
	// Proxy is the address of the proxy between this program and the host; empty for none.
	Proxy string
	// Production shows the badge, which is never dropped.
	Production bool
	ReadOnly   bool
	// Insecure is true if the host of the profile is reached by http.
	Insecure bool
	// ArmedUntil is the end of arming. In the past it means not armed.
	ArmedUntil time.Time
	// Left of Limit requests remain in this minute. A Limit of 0 is unknown and not drawn.
	Left, Limit int
	// Assumed is true if the server doesn't report its limit, so other programs may have used some of it.
	Assumed bool
	// WaitUntil is when a request waiting for the budget is sent. In the past it means that none waits.
	WaitUntil time.Time
	// LoadedAt is when the data on the screen was loaded; zero is not drawn.
	LoadedAt time.Time
	// Waiting is what a load that takes long waits for, and for how long; empty if none takes long.
	Waiting Text
	// Loading is the number of running loads. Spin is the step of the spinner.
	Loading, Spin int
}

// lowBudget is the divisor of the limit below which the budget is a warning. Background requests stop there.
const lowBudget = 4

var spinner = [...]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

// View draws the line. If it is too long, it drops host, age, budget, loading and proxy in this order, then cuts the profile.
func (s Status) View(f Frame) string {
	name, badges := Line{Styled(RoleStrong, s.Profile)}, s.badges(f)
	age, host, budget, loading := s.age(f), Line{Styled(RoleMuted, s.Host)}, s.budget(f), s.loading()
	proxy := s.proxy()
	for _, givesWay := range []*Line{nil, &host, &age, &budget, &loading, &proxy} {
		if givesWay != nil {
			*givesWay = nil
		}
		left, right := between("  ", badges, between(" ", host, proxy)), between(" · ", loading, budget, age)
		if room := f.Width - left.Width() - right.Width() - 4; room >= name.Width() {
			return sides(f, RoleHeader, between("  ", name, left), right)
		}
	}
	name[0].Text = name[0].Text.Truncate(f.Width - badges.Width() - 4)
	return sides(f, RoleHeader, between("  ", name, badges), nil)
}

func (s Status) badges(f Frame) Line {
	var parts []Line
	badge := func(on bool, role Role, text string) {
		if on {
			parts = append(parts, Line{Styled(role, text)})
		}
	}
	badge(s.Production, RoleProduction, "▌PRODUCTION▐")
	if left := s.ArmedUntil.Sub(f.Now); left > 0 {
		badge(true, RoleArmed, "▌ARMED "+armedFor(left)+"▐")
	}
	badge(s.ReadOnly, RoleAccent, "read-only")
	badge(s.Insecure, RoleWarn, "! http")
	return between(" ", parts...)
}

func (s Status) proxy() Line {
	if s.Proxy == "" {
		return nil
	}
	return Line{Styled(RoleMuted, "via "+s.Proxy)}
}

func armedFor(left time.Duration) string {
	if left <= time.Minute {
		return Countdown(left).s
	}
	return strconv.Itoa(int((left+time.Minute-1)/time.Minute)) + " min"
}

func (s Status) loading() Line {
	if s.Loading <= 0 {
		return nil
	}
	sign := spinner[(s.Spin%len(spinner)+len(spinner))%len(spinner)]
	text := Text{" " + count(s.Loading) + " loading…"}
	if !s.Waiting.Empty() {
		text = Text{" "}.Concat(s.Waiting)
		if others := s.Loading - 1; others > 0 {
			text = text.Concat(Text{" +" + count(others)})
		}
	}
	return Line{{Text{sign}, RoleAccent}, {text, RoleMuted}}
}

// budget draws the remaining requests, with a tilde if the limit is assumed.
func (s Status) budget(f Frame) Line {
	if s.Limit <= 0 {
		return nil
	}
	role, sign, waits := RoleMuted, "", ""
	if s.Assumed {
		sign = "~"
	}
	if s.Left < s.Limit/lowBudget {
		role = RoleWarn
	}
	if s.WaitUntil.After(f.Now) {
		role, waits = RoleWarn, ", waiting until "+s.WaitUntil.In(f.Now.Location()).Format(time.TimeOnly)
	}
	return Line{{Text{"budget " + sign + count(s.Left) + "/" + count(s.Limit) + waits}, role}}
}

func (s Status) age(f Frame) Line {
	if s.LoadedAt.IsZero() {
		return nil
	}
	return Line{{Age(f.Now.Sub(s.LoadedAt)), RoleMuted}}
}

// Breadcrumbs is the line with the path of screens, and right at its end. If it is too long, screens in its middle are dropped, then
// the first one, then the last one is cut, then right.
func Breadcrumbs(f Frame, places []Text, right Line) string {
	left, _ := crumbs(f, places, right)
	return sides(f, RoleHeader, left, right)
}

// BreadcrumbAt returns the index of the place that [Breadcrumbs] draws at cell x, or -1.
func BreadcrumbAt(f Frame, places []Text, right Line, x int) int {
	left, shown := crumbs(f, places, right)
	for i, at := 0, 1; i < len(left); i++ { // every second cell is a separator
		if at += left[i].Text.Width(); x < at {
			if i%2 == 1 || x < 1 {
				return -1
			}
			return shown[i/2]
		}
	}
	return -1
}

// crumbs returns the places that fit, and their indexes; -1 is what was dropped.
func crumbs(f Frame, places []Text, right Line) (left Line, shown []int) {
	if len(places) == 0 {
		return nil, nil
	}
	for i := range places {
		shown = append(shown, i)
	}
	room := f.Width - right.Width() - 4
	left = trail(places, shown)
	for n := 2; n <= len(places) && left.Width() > room; n++ {
		shown = append([]int{0, -1}, shown[len(shown)-len(places)+n:]...)
		if n == len(places) { // the last place alone
			shown = []int{-1, n - 1}
		}
		left = trail(places, shown)
	}
	if last := left[len(left)-1].Text; left.Width() > room {
		left[len(left)-1].Text = last.Truncate(max(1, room-left.Width()+last.Width()))
	}
	return left, shown
}

func trail(places []Text, shown []int) Line {
	lines := make([]Line, len(shown))
	for i, n := range shown {
		lines[i] = Line{{Text{ellipsis}, RoleMuted}}
		if n >= 0 {
			lines[i] = Line{{places[n], RoleMuted}}
		}
	}
	lines[len(lines)-1][0].Role = RoleTitle
	return between(" › ", lines...)
}

// Tab is a top-level place.
type Tab struct {
	Key, Title string
	// Active is true for the current place.
	Active bool
}

// leastRight is the number of cells that tabs leave for what is at the end of their line. What is longer is cut.
const leastRight = 6

// Tabs is the line of top-level places, with right at its end. The active one is filled, or in brackets if the theme doesn't fill
// it. If the line is too long, the others are reduced to their keys.
func Tabs(f Frame, tabs []Tab, right Line) string {
	p := NewPen(f, nil)
	p.Fill(RoleHeader)
	for _, tab := range fittingTabs(f, tabs, right) {
		p.line(tab)
	}
	p.To(max(p.at+1, f.Width-1-right.Width()))
	p.line(right)
	return string(p.Bytes())
}

// TabAt returns the index of the tab that [Tabs] draws at cell x, or -1.
func TabAt(f Frame, tabs []Tab, right Line, x int) int {
	for i, tab := range fittingTabs(f, tabs, right) {
		if x -= tab.Width(); x < 0 {
			return i
		}
	}
	return -1
}

func fittingTabs(f Frame, tabs []Tab, right Line) []Line {
	all := tabLines(f, tabs, true)
	width := 0
	for _, tab := range all {
		width += tab.Width()
	}
	if width+min(right.Width(), leastRight) > f.Width-2 {
		return tabLines(f, tabs, false)
	}
	return all
}

// tabLines returns the tabs with a space on both sides.
func tabLines(f Frame, tabs []Tab, titles bool) []Line {
	lines := make([]Line, len(tabs))
	for i, tab := range tabs {
		switch {
		case tab.Active && f.Theme.Style(RoleActiveTab) == (Style{}):
			lines[i] = Line{Styled(RoleTitle, "["+strings.TrimSpace(tab.Key+" "+tab.Title)+"]")}
		case tab.Active:
			lines[i] = Line{Styled(RoleActiveTab, " "+tab.Key+" "+tab.Title+" ")}
		case titles:
			lines[i] = Line{Styled(RoleText, " "), Styled(RoleAccent, tab.Key), Styled(RoleMuted, " "+tab.Title+" ")}
		default:
			lines[i] = Line{Styled(RoleText, " "), Styled(RoleAccent, tab.Key), Styled(RoleText, " ")}
		}
	}
	return lines
}

// Divider is one cell of the line between two panes.
func Divider(f Frame) string { return f.Theme.Style(RoleBorder).Paint(Text{"│"}) }

// Rule is a line across the frame with text near its right end.
func Rule(f Frame, text Line) string {
	p := NewPen(f, nil)
	end := f.Width
	if width := text.Width(); width > 0 && width+6 < f.Width {
		end -= width + 4
	} else {
		text = nil
	}
	p.Cell(RoleBorder, strings.Repeat("─", end), end, false)
	if text != nil {
		p.label(text)
		p.Cell(RoleBorder, "──", 2, false)
	}
	return string(p.Bytes())
}

// Hint is a key and its action. A disabled one is muted; its key shows the reason.
type Hint struct {
	Key, Title string
	Disabled   bool
}

// Footer is the line of hints, most important first. Hints that don't fit are dropped from the end, except the last
// one, which opens the list of all keys.
func Footer(f Frame, hints []Hint) string {
	return sides(f, RoleFooter, between(Spaces(ColumnGap), fittingHints(f, hints)...), nil)
}

// HintAt returns the index of the hint that [Footer] draws at cell x, or -1.
func HintAt(f Frame, hints []Hint, x int) int {
	at := 1
	shown := fittingHints(f, hints)
	for i, hint := range shown {
		if x >= at && x < at+hint.Width() {
			if i == len(shown)-1 {
				return len(hints) - 1
			}
			return i
		}
		at += hint.Width() + ColumnGap
	}
	return -1
}

func fittingHints(f Frame, hints []Hint) (all []Line) {
	if len(hints) == 0 {
		return nil
	}
	last := hints[len(hints)-1].line()
	room := f.Width - 2 - last.Width() - ColumnGap
	for _, h := range hints[:len(hints)-1] {
		l := h.line()
		if room -= l.Width() + ColumnGap; room < -ColumnGap {
			break
		}
		all = append(all, l)
	}
	return append(all, last)
}

func (h Hint) line() Line {
	key, title := RoleAccent, RoleText
	if h.Disabled {
		key, title = RoleMuted, RoleMuted
	}
	return Line{Styled(key, h.Key), {Text{" "}, RoleText}, Styled(title, h.Title)}
}
