package connections

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"nango-tui/nango"
)

// maxDepth is how deep a JSON text is taken apart. What lies deeper is hidden or shown whole.
const maxDepth = 64

// leaf is a plain value of a JSON text, an empty object or array, or what lies too deep: the way to it, and where it stands.
type leaf struct {
	path       []string
	start, end int
}

// name is the way to the leaf, as one text.
func (v leaf) name() string { return strings.Join(v.path, ".") }

// text is the value for a reader: a string without its quotes, anything else as it was written.
func (v leaf) text(raw []byte) string {
	written := raw[v.start:v.end]
	var s string
	if json.Unmarshal(written, &s) == nil && written[0] == '"' {
		return s
	}
	return string(written)
}

// leavesOf finds the plain values of a JSON text, in their order.
func leavesOf(raw []byte) ([]leaf, error) {
	w := leafWalk{raw: raw, decoder: json.NewDecoder(bytes.NewReader(raw))}
	w.decoder.UseNumber()
	if err := w.value(nil); err != nil {
		return nil, err
	}
	return w.found, nil
}

type leafWalk struct {
	raw     []byte
	decoder *json.Decoder
	found   []leaf
}

// token reads the next token and says where it begins and ends.
func (w *leafWalk) token() (token json.Token, start, end int, err error) {
	start = int(w.decoder.InputOffset())
	for start < len(w.raw) && strings.IndexByte(" \t\r\n,:", w.raw[start]) >= 0 {
		start++
	}
	token, err = w.decoder.Token()
	return token, start, int(w.decoder.InputOffset()), err
}

func (w *leafWalk) value(path []string) error {
	token, start, end, err := w.token()
	if err != nil {
		return err
	}
	open, isContainer := token.(json.Delim)
	switch {
	case isContainer && len(path) == maxDepth:
		end, err = w.skip()
	case isContainer && w.decoder.More():
		return w.members(open, path)
	case isContainer:
		_, _, end, err = w.token()
	}
	w.found = append(w.found, leaf{path, start, end})
	return err
}

// members goes through what is in a container that is open, and closes it.
func (w *leafWalk) members(open json.Delim, path []string) error {
	for n := 0; w.decoder.More(); n++ {
		step := strconv.Itoa(n)
		if open == '{' {
			key, _, _, err := w.token()
			if err != nil {
				return err
			}
			step, _ = key.(string)
		}
		if err := w.value(append(path[:len(path):len(path)], step)); err != nil {
			return err
		}
	}
	_, _, _, err := w.token()
	return err
}

// skip reads to the end of the container that was opened last, and says where that is.
func (w *leafWalk) skip() (end int, err error) {
	for open := 1; open > 0; {
		var token json.Token
		if token, _, end, err = w.token(); err != nil {
			return end, err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			open++
		case json.Delim('}'), json.Delim(']'):
			open--
		}
	}
	return end, nil
}

// secretLeaf is a plain value that may be a secret.
type secretLeaf struct {
	name   string
	text   string
	secret bool
}

// secretLeaves finds the plain values of a JSON text and which of them its masked form hides.
func secretLeaves(raw, masked []byte) ([]secretLeaf, error) {
	all, err := leavesOf(raw)
	if err != nil {
		return nil, err
	}
	shown, err := leavesOf(masked)
	if err != nil {
		return nil, err
	}
	leaves := make([]secretLeaf, 0, len(all))
	for i, v := range all {
		if i >= len(shown) {
			break
		}
		text := v.text(raw)
		leaves = append(leaves, secretLeaf{name: shown[i].name(), text: text, secret: shown[i].text(masked) != text})
	}
	return leaves, nil
}

// hiding hides the secrets of a JSON text: those that their keys or their shape give away, and values that the program has seen
// elsewhere as secrets.
type hiding struct {
	// seen masks what was seen; it is the one of the last frame, nil before.
	seen func(string) string
}

// in is what has to be hidden of a JSON text, as it was written, by the way to it.
func (h hiding) in(raw []byte) map[string][]byte {
	hidden := map[string][]byte{}
	var shapes *nango.Secrets
	masked := shapes.MaskJSON(raw)
	all, err := leavesOf(raw)
	if err != nil {
		return hidden
	}
	shown, err := leavesOf(masked)
	if err != nil || len(shown) != len(all) {
		return hidden
	}
	for i, v := range all {
		text := v.text(raw)
		if text != shown[i].text(masked) || h.seen != nil && h.seen(text) != text {
			hidden[pathKey(v.path)] = raw[v.start:v.end]
		}
	}
	return hidden
}

// masked is a JSON text with dots for what has to be hidden. What is no JSON is masked as text.
func (h hiding) masked(raw []byte) []byte {
	leaves, err := leavesOf(raw)
	if err != nil {
		var shapes *nango.Secrets
		text := shapes.Mask(string(raw))
		if h.seen != nil {
			text = h.seen(text)
		}
		return []byte(text)
	}
	hidden := h.in(raw)
	var out bytes.Buffer
	at := 0
	for _, v := range leaves {
		if _, secret := hidden[pathKey(v.path)]; secret {
			out.Write(raw[at:v.start])
			out.WriteString(`"` + nango.Masked + `"`)
			at = v.end
		}
	}
	out.Write(raw[at:])
	return out.Bytes()
}

// pathKey tells ways apart, also where keys have dots. Bytes that are no text become what encoding/json makes of them: the
// viewer reads keys on its own, and a way that differed would leave a secret in clear.
func pathKey(path []string) string { return string([]rune(strings.Join(path, pieceEnd))) }
