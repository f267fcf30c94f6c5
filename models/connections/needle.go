package connections

import "strings"

// needle is a text to find in every row. strings.Contains looks for the first byte, which is usually common in names
// and occurs many times per row. A needle looks for its rarest byte.
type needle struct {
	text string
	rare int // index of the rarest byte
}

// commonBytes are the most common bytes in rows, most common first. All others are rarer.
const commonBytes = "eaniortsldcmuhpg_=y.bk-fvw0123456789"

func newNeedle(text string) needle {
	n := needle{text: text}
	best := -1
	for i := range len(text) {
		rank := strings.IndexByte(commonBytes, text[i])
		if rank < 0 {
			return needle{text: text, rare: i}
		}
		if rank > best {
			n.rare, best = i, rank
		}
	}
	return n
}

// in reports whether the text contains the needle.
func (n needle) in(text string) bool {
	behind := len(n.text) - n.rare
	for at := n.rare; at+behind <= len(text); at++ {
		next := strings.IndexByte(text[at:len(text)-behind+1], n.text[n.rare])
		if next < 0 {
			return false
		}
		at += next
		if text[at-n.rare:at+behind] == n.text {
			return true
		}
	}
	return false
}
