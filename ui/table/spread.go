package table

// track is a column that is to be laid out: at least min cells, at most max (0: no limit), and what is left over is
// shared by weight. Where it does not fit, the columns with the lowest giveWay vanish first; those with 0 never do.
type track struct{ min, max, weight, giveWay int }

// spread gives every track its width so that all of them, with gap cells between, take at most total cells; a width of 0
// means that the column has given way. It depends on nothing but its arguments, so columns stand still while rows come
// and go.
func spread(tracks []track, total, gap int) []int {
	widths := make([]int, len(tracks))
	for i, t := range tracks {
		widths[i] = max(t.min, 1)
	}
	for taken(widths, gap) > total {
		i := nextToGiveWay(tracks, widths)
		if i < 0 {
			break
		}
		widths[i] = 0
	}
	shrink(widths, total, gap)
	for spare := total - taken(widths, gap); spare > 0; {
		given := share(tracks, widths, spare)
		if given == 0 {
			break
		}
		spare -= given
	}
	return widths
}

func taken(widths []int, gap int) int {
	n := -gap
	for _, w := range widths {
		if w > 0 {
			n += w + gap
		}
	}
	return n
}

func nextToGiveWay(tracks []track, widths []int) int {
	next := -1
	for i, t := range tracks {
		if widths[i] > 0 && t.giveWay > 0 && (next < 0 || t.giveWay < tracks[next].giveWay) {
			next = i
		}
	}
	return next
}

// shrink makes columns that may not vanish fit all the same, from the last to the first.
func shrink(widths []int, total, gap int) {
	for i := len(widths) - 1; i >= 0; i-- {
		excess := taken(widths, gap) - total
		if excess <= 0 {
			return
		}
		widths[i] = max(widths[i]-excess, 0)
	}
}

// share hands out spare cells by weight, as far as the columns take them, and says how many it handed out.
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
