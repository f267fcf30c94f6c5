package curlline

import (
	"slices"
	"strings"
)

// word is an argument, without its quotes.
type word struct {
	text string
	pos  int // where it begins in the line
}

// command is the first command of a line, as a shell would cut it into words.
type command struct {
	words []word
	// end is where it ends.
	end int
	// input is what the line gives curl as standard input.
	input input
	// variables are those of the shell, as they are written, in the order of their first use.
	variables []string
	notes     []string
}

// input is what stands behind "<" in a line.
type input struct {
	path string // of "< path"
	text string // of a here-document
	here bool
}

// split cuts the line into the words of its first command.
func split(line string) (command, error) {
	if isWindows(line) {
		return splitWindows(line)
	}
	return splitShell(line)
}

func (c *command) addNote(text string) {
	if !slices.Contains(c.notes, text) {
		c.notes = append(c.notes, text)
	}
}

func (c *command) addVariable(text string) {
	if !slices.Contains(c.variables, text) {
		c.variables = append(c.variables, text)
	}
}

// arguments are the words behind "curl". Before it may stand what docs and shells put there: a prompt, variables
// that are set, a command that runs another.
func (c *command) arguments() ([]word, error) {
	for i, w := range c.words {
		switch {
		case isCurl(w.text):
			return c.words[i+1:], nil
		case slices.Contains([]string{"$", "%", "sudo", "time", "exec", "command", "env", "!"}, w.text):
		case isAssignment(w.text):
			name, _, _ := strings.Cut(w.text, "=")
			c.addNote("The variable " + name + ", which is set before curl, is not filled in.")
		default:
			return nil, errorAt(w.pos, "the line begins with %q and not with curl", truncate(w.text))
		}
	}
	return nil, errorAt(c.end, "there is no curl command here")
}

// isCurl says whether a word is curl, with or without the folder that it is in.
func isCurl(text string) bool {
	name := strings.ToLower(text[strings.LastIndexAny(text, `/\`)+1:])
	return name == "curl" || name == "curl.exe"
}

// isAssignment says whether a word sets a variable.
func isAssignment(text string) bool {
	name, _, found := strings.Cut(text, "=")
	return found && name != "" && nameLength(name) == len(name)
}

// nameLength is the length of the name of a variable that a text begins with; 0 where it begins with none.
func nameLength(text string) int {
	for i := range len(text) {
		c := text[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(text)
}

// shortened is enough of a word to know it by.
func truncate(text string) string {
	const most = 40 // bytes
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
