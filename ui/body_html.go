package ui

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// pageText collects the text of a page. Tags become line breaks and spaces.
type pageText struct {
	out    []byte
	hidden string // the open element with invisible text, or ""
	pre    int    // number of open elements that keep line breaks
	space  bool   // write a space before the next word
	want   int    // line breaks to write before the next word
}

// htmlText returns the readable text of a page. It never fails: invalid HTML is text.
func htmlText(page []byte) []byte {
	t := pageText{out: make([]byte, 0, len(page)/4)}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return t.out
		case html.TextToken:
			t.text(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			t.tag(string(name), true)
		case html.EndTagToken:
			name, _ := z.TagName()
			t.tag(string(name), false)
		}
	}
}

// hiddenElements have invisible text. Only their own end tag ends them.
const hiddenElements = " script style noframes iframe "

// paragraphs are separated by an empty line, blocks by a line break.
const (
	paragraphs = " p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre form hr section article title "
	blocks     = " div tr dt dd header footer main nav aside figure figcaption address fieldset legend details summary " +
		"option body html head caption thead tbody "
)

func among(names, name string) bool { return strings.Contains(names, " "+name+" ") }

func (t *pageText) tag(name string, opens bool) {
	switch {
	case opens && among(hiddenElements, name):
		t.hidden = name
	case !opens && name == t.hidden:
		t.hidden = ""
	case opens && name == "br":
		t.want, t.space = min(t.want+1, 2), false
	case opens && name == "li":
		t.breaks(1)
		t.word([]byte("- "))
	case opens && (name == "td" || name == "th"):
		if t.want == 0 && len(t.out) > 0 {
			t.out = append(t.out, "  "...)
		}
	case among(paragraphs, name):
		t.breaks(2)
	case name == "li" || among(blocks, name):
		t.breaks(1)
	}
	switch isPre := name == "pre" || name == "textarea"; {
	case isPre && opens:
		t.pre++
	case isPre:
		t.pre = max(t.pre-1, 0)
	}
}

func (t *pageText) breaks(n int) { t.want, t.space = max(t.want, n), false }

func (t *pageText) text(text []byte) {
	if t.hidden != "" {
		return
	}
	if t.pre > 0 {
		t.word(text)
		return
	}
	for len(text) > 0 {
		end := bytes.IndexAny(text, " \t\n\r\f")
		switch {
		case end < 0:
			t.word(text)
			return
		case end > 0:
			t.word(text[:end])
		}
		t.space = true
		text = text[end+1:]
	}
}

// word writes a word after the requested spaces and line breaks.
func (t *pageText) word(word []byte) {
	switch {
	case len(t.out) == 0:
	case t.want > 0:
		t.out = append(t.out, "\n\n"[:t.want]...)
	case t.space && t.out[len(t.out)-1] != ' ' && t.out[len(t.out)-1] != '\n':
		t.out = append(t.out, ' ')
	}
	t.want, t.space = 0, false
	t.out = append(t.out, word...)
}
