package connections

import "strings"

// needle is a text that is looked for in every row. strings.Contains looks for the first byte, which in names is mostly a
// common one and stands in every row many times over; a needle is looked for by its rarest byte.
type needle struct {
	text string
	rare int // index of the rarest byte
}

// commonBytes are those that rows are full of, the commonest first. What is not among them is rarer.
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

// in says whether the needle stands in the text.
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
