package filter

import (
	"slices"
	"strings"
)

const (
	// maxCandidates is how many completions are offered.
	maxCandidates = 20
	// maxValues is how many values of a field are searched for completions.
	maxValues = 2000
)

// candidates returns what the word before the text cursor can be completed to, best first, and the byte at which it begins.
func (in *Input) candidates() (all []string, begin int) {
	text := string([]rune(in.input.Value())[:in.input.Position()])
	begin = wordStart(text)
	word := strings.TrimLeft(text[begin:], "-!")
	begin = len(text) - len(word)
	name, typed, isValue := strings.Cut(word, ":")
	spec, known := find(in.specs, strings.ToLower(name))
	switch {
	case strings.HasPrefix(word, `"`):
		return nil, begin
	case isValue && known:
		begin += len(name) + 1
		if i := strings.LastIndexByte(typed, '|'); i >= 0 {
			begin, typed = begin+i+1, typed[i+1:]
		}
		return rank(in.values(spec, strings.TrimPrefix(strings.ToLower(name), spec.Name)), strings.Trim(typed, `"`), quote), begin
	case isValue || word == "":
		return nil, begin
	}
	return rank(in.names(word), word, func(name string) string { return name + ":" }), begin
}

// wordStart returns the byte at which the last word begins: after a space outside of quotes.
func wordStart(text string) int {
	quoted, begin := false, 0
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			begin = i + 1
		}
	}
	return begin
}

// names returns the names of fields, those of keys only once their dot is typed.
func (in *Input) names(word string) []string {
	var all []string
	for _, spec := range in.specs {
		if !strings.HasSuffix(spec.Name, ".") {
			all = append(all, spec.Name)
			continue
		}
		if !strings.HasPrefix(strings.ToLower(word), spec.Name[:min(len(word), len(spec.Name))]) {
			continue
		}
		for _, key := range in.values(spec, "") {
			all = append(all, spec.Name+key)
		}
	}
	return all
}

// values returns the values of a field. They are read once while the filter is typed.
func (in *Input) values(spec Spec, key string) []string {
	if spec.Kind == Age {
		return []string{"<1h", "<1d", "<7d", ">1h", ">1d", ">30d"}
	}
	if spec.Values == nil {
		return nil
	}
	if in.known == nil {
		in.known = map[string][]string{}
	}
	name := spec.Name + key
	if _, read := in.known[name]; !read {
		all := spec.Values(key)
		in.known[name] = all[:min(len(all), maxValues)]
	}
	return in.known[name]
}

// rank returns the values that begin with what was typed, then those that contain it, as they are written.
func rank(values []string, typed string, write func(string) string) []string {
	typed = strings.ToLower(typed)
	var first, others []string
	isWhole := false
	for _, value := range values {
		switch at := strings.Index(strings.ToLower(value), typed); {
		case at == 0 && len(value) == len(typed):
			isWhole = true
		case at == 0:
			first = append(first, write(value))
		case at > 0:
			others = append(others, write(value))
		}
	}
	if isWhole {
		others = nil
	}
	all := slices.Compact(append(first, others...))
	return all[:min(len(all), maxCandidates)]
}

// quote puts a value into quotes if it would end early without.
func quote(value string) string {
	if !strings.ContainsAny(value, ` |"`) {
		return value
	}
	return `"` + strings.ReplaceAll(value, `"`, "") + `"`
}

// Complete replaces the word before the text cursor by its best completion, and reports whether there was one.
func (in *Input) Complete() bool {
	all, begin := in.candidates()
	if len(all) == 0 {
		return false
	}
	runes := []rune(in.input.Value())
	before := string(runes[:in.input.Position()])[:begin] + all[0]
	in.setText(before + string(runes[in.input.Position():]))
	in.input.SetCursor(len([]rune(before)))
	return true
}
