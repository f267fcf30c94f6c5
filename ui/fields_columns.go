package ui

import "slices"

// Place is where a [Section] is drawn in a wide view.
type Place int

const (
	// Main is the left column: what is wrong and what to do.
	Main Place = iota
	// Side is the columns at its right: what it is and its data.
	Side
	// Below is below all columns, over the whole width: for long lines such as those of a log.
	Below
)

const (
	// WideFields is the width from which a detail view has two columns, and anything else has something beside it.
	WideFields = 110
	// widestFields is the width from which it has three.
	widestFields = 160
	// sideGap is the number of cells between two columns.
	sideGap = 3
)

// At returns the sections with a place.
func At(place Place, sections ...Section) []Section {
	for i := range sections {
		sections[i].Place = place
	}
	return sections
}

// span is the cells of a column.
type span struct{ x, width int }

// part is what is drawn from line y of the view in one column.
type part struct {
	span
	y     int
	lines []fieldLine
}

// columnsIn returns how many columns a view of that width has, and their width.
func columnsIn(width int) (count, each int) {
	count = 1
	switch {
	case width >= widestFields:
		count = 3
	case width >= WideFields:
		count = 2
	}
	return count, (width - scrollbarWidth - (count-1)*sideGap) / count
}

// FieldsColumn returns f with the width of a column of a view that has sections at the side.
func FieldsColumn(f Frame) Frame {
	_, width := columnsIn(f.Width)
	return f.Sized(width, f.Height)
}

// columns lays out the sections: in columns, those below them.
func (v *Fields) columns() []part {
	count, width := 1, v.width-scrollbarWidth
	if slices.ContainsFunc(v.sections, func(s Section) bool { return s.Place == Side }) {
		count, width = columnsIn(v.width)
	}
	var all, below []Section
	for _, s := range v.sections {
		if s.Place == Below && count > 1 {
			below = append(below, s)
		} else {
			all = append(all, s)
		}
	}
	var parts []part
	height := 0
	for i, blocks := range v.distribute(all, count, width) {
		p := part{span: span{x: i * (width + sideGap), width: width}, lines: joinBlocks(blocks)}
		height = max(height, len(p.lines))
		parts = append(parts, p)
	}
	if len(below) > 0 {
		if height > 0 {
			height++
		}
		parts = append(parts, part{span{0, v.width - scrollbarWidth}, height, joinBlocks(v.blocks(below, v.width-scrollbarWidth))})
	}
	return parts
}

func (v *Fields) blocks(sections []Section, width int) (all [][]fieldLine) {
	for _, s := range sections {
		all = append(all, v.layoutSection(s, width))
	}
	return all
}

// distribute returns the sections of each column. The first column has those of [Main], the others those of the [Side]. If
// that is higher than the view, what comes last in the highest column moves below the lowest one.
func (v *Fields) distribute(sections []Section, count, width int) [][][]fieldLine {
	if count == 1 {
		return [][][]fieldLine{v.blocks(sections, width)}
	}
	isSide := func(s Section) bool { return s.Place == Side }
	side := v.blocks(slices.DeleteFunc(slices.Clone(sections), func(s Section) bool { return !isSide(s) }), width)
	main := v.blocks(slices.DeleteFunc(sections, isSide), width)
	if len(main) == 0 {
		return level(split(side, count), v.fitted)
	}
	return level(append([][][]fieldLine{main}, split(side, count-1)...), v.fitted)
}

// split divides blocks, in their order, into count columns, each but the last at least as high as its share.
func split(blocks [][]fieldLine, count int) [][][]fieldLine {
	columns, share := make([][][]fieldLine, count), (blocksHeight(blocks)+count-1)/count
	at := 0
	for _, b := range blocks {
		used := blocksHeight(columns[at])
		if at < count-1 && used > 0 && used+1+len(b)/2 > share {
			at++
		}
		columns[at] = append(columns[at], b)
	}
	return columns
}

// level moves what comes last in the highest column below the lowest one while the highest one is higher than the view.
func level(columns [][][]fieldLine, view int) [][][]fieldLine {
	for {
		high, low := 0, 0
		for i, c := range columns {
			if blocksHeight(c) > blocksHeight(columns[high]) {
				high = i
			}
			if blocksHeight(c) < blocksHeight(columns[low]) {
				low = i
			}
		}
		from := columns[high]
		if blocksHeight(from) <= view || len(from) == 0 {
			return columns
		}
		last := from[len(from)-1]
		to := append(slices.Clone(columns[low]), last)
		if blocksHeight(to) >= blocksHeight(from) {
			return columns
		}
		columns[high], columns[low] = from[:len(from)-1], to
	}
}

func blocksHeight(blocks [][]fieldLine) int { return len(joinBlocks(blocks)) }

// joinBlocks puts an empty line between two blocks.
func joinBlocks(blocks [][]fieldLine) (lines []fieldLine) {
	for i, b := range blocks {
		if i > 0 {
			lines = append(lines, fieldLine{})
		}
		lines = append(lines, b...)
	}
	return lines
}
