package terminal

import "github.com/charmbracelet/x/ansi"

// control follows a control sequence.
func (u *unchanged) control(seq []byte, cmd ansi.Cmd) {
	switch {
	case cmd.Prefix() == '?' && (cmd.Final() == 'h' || cmd.Final() == 'l'):
		u.mode(seq, cmd.Final() == 'h')
	case cmd.Prefix() != 0: // keyboards and queries
		u.pass(seq)
	case cmd.Intermediate() == 0 && (u.pen(seq, cmd.Final()) || u.place(seq, cmd.Final()) || u.erase(seq, cmd.Final()) ||
		u.shift(seq, cmd.Final())):
	default:
		u.pass(seq)
		u.forget()
	}
}

// param is a parameter of the sequence, at least 1 if it counts something.
func (u *unchanged) param(i int) int {
	n, _ := u.parser.Param(i, 1)
	return max(n, 1)
}

func (u *unchanged) mode(seq []byte, set bool) {
	u.pass(seq)
	switch mode, _ := u.parser.Param(0, 0); mode {
	case ansi.ModeAutoWrap.Mode():
		u.noWrap = !set
	case ansi.ModeOrigin.Mode(), ansi.ModeAltScreen.Mode(), ansi.ModeAltScreenSaveCursor.Mode():
		u.forget()
	}
}

func (u *unchanged) pen(seq []byte, final byte) bool {
	if final == 'm' {
		u.skip(seq)
		u.readPen()
	}
	return final == 'm'
}

// place moves the cursor.
func (u *unchanged) place(seq []byte, final byte) bool {
	x, y, n := u.frame.x, u.frame.y, u.param(0)
	isRelative := final >= 'A' && final <= 'D'
	switch final {
	case 'H':
		x, y = u.param(1)-1, n-1
	case 'G', '`':
		x = n - 1
	case 'd':
		y = n - 1
	case 'A':
		y -= n
	case 'B':
		y += n
	case 'C':
		x += n
	case 'D':
		x -= n
	default:
		return false
	}
	isInside := func(y int) bool { return y >= u.top && y < u.bottom }
	if isRelative && (u.frame.x < 0 || u.frame.y < 0 || isInside(u.frame.y) != isInside(y)) { // the edges of the region may stop it
		x, y = -1, -1
	}
	u.move(seq, x, y)
	return true
}

// erase erases cells of a row, or rows.
func (u *unchanged) erase(seq []byte, final byte) bool {
	mode, _ := u.parser.Param(0, 0)
	from, to := u.frame.x, u.size.X
	switch {
	case final == 'J' && mode == 2:
		u.pass(seq)
		u.fill(u.rows...)
		return true
	case final == 'J' && mode == 0, final == 'K' && mode == 0:
	case final == 'K' && mode == 1:
		from, to = 0, from+1
	case final == 'X':
		to = from + u.param(0)
	default:
		return false
	}
	switch {
	case !u.isKnown():
		u.pass(seq)
		u.forget()
	case final == 'J':
		u.pass(seq)
		u.fill(u.row()[from:])
		u.fill(u.rows[u.frame.y+1:]...)
	default:
		u.draw(seq, from, to, u.blank())
	}
	return true
}

// shift inserts, deletes or scrolls.
func (u *unchanged) shift(seq []byte, final byte) bool {
	n, w := u.param(0), u.frame
	switch final {
	case 'r':
		u.pass(seq)
		u.top, u.bottom = n-1, u.size.Y
		if bottom, given := u.parser.Param(1, 0); given && bottom > 0 {
			u.bottom = min(bottom, u.size.Y)
		}
		u.frame.x, u.frame.y = 0, 0
		return true
	case 'S', 'T':
		u.pass(seq)
		u.scroll(u.top, u.bottom, map[byte]int{'S': n, 'T': -n}[final])
		return true
	case 'L', 'M', '@', 'P':
	default:
		return false
	}
	u.pass(seq)
	switch {
	case !u.isKnown() || w.y < u.top || w.y >= u.bottom:
		u.forget()
	case final == 'L' || final == 'M':
		u.scroll(w.y, u.bottom, map[byte]int{'M': n, 'L': -n}[final])
		u.frame.x, u.frame.y = -1, -1 // terminals don't agree on where the cursor is then
	case final == '@':
		row := u.row()[w.x:]
		n = min(n, len(row))
		copy(row[n:], row)
		u.fill(row[:n])
	case final == 'P':
		row := u.row()[w.x:]
		n = min(n, len(row))
		copy(row, row[n:])
		u.fill(row[len(row)-n:])
	}
	return true
}
