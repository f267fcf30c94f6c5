package table

import (
	"reflect"
	"testing"
)

func TestSpreadDropsThenShares(t *testing.T) {
	tracks := []track{{min: 10, weight: 3}, {min: 6, dropOrder: 2}, {min: 5, max: 8, weight: 1, dropOrder: 1}}
	for _, c := range []struct {
		total int
		want  []int
	}{
		{25, []int{10, 6, 5}},
		{29, []int{13, 6, 6}},
		{100, []int{82, 6, 8}},
		{24, []int{16, 6, 0}},
		{18, []int{10, 6, 0}},
		{17, []int{17, 0, 0}},
		{4, []int{4, 0, 0}},
		{0, []int{0, 0, 0}},
		{-5, []int{0, 0, 0}},
	} {
		if got := spread(tracks, c.total, 2); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d cells: %v, want %v", c.total, got, c.want)
		}
	}
	tracks = []track{{min: 10, ideal: 20, weight: 1}, {min: 6, dropOrder: 2}, {min: 5, dropOrder: 1, extra: true}}
	for total, want := range map[int][]int{
		36: {21, 6, 5}, 35: {20, 6, 5}, 34: {26, 6, 0}, 28: {20, 6, 0}, 27: {19, 6, 0}, 18: {10, 6, 0}, 17: {17, 0, 0},
	} {
		if got := spread(tracks, total, 2); !reflect.DeepEqual(got, want) {
			t.Errorf("%d cells with an ideal: %v, want %v", total, got, want)
		}
	}
	if got := spread(nil, 10, 2); len(got) != 0 {
		t.Errorf("no columns: %v", got)
	}
}
