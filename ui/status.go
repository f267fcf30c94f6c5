package ui

import (
	"strconv"
	"time"
)

// Status is what the first line of the screen says. It is drawn from its fields alone.
type Status struct {
	Profile string
	Host    string
	// Production puts up the badge that never gives way.
	Production bool
	ReadOnly   bool
	// Insecure says that the profile's host is spoken to by plain http.
	Insecure bool
	// ArmedUntil is when a production profile stops being armed; before [Frame.Now] it is not.
	ArmedUntil time.Time
	// Left of Limit requests remain in this minute; a Limit of 0 is not known yet and not drawn.
	Left, Limit int
	// Assumed says that the server does not tell its limit, so that other programs of the account may have spent more.
	Assumed bool
	// WaitUntil is until when a request waits for the budget; before [Frame.Now] none does.
	WaitUntil time.Time
	// LoadedAt is when the data on the screen was read; zero is not drawn.
	LoadedAt time.Time
	// Loading counts what is under way; Spin is the step of the sign beside it, counted by whoever has a timer.
	Loading, Spin int
}

// lowBudget is the part of the limit below which the budget is drawn as a warning: what stops by itself has stopped then.
const lowBudget = 4

var spinner = [...]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

// View draws the line. Where it is too narrow, the host gives way first, then the age, the budget, what is under way;
// then the profile's name is cut. The badges stay.
func (s Status) View(f Frame) string {
	name, badges := Line{Styled(RoleStrong, s.Profile)}, s.badges(f)
	age, host, budget, loading := s.age(f), Line{Styled(RoleMuted, s.Host)}, s.budget(f), s.loading()
	for _, givesWay := range []*Line{nil, &host, &age, &budget, &loading} {
		if givesWay != nil {
			*givesWay = nil
		}
		left, right := between("  ", badges, host), between(" · ", loading, budget, age)
		if room := f.Width - left.Width() - right.Width() - 4; room >= name.Width() {
			return sides(f, between("  ", name, left), right)
		}
	}
	name[0].Text = name[0].Text.Truncate(f.Width - badges.Width() - 4)
	return sides(f, between("  ", name, badges), nil)
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

// armedFor is what is left in minutes, the last minute by the second.
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
	return Line{{Text{sign}, RoleAccent}, {Text{" " + count(s.Loading) + " loading…"}, RoleMuted}}
}

// budget is what is left of what a minute allows, with a tilde where the limit is assumed.
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
		role, waits = RoleWarn, ", waits"
	}
	return Line{{Text{"budget " + sign + count(s.Left) + "/" + count(s.Limit) + waits}, role}}
}

func (s Status) age(f Frame) Line {
	if s.LoadedAt.IsZero() {
		return nil
	}
	return Line{{Age(f.Now.Sub(s.LoadedAt)), RoleMuted}}
}

// Breadcrumbs is the line that says where one is, the last place last, with something at the right. Where it is too narrow,
// the places furthest up are left out first, then the last one is cut; what stands at the right is only cut after that.
func Breadcrumbs(f Frame, places []Text, right Line) string {
	if len(places) == 0 {
		return sides(f, nil, right)
	}
	room := f.Width - right.Width() - 4
	left := trail(places)
	for n := 1; n < len(places) && left.Width() > room; n++ {
		left = between(" › ", Line{{Text{ellipsis}, RoleMuted}}, trail(places[n:]))
	}
	if last := left[len(left)-1].Text; left.Width() > room {
		left[len(left)-1].Text = last.Truncate(max(1, room-left.Width()+last.Width()))
	}
	return sides(f, left, right)
}

func trail(places []Text) Line {
	lines := make([]Line, len(places))
	for i, p := range places {
		lines[i] = Line{{p, RoleMuted}}
	}
	lines[len(lines)-1][0].Role = RoleTitle
	return between(" › ", lines...)
}
