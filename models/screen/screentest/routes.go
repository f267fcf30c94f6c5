package screentest

import (
	"strings"

	"nango-tui/models/screen"
)

// Routes returns the routes of a shape such as "records/KEY/ID" or "syncs/KEY[/ID]", with names for the words in capitals. With an
// optional part in brackets, both forms are returned.
func Routes(shape string, names map[string]string) []screen.Route {
	if before, rest, found := strings.Cut(shape, "["); found {
		optional, after, _ := strings.Cut(rest, "]")
		return append(Routes(before+after, names), Routes(before+optional+after, names)...)
	}
	path, query, _ := strings.Cut(shape, "?")
	words := strings.Split(path, "/")
	r := screen.To(words[0], named(words[1:], names)...)
	for pair := range strings.SplitSeq(query, "&") {
		if key, word, found := strings.Cut(pair, "="); found {
			r = r.With(key, named([]string{word}, names)[0])
		}
	}
	return []screen.Route{r}
}

func named(words []string, names map[string]string) []string {
	for i, word := range words {
		if name, ok := names[word]; ok {
			words[i] = name
		}
	}
	return words
}
