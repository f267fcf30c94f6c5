package ui

import "strings"

// The characters of charts: eighths of a cell, from the bottom and from the left.
const (
	columnEighths = "▁▂▃▄▅▆▇█"
	barEighths    = "▏▎▍▌▋▊▉█"
)

// Sparkline returns a chart with a character for each value, the highest one as a full cell. Zero, and less, is a space.
func Sparkline(values []int) Text {
	highest := 1
	for _, v := range values {
		highest = max(highest, v)
	}
	var chart strings.Builder
	for _, v := range values {
		chart.WriteString(eighths(columnEighths, v, highest, 1))
	}
	return Text{chart.String()}
}

// Bar returns a bar for a part of a whole, which fills that many cells. What is not zero has at least an eighth of a cell.
func Bar(part, whole, cells int) Text {
	return Text{eighths(barEighths, part, whole, cells)}
}

// eighths returns a part of a whole in characters of eighths, padded to cells.
func eighths(characters string, part, whole, cells int) string {
	steps := []rune(characters)
	n := 0
	if part > 0 && whole > 0 {
		n = max(1, min(part, whole)*cells*len(steps)/whole)
	}
	chart := strings.Repeat("█", n/len(steps))
	if rest := n % len(steps); rest > 0 {
		chart += string(steps[rest-1])
	}
	return chart + strings.Repeat(" ", cells-(n+len(steps)-1)/len(steps))
}
