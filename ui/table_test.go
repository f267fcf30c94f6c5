package ui

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
)

type fruit struct {
	id, name, state string
	size            int
	hay             string
}

func fruits(n int) []fruit {
	rows := make([]fruit, n)
	for i := range rows {
		name := fmt.Sprintf("Fruit %06d", i)
		rows[i] = fruit{fmt.Sprintf("id-%d", i), name, []string{"✓ fine", "✗ auth"}[i%2], (i * 7919) % n, strings.ToLower(name)}
	}
	return rows
}

func fruitTable(rows ...fruit) *Table[fruit, string] {
	t := NewTable(func(r *fruit) string { return r.id },
		Column[fruit]{ID: "name", Title: "NAME", Min: 12, Weight: 2,
			Cell:    func(f Frame, r *fruit) Cell { return Cell{f.Text(r.name), RoleText} },
			Compare: func(a, b *fruit) int { return cmp.Compare(a.name, b.name) }},
		Column[fruit]{ID: "state", Title: "STATE", Min: 7, Max: 9, Weight: 1, GiveWay: 3,
			Cell: func(_ Frame, r *fruit) Cell { return Say(RoleGood, r.state) }},
		Column[fruit]{ID: "size", Title: "SIZE", Min: 6, GiveWay: 2, Right: true,
			Cell:    func(_ Frame, r *fruit) Cell { return Cell{Count(r.size), RoleText} },
			Compare: func(a, b *fruit) int { return cmp.Compare(a.size, b.size) }},
		Column[fruit]{ID: "id", Title: "ID", Min: 8, Weight: 1, GiveWay: 1,
			Cell: func(f Frame, r *fruit) Cell { return Cell{f.Text(r.id), RoleMuted} }},
	)
	t.SetRows(rows)
	return t
}

func TestTableShowsItsRows(t *testing.T) {
	view := fruitTable(fruits(3)...).View(Frame{Width: 60, Height: 5})
	want := strings.Join([]string{
		"   NAME                     STATE        SIZE  ID",
		"▌  Fruit 000000             ✓ fine          0  id-0",
		"   Fruit 000001             ✗ auth          2  id-1",
		"   Fruit 000002             ✓ fine          1  id-2",
		"",
	}, "\n")
	if view != want {
		t.Errorf("got\n%s\nwant\n%s", view, want)
	}
}
