package nango

import (
	"slices"
	"strings"
)

// secretIndex finds values by their first eight bytes. It never changes, so that readers need no lock.
type secretIndex struct {
	filter [1 << filterBits / 64]uint64
	byHead map[uint64]*sameHead
}

const filterBits = 16

// sameHead are values that begin with the same eight bytes. A provider can send thousands of them, so that they are
// not tried one after the other.
type sameHead struct {
	values []string // in order
	// prefix is, for each value, which of them is the longest that it begins with; -1 for none.
	prefix []int
}

func newSecretIndex(values []string) *secretIndex {
	index := &secretIndex{byHead: make(map[uint64]*sameHead, len(values))}
	for _, value := range values {
		head := headOf(value)
		slot := slotOf(head)
		index.filter[slot/64] |= 1 << (slot % 64)
		if index.byHead[head] == nil {
			index.byHead[head] = &sameHead{}
		}
		index.byHead[head].values = append(index.byHead[head].values, value)
	}
	for _, same := range index.byHead {
		same.sort()
	}
	return index
}

// sort puts the values in order. What a value begins with stands before it, and so do the values between them.
func (s *sameHead) sort() {
	slices.Sort(s.values)
	s.prefix = make([]int, len(s.values))
	for i, value := range s.values {
		before := i - 1
		for before >= 0 && !strings.HasPrefix(value, s.values[before]) {
			before = s.prefix[before]
		}
		s.prefix[i] = before
	}
}

// longest is the length of the longest value that the text begins with, or 0. It is the last one that does not
// come after the text, or one that this begins with.
func (s *sameHead) longest(text string) int {
	at, found := slices.BinarySearch(s.values, text)
	if found {
		return len(text)
	}
	if at--; at < 0 {
		return 0
	}
	for common := commonPrefix(s.values[at], text); at >= 0; at = s.prefix[at] {
		if length := len(s.values[at]); length <= common {
			return length
		}
	}
	return 0
}

func commonPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// headOf is the first eight bytes as a number, the first byte lowest.
func headOf(text string) uint64 {
	_ = text[7]
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}

func slotOf(head uint64) uint64 { return head * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

// maybe is a quick no: it says whether eight bytes anywhere could be the head of a value.
func (x *secretIndex) maybe(text string) bool {
	head := headOf(text)
	for i := 8; ; i++ {
		slot := slotOf(head)
		if x.filter[slot/64]>>(slot%64)&1 != 0 && x.byHead[head] != nil {
			return true
		}
		if i == len(text) {
			return false
		}
		head = head>>8 | uint64(text[i])<<56
	}
}

// mask hides every value. Values may overlap in the text: what any of them covers is hidden.
func (x *secretIndex) mask(text string) string {
	var out strings.Builder
	shown, hidden := 0, 0 // up to where it is written, and covered
	for i := range len(text) {
		end := i + x.valueAt(text[i:])
		if end == i {
			continue
		}
		if i >= hidden {
			out.WriteString(text[min(max(shown, hidden), i):i])
			out.WriteString(Masked)
		}
		hidden = max(hidden, end)
		shown = hidden
	}
	if hidden == 0 {
		return text
	}
	out.WriteString(text[hidden:])
	return out.String()
}

// valueAt is the length of the longest value at the beginning of the text, or 0.
func (x *secretIndex) valueAt(text string) int {
	if len(text) < MinSecret {
		return 0
	}
	if same := x.byHead[headOf(text)]; same != nil {
		return same.longest(text)
	}
	return 0
}
