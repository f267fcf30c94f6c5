package curlline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// word is an argument without its quotes.
type word struct {
	text string
	pos  int // its offset in the line
	// maybeValue is set if it follows an unknown option and may be its value.
	maybeValue bool
}

// command is the first command of a line, split into words as a shell does.
type command struct {
	words []word
	// end is the offset of its end.
	end int
	// input is the standard input that the line gives curl.
	input input
	// variables are the shell variables as written, in the order of their first use.
	variables []string
	notes     []string
}

// input is what follows "<" in a line.
type input struct {
	path string // of "< path"
	text string // of a here-document
	here bool
}

// split splits the line into the words of its first command.
func split(line string) (command, error) {
	if isWindows(line) {
		return splitWindows(line)
	}
	return splitShell(line)
}

// addNote adds a note, once.
func (c *command) addNote(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.notes, text) {
		c.notes = append(c.notes, text)
	}
}

func (c *command) addVariable(text string) {
	if !slices.Contains(c.variables, text) {
		c.variables = append(c.variables, text)
	}
}

// arguments returns the words after "curl". A prompt, assignments or a command that runs another may precede it.
func (c *command) arguments() ([]word, error) {
	for i, w := range c.words {
		switch {
		case isCurl(w.text):
			return c.words[i+1:], nil
		case slices.Contains([]string{"$", "%", "sudo", "time", "exec", "command", "env", "!"}, w.text):
		case isAssignment(w.text):
			name, _, _ := strings.Cut(w.text, "=")
			c.addNote(noteAssigned, name)
		default:
			return nil, errorAt(w.pos, errNotCurl, truncate(w.text))
		}
	}
	return nil, errorAt(c.end, errNoCurl)
}

func isCurl(text string) bool {
	name := strings.ToLower(text[strings.LastIndexAny(text, `/\`)+1:])
	return name == "curl" || name == "curl.exe"
}

func isAssignment(text string) bool {
	name, _, found := strings.Cut(text, "=")
	return found && name != "" && nameLength(name) == len(name)
}

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*`)

// nameLength returns the length of the variable name at the start of a text; 0 if there is none.
func nameLength(text string) int { return len(variableName.FindString(text)) }

// truncate shortens a word for a message.
func truncate(text string) string {
	const most = 40 // bytes
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
