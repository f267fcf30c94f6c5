package table

// track is a column to lay out: between min and max cells (0 means no limit); remaining space is shared by weight. If
// the space is too small, tracks with the lowest dropOrder are dropped first; those with 0 never.
// Those that are extra are dropped first, until each track has its ideal width.
type track struct {
	min, max, ideal, weight, dropOrder int
	extra                              bool
}

// spread returns the width of each track, so that all of them with gap cells between take at most total cells. A
// dropped track has width 0. The result depends only on the arguments, so columns don't move while rows change.
func spread(tracks []track, total, gap int) []int {
	widths := make([]int, len(tracks))
	for i, t := range tracks {
		widths[i] = max(t.min, t.ideal, 1)
	}
	drop(tracks, widths, total, gap, func(t track) bool { return t.extra })
	if usedWidth(widths, gap) > total {
		for i, t := range tracks {
			widths[i] = min(widths[i], max(t.min, 1))
		}
	}
	drop(tracks, widths, total, gap, func(track) bool { return true })
	for i := len(widths) - 1; i >= 0; i-- { // what cannot be dropped is shrunk, from last to first
		widths[i] = max(widths[i]-max(usedWidth(widths, gap)-total, 0), 0)
	}
	for spare := total - usedWidth(widths, gap); spare > 0; {
		given := share(tracks, widths, spare)
		if given == 0 {
			break
		}
		spare -= given
	}
	return widths
}

func usedWidth(widths []int, gap int) int {
	n := -gap
	for _, w := range widths {
		if w > 0 {
			n += w + gap
		}
	}
	return n
}

// drop drops tracks, in their order, until the others fit.
func drop(tracks []track, widths []int, total, gap int, allowed func(track) bool) {
	for usedWidth(widths, gap) > total {
		next := -1
		for i, t := range tracks {
			if widths[i] > 0 && t.dropOrder > 0 && allowed(t) && (next < 0 || t.dropOrder < tracks[next].dropOrder) {
				next = i
			}
		}
		if next < 0 {
			return
		}
		widths[next] = 0
	}
}

// share distributes spare cells by weight within the limits, and returns how many it distributed.
func share(tracks []track, widths []int, spare int) int {
	open := func(i int) bool {
		return widths[i] > 0 && tracks[i].weight > 0 && (tracks[i].max == 0 || widths[i] < tracks[i].max)
	}
	weights := 0
	for i := range tracks {
		if open(i) {
			weights += tracks[i].weight
		}
	}
	given := 0
	for i, t := range tracks {
		if !open(i) || given == spare {
			continue
		}
		more := min(max(spare*t.weight/weights, 1), spare-given)
		if t.max > 0 {
			more = min(more, t.max-widths[i])
		}
		widths[i] += more
		given += more
	}
	return given
}
