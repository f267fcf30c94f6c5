package nango

import (
	"encoding/binary"
	"slices"
	"strings"
)

// secretIndex finds values by their first eight bytes. It is immutable, so readers need no lock.
type secretIndex struct {
	filter [1 << filterBits / 64]uint64
	byHead map[uint64]*sameHead
}

const filterBits = 16

// sameHead are values with the same first eight bytes. A provider can send thousands of them, so they are not tried
// one by one.
type sameHead struct {
	values []string // sorted
	// prefix is, for each value, the index of the longest other value that it starts with; -1 if there is none.
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

// sort sorts the values. A value comes after every value that it starts with.
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

// longest is the length of the longest value that the text starts with, or 0. It is the last value that doesn't sort
// after the text, or a prefix of that value.
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

// headOf is the first eight bytes as a number, little-endian.
func headOf(text string) uint64 { return binary.LittleEndian.Uint64([]byte(text[:8])) }

func slotOf(head uint64) uint64 { return head * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

// maybe reports whether any eight bytes could be the head of a value. False is certain.
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

// mask masks every value. Values may overlap; everything that any of them covers is masked.
func (x *secretIndex) mask(text string) string {
	var out strings.Builder
	shown, hidden := 0, 0 // how far the text is written, and covered
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

// valueAt is the length of the longest value that the text starts with, or 0.
func (x *secretIndex) valueAt(text string) int {
	if len(text) < MinSecret {
		return 0
	}
	if same := x.byHead[headOf(text)]; same != nil {
		return same.longest(text)
	}
	return 0
}
