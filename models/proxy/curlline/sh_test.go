package curlline

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arguments runs a line in a shell with a curl that tells its arguments. Each variable holds the text that names it.
func arguments(t *testing.T, shell, folder, line string) []string {
	t.Helper()
	command := exec.Command(shell, "-c", line)
	command.Env = []string{"PATH=" + folder + ":" + os.Getenv("PATH"), "TOKEN=$TOKEN", "BRACED=${BRACED}", "LC_ALL=C.UTF-8"}
	command.Dir = folder
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %s: %v", shell, line, err)
	}
	told, _ := strings.CutSuffix(string(out), "\x00")
	return strings.Split(told, "\x00")
}

// tellingCurl is a folder with that curl.
func tellingCurl(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\0' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(folder, "curl"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// find skips a test where a program is missing.
func find(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("there is no %s here", program)
	}
}

// cut is the arguments as this package reads them.
func cut(t *testing.T, line string) []string {
	t.Helper()
	c, err := split(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	words, err := c.arguments()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return texts
}

// posixLines mean the same in every shell.
var posixLines = []string{
	`curl a b  c	d`,
	`curl 'a b' "c d" e\ f g'h'"i"j`,
	`curl '' "" ''"" a''`,
	`curl 'it'\''s' "it's" "say \"hi\"" 'a\b' "a\b\\c\$d\` + "`" + `" a\bc\\d`,
	`curl "$TOKEN" "x${BRACED}y" 'z$TOKEN' \$TOKEN "\$TOKEN" $ "$" a$ "$ "`,
	"curl a \\\n  b \\\n\tc",
	"curl 'a\nb' \"c\nd\" \"e\\\nf\" g\\\nh",
	"\n\n  curl a # b 'c\nexit 0",
	`curl a#b '#c' \#d`,
	`curl a;`,
	`curl a 2>&1`,
	`curl a </dev/null b`,
	`curl a\;b 'c;d' "e|f&g" h\&i`,
	`A=1 B='2 3' curl a`,
	`curl "a!b" 'c!d'`,
	`curl "é 株 \é" é\株`,
	`curl ~a a~ {a} "{b,c}" a=b=c [x]y`,
	`curl a && exit 0`,
	"curl -d @- a <<EOF\nb $TOKEN\nEOF\n",
	"curl -d @- a <<'EOF' b\n$(c)\nEOF",
}

// bashLines use what bash and zsh add.
var bashLines = []string{
	`curl $'a\'b"c\\d\n\t\e\x41\u00e9\101\0101\cA\q' x$'y'z "$'a'"`,
	`curl $"a b" a$'\x7e\x4'`,
	`curl -d @- a <<< "b c"`,
}

func TestShellsSplitTheSameWords(t *testing.T) {
	for shell, lines := range map[string][]string{"sh": posixLines, "bash": slices.Concat(posixLines, bashLines)} {
		t.Run(shell, func(t *testing.T) {
			find(t, shell)
			folder := tellingCurl(t)
			for _, line := range lines {
				if got, want := cut(t, line), arguments(t, shell, folder, line); !slices.Equal(got, want) {
					t.Errorf("%s\n got %q\nwant %q", line, got, want)
				}
			}
		})
	}
	// Here the stub's words go elsewhere.
	if got := cut(t, `curl a >/dev/null b 2>/dev/null 2>&1 >&3 &>x >>y >|z | cat`); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("%q", got)
	}
}

// quote writes a word in one of the ways of a POSIX shell, or in several.
func quote(word string, random *rand.Rand) string {
	var out strings.Builder
	for word != "" {
		n := 1 + random.IntN(len(word))
		piece := word[:n]
		word = word[n:]
		switch random.IntN(3) {
		case 0:
			out.WriteString("'" + strings.ReplaceAll(piece, "'", `'\''`) + "'")
		case 1:
			out.WriteString(`"` + strings.NewReplacer("\\", "\\\\", `"`, `\"`, "$", `\$`, "`", "\\`").Replace(piece) + `"`)
		default:
			for i := range len(piece) {
				if piece[i] == '\n' {
					out.WriteString("'\n'")
				} else {
					out.WriteString("\\" + piece[i:i+1])
				}
			}
		}
	}
	return out.String()
}

func TestQuotedWordsRoundTrip(t *testing.T) {
	find(t, "sh")
	folder := tellingCurl(t)
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "ab '\"\\$`!#;&|<>(){}[]*?~^%\n\t=@:/é株-,."
	for range 60 {
		line, want := "curl", []string(nil)
		for range 1 + random.IntN(5) {
			word := ""
			for range 1 + random.IntN(12) {
				at := random.IntN(len(letters))
				word += letters[at : at+1]
			}
			want = append(want, word)
			line += " " + quote(word, random)
		}
		if isWindows(line) {
			continue // such as \^"…, which is read as a browser means it
		}
		if got := cut(t, line); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", line, got, want)
		}
		if told := arguments(t, "sh", folder, line); !slices.Equal(told, want) {
			t.Fatalf("the test is wrong: sh cuts %s into %q, not %q", line, told, want)
		}
	}
}
