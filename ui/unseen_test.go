package ui

import (
	"fmt"
	"testing"
	"time"
)

// FuzzUnseenViews moves, searches and changes views between their drawings, as keys, clicks and resizes do that arrive in one
// go. No state may wait for a drawing to become valid.
func FuzzUnseenViews(f *testing.F) {
	f.Add([]byte{0, 0, 30, 4, 0, 6, 0, 9, 3, 8, 2})
	f.Add([]byte{1, 0, 9, 4, 0, 6, 0, 7, 0, 9, 5, 10, 4, 11, 0, 0, 5})
	f.Add([]byte{2, 0, 20, 5, 0, 2, 0, 9, 15, 8, 0, 9, 7})
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) == 0 {
			return
		}
		for _, v := range unseenViews() {
			for i := 1; i+1 < min(len(steps), 200); i += 2 {
				v.step(steps[i], int(steps[i+1]))
			}
			v.draw(testFrame(40, 7))
		}
	})
}

// unseenView is a view with what a user can do to it.
type unseenView struct {
	move  []func()
	click func(y int)
	other []func(n int)
	draw  func(Frame)
}

func (v unseenView) step(what byte, n int) {
	all := len(v.move) + len(v.other) + 2
	switch at := int(what) % all; {
	case at == 0:
		v.draw(testFrame(n%90, n%33-1))
	case at == 1:
		v.click(n - 3)
	case at < 2+len(v.move):
		v.move[at-2]()
	default:
		v.other[at-2-len(v.move)](n)
	}
}

func unseenViews() []unseenView {
	doc, _ := ParseJSON([]byte(`{"a":{"b":[1,2,{"c":"d"}],"e":{}},"f":[[],[1,[2]]],"token":"x"}`), secretPolicy{})
	j := NewJSONView(doc)
	c := NewCodeView(ParseCode("const a = 1\n\n// b\nlet c = `${a}`\n\tlast", TypeScript))
	empty := NewCodeView(ParseCode("", TypeScript))
	fields := &Fields{}
	return []unseenView{
		{
			move: []func(){j.Up, j.Down, j.PageUp, j.PageDown, j.Top, j.Bottom, j.Toggle, j.Fold, j.Unfold, j.ToggleWrap, j.Hide},
			click: func(int) {
				j.Path()
				j.Value()
			},
			other: []func(int){
				func(n int) { j.Search([]string{"", "a", "2", "x"}[n%4]) },
				func(int) { j.Reveal() },
				func(int) { j.StartSearch() },
				func(int) { j.NextMatch() },
				func(int) { j.PrevMatch() },
			},
			draw: func(f Frame) { j.View(f) },
		},
		unseenCode(c), unseenCode(empty),
		{
			move:  []func(){fields.Up, fields.Down, fields.PageUp, fields.PageDown, fields.Top, fields.Bottom},
			click: func(y int) { fields.Select(fields.RowAt(y%90, y)) },
			other: []func(int){
				func(n int) { fields.SetSections(unseenSections(n)) },
				func(n int) { fields.Reveal(fmt.Sprint(n), time.Now().Add(time.Hour)) },
				func(int) { fields.SelectedIsSecret() },
			},
			draw: func(f Frame) { fields.View(f) },
		},
	}
}

func unseenCode(c *CodeView) unseenView {
	return unseenView{
		move:  []func(){c.Up, c.Down, c.PageUp, c.PageDown, c.Top, c.Bottom, c.ToggleWrap},
		click: func(y int) { c.GoTo(c.LineAt(y)) },
		other: []func(int){
			func(n int) { c.GoTo(n - 2) },
			func(n int) { c.Mark(n, "wrong") },
			func(n int) { c.Search([]string{"", "a", "last"}[n%3]) },
		},
		draw: func(f Frame) { c.View(f) },
	}
}

// unseenSections has n rows, some of which are selectable, secret or long.
func unseenSections(n int) []Section {
	s := Section{Title: "T"}
	for i := range n {
		row := Row{Label: "l", Lines: []Line{Muted("a long value that wraps on a narrow screen"), nil}, Secret: i%5 == 1}
		if i%3 > 0 {
			row.ID = fmt.Sprint(i)
		}
		s.Rows = append(s.Rows, row)
	}
	return []Section{{Title: "empty"}, s}
}
