package nango

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// secretIndex finds secrets in any of their forms by the first eight bytes, folded. It is immutable, so readers need no lock.
type secretIndex struct {
	filter [1 << filterBits / 64]uint64
	byHead map[uint64]*sameHead
}

const filterBits = 17

// sameHead are forms with the same first eight bytes. A provider can send thousands of them, so they are not tried one by
// one.
type sameHead struct {
	forms []form // sorted
	// prefix is, for each form, the index of the longest other form that it starts with; -1 if there is none.
	prefix []int
}

func newSecretIndex(secrets []secretForms) *secretIndex {
	index := &secretIndex{byHead: make(map[uint64]*sameHead, 4*len(secrets))}
	for _, secret := range secrets {
		for _, f := range secret.forms {
			index.add(f, f.head)
			if f.urlHead != f.head {
				index.add(f, f.urlHead)
			}
		}
	}
	for _, same := range index.byHead {
		same.sort()
	}
	return index
}

func (x *secretIndex) add(f form, head uint64) {
	slot := slotOf(head)
	x.filter[slot/64] |= 1 << (slot % 64)
	if x.byHead[head] == nil {
		x.byHead[head] = &sameHead{}
	}
	x.byHead[head].forms = append(x.byHead[head].forms, f)
}

// sort sorts the forms. A form comes after every form that it starts with.
func (s *sameHead) sort() {
	slices.SortFunc(s.forms, func(a, b form) int { return strings.Compare(a.text, b.text) })
	s.prefix = make([]int, len(s.forms))
	for i, f := range s.forms {
		before := i - 1
		for before >= 0 && !strings.HasPrefix(f.text, s.forms[before].text) {
			before = s.prefix[before]
		}
		s.prefix[i] = before
	}
}

// longest is the longest form that the folded text starts with, if there is one. It is the last form that doesn't sort after
// the text, or a prefix of that form.
func (s *sameHead) longest(text string) (f form, found bool) {
	at, found := slices.BinarySearchFunc(s.forms, text, func(f form, text string) int { return strings.Compare(f.text, text) })
	if found {
		return s.forms[at], true
	}
	if at--; at < 0 {
		return form{}, false
	}
	for common := commonPrefix(s.forms[at].text, text); at >= 0; at = s.prefix[at] {
		if len(s.forms[at].text) <= common {
			return s.forms[at], true
		}
	}
	return form{}, false
}

func commonPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// headOf is the first eight bytes of a text as a number, little-endian. Letters are in lower case; some other characters become
// the same, too.
func headOf(text string) uint64 {
	return 0x2020202020202020 | binary.LittleEndian.Uint64([]byte(text[:8]))
}

func slotOf(head uint64) uint64 { return head * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

// maxEscapes is how many times percent-encoded text is decoded: it can be encoded again as part of a URL in a URL.
const maxEscapes = 3

// escapedLines is how much text is decoded at once, in bytes, and then to the end of the line.
const escapedLines = 512

// mask masks every secret. Secrets may overlap; everything that any of them covers is masked.
func (x *secretIndex) mask(text string) string {
	if len(x.byHead) == 0 {
		return text
	}
	spans := x.spans(text, maxEscapes)
	if len(spans) == 0 {
		return text
	}
	var out strings.Builder
	shown := 0
	for _, s := range spans {
		out.WriteString(text[shown:s.begin])
		out.WriteString(Masked)
		shown = s.end
	}
	out.WriteString(text[shown:])
	return out.String()
}

// spans returns where secrets are in a text, in order and without overlaps. Lines with percent-encoded bytes are searched
// decoded, too.
func (x *secretIndex) spans(text string, escapes int) []span {
	found := x.find(text)
	for at := 0; escapes > 0; at++ {
		n := strings.IndexByte(text[at:], '%')
		if n < 0 {
			break
		}
		if at += n; !escapeAt(text, at) {
			continue
		}
		begin, end := 1+strings.LastIndexByte(text[:at], '\n'), len(text)
		if after := at + escapedLines; after < end {
			if n := strings.IndexByte(text[after:], '\n'); n >= 0 {
				end = after + n
			}
		}
		line := text[begin:end]
		for _, s := range escapedSpans(x.spans(unescaped(line), escapes-1), line) {
			found = append(found, span{begin + s.begin, begin + s.end})
		}
		if at = end; at == len(text) {
			break
		}
	}
	return merged(found)
}

// merged sorts spans and joins those that overlap.
func merged(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.begin-b.begin, a.end-b.end) })
	joined := spans[:1]
	for _, s := range spans[1:] {
		if last := &joined[len(joined)-1]; s.begin < last.end {
			last.end = max(last.end, s.end)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// find returns where secrets are in a text, percent-encoded ones excepted. Spans may overlap.
func (x *secretIndex) find(text string) (found []span) {
	whole := "" // the folded text, made when it is needed
	for at := x.nextHead(text, 0); at >= 0; at = x.nextHead(text, at+1) {
		if whole == "" {
			whole = folded(text)
		}
		if f, ok := x.byHead[headOf(text[at:])].longest(whole[at:]); ok {
			begin, end := at, at+len(f.text)
			if f.isBase64 {
				begin, end = f.group(text, begin, end)
			}
			found = append(found, span{begin, end})
		}
	}
	return found
}

// nextHead is where the next head of a form is in the text, or -1. Nearly all time of [Secrets.Mask] is spent here.
func (x *secretIndex) nextHead(text string, at int) int {
	for ; at+MinSecret <= len(text); at++ {
		head := headOf(text[at:])
		slot := slotOf(head)
		if x.filter[slot/64]>>(slot%64)&1 != 0 && x.byHead[head] != nil {
			return at
		}
	}
	return -1
}
