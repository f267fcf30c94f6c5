package curlline

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/longtest"
)

// curlCases are command lines beyond those of the other tests, for what servers see of curl's options.
var curlCases = []string{
	`curl URL`, `curl URL/a?b=c`, `curl -X PATCH URL`, `curl -d a=1 -d b=2 URL/p`, `curl -d '' URL`, `curl --data-raw @x --data-raw y URL`,
	`curl -d @f.txt -d x --data-binary @f.txt URL`, `curl -d x -d '' URL`, `curl -d @- -d @- URL <f.txt`,
	`curl --data-urlencode 'a b=c d&é~' --data-urlencode =x=y --data-urlencode '@f.txt' --data-urlencode n@f.txt URL`,
	`curl --data-urlencode me@x.example=b --data-urlencode 'c d*' --data-urlencode n= --data-urlencode = --data-urlencode '' URL`,
	`curl -G -d a=b -d @g.txt --data-urlencode 'q=c d' URL`, `curl -G -d a=b URL/x?y`, `curl -G -d a=b URL/x?`, `curl -G -d '' URL/x`,
	`curl --url-query 'a=b c' --url-query +d=e/f URL/x?y`, `curl -G -d a=b --url-query c=d URL/x`, `curl --url-query a@b=c -d x URL`,
	`curl --json '{"a":' --json 1} URL`, `curl --json @f.txt -H 'Accept: x/y' URL`, `curl --json {} -d x URL`, `curl -G --json {} URL/x`,
	`curl -H 'Content-Type: text/plain' -d x URL`, `curl -H Content-Type: -d x URL`, `curl -H 'X-A: 1' -HX-A:2 -H 'X-A;' -H 'X-B:' URL`,
	`curl -H 'X-A: 1' -H 'X-A:' -H 'X-C;d' -H 'Accept;' URL`, `curl -H 'Content-Type: x' URL`,
	`curl -I URL`, `curl -I -G -d a=b URL/x`, `curl -I -X GET URL`, `curl -XDELETE -d x URL`, `curl -X GET -d x URL`, `curl -X post URL`,
	`curl --data-ascii x --get --head URL`, `curl -A '' -d x URL#frag`,
	`curl -T f.txt URL/x`, `curl -T f.txt URL`, `curl -T 'n m.txt' URL/a/`, `curl -T ./f.txt -X POST URL/a/?q=1`, `curl -T - URL/a/ < f.txt`,
	`curl -F a=b -F 'c=@f.txt;type=text/x' -F 'd=<f.txt' -F 'e="x;y"' -F 'f=@f.txt;filename="n m"' --form-string 'g=@h;type=i' URL`,
	`curl -F 'a= b ' -F 'c=" d "' -F 'e=f;type=a/b; charset=u' -F 'g=@n m.txt' --form-string 'h= i ' URL`, `curl -d @- URL <<< 'x y'`,
	`curl -r 600 URL`, `curl --range 600,700 URL`, `curl -r -5 URL`, `curl -r 1-2,5-6 URL`, `curl -r 1-2 -H 'Range: bytes=9-' URL`,
	`curl -C 600 URL`, `curl -C 0 URL`, `curl -C - -o none URL`,
	`curl -A x -H 'User-Agent: y' URL`, `curl -A x -A z URL`, `curl -A x -H User-Agent: URL`, `curl -e a -e b URL`, `curl -e ';auto' URL`,
	`curl -e a -H 'referer: c' URL`, `curl --request-target '/o?x=y' URL/a`, `curl -G -d a=b --request-target /o URL/x`,
	`curl -u user:pw -b a=b -b f.txt --oauth2-bearer t URL/x`, `curl -u user: URL`, `curl --compressed --tr-encoding URL`,
	`curl --http1.0 -sSLfvk -m 5 --retry 1 -o none -w '%{url}' -D none URL/a`, `curl --no-get -d a URL`, `curl --url URL/a -- -x`,
	`curl 'URL/<id>?a={b}&c[]=1'`, `curl URL/a'|'b`, `curl URL/a > none 2>&1`, `curl URL/a;`, `curl URL/a & exit`, `curl URL/a | cat`,
	"curl URL/a \\\n  -d b # c", `curl "URL/$ID?a=${B:-c}" -H "X-A: $D"`, `curl --http2 URL`, `curl -H @h.txt URL`,
}

// asQuoted are command lines without the necessary quotes, and how they are read: with them.
var asQuoted = map[string]string{
	`curl -X DELETE URL/users/<USER_ID>/roles -H 'A: b'`:                 `curl -X DELETE 'URL/users/<USER_ID>/roles' -H 'A: b'`,
	"curl URL/v1/invites?after=x&limit=20 \\\n-H \"X-A: b\" -d x=1":      `curl 'URL/v1/invites?after=x&limit=20' -H "X-A: b" -d x=1`,
	`curl URL/a?b=<c>&d=<e>&f`:                                           `curl 'URL/a?b=<c>&d=<e>&f'`,
	`curl "URL/a/"<ID>"/b"?c=1&d -d e=1&f=<G>`:                           `curl 'URL/a/<ID>/b?c=1&d' -d 'e=1&f=<G>'`,
	`curl -H X-A:<TOKEN> -d <BODY> URL`:                                  `curl -H 'X-A:<TOKEN>' -d '<BODY>' URL`,
	"curl URL/a?b=1\\\n&c=2&d=3 -d x":                                    `curl 'URL/a?b=1&c=2&d=3' -d x`,
	`curl URL/a?b=1&&c=2&amp;d=3`:                                        `curl 'URL/a?b=1&&c=2&amp;d=3'`,
	"curl URL/a ^\r\n -d \"b=c\"":                                        `curl URL/a -d 'b=c'`,
	`curl.exe URL/a?b=<c>&d=e -H "X-A: f" -d "{""a"":""b c""}"`:          `curl 'URL/a?b=<c>&d=e' -H 'X-A: f' -d '{"a":"b c"}'`,
	"curl ^\"URL/a?b=1&c=2^\" ^\r\n -H ^\"X-A: ^\\^\"b^\\^\"^\" -d c^&d": `curl 'URL/a?b=1&c=2' -H 'X-A: "b"' -d 'c&d'`,
	"curl URL/a \\\n  -d b # c \\\n  -H 'X-A: 1'":                        `curl URL/a -d b -H 'X-A: 1'`,
	"curl URL/a\n\"-H\" \"X-A: 1\"\n'--data' x":                          `curl URL/a -H "X-A: 1" -d x`,
}

// sentRequest is what a server receives. The headers are sorted, with lower-case names.
type sentRequest struct{ method, target, headers, body string }

// echoServer passes on the requests that it receives.
type echoServer struct {
	listener net.Listener
	received chan sentRequest
}

func newEchoServer(t *testing.T) *echoServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &echoServer{listener, make(chan sentRequest, 100)}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			s.serve(connection)
		}
	}()
	return s
}

// serve reads a request. The target is read to the byte, not parsed.
func (s *echoServer) serve(connection net.Conn) {
	defer connection.Close()
	in := bufio.NewReader(connection)
	line, err := in.ReadString('\n')
	method, rest, _ := strings.Cut(line, " ")
	at := strings.LastIndex(rest, " HTTP/")
	if err != nil || at < 0 {
		return
	}
	r, err := http.ReadRequest(bufio.NewReader(io.MultiReader(strings.NewReader("POST / HTTP/1.1\r\n"), in)))
	if err != nil {
		return
	}
	if r.Header.Get("Expect") != "" {
		fmt.Fprint(connection, "HTTP/1.1 100 Continue\r\n\r\n")
	}
	body, _ := io.ReadAll(r.Body)
	s.received <- sentRequest{method, rest[:at], headerText(r.Header), string(body)}
	status, length := "200 OK", ""
	if r.Header.Get("Range") != "" {
		status, length = "206 Partial Content", "Content-Range: bytes 600-600/601\r\nContent-Length: 1\r\n"
	}
	fmt.Fprintf(connection, "HTTP/1.1 %s\r\nConnection: close\r\n%s\r\nx", status, length)
}

// ownHeaders are headers that curl adds by itself or that this package skips by intent.
var ownHeaders = []string{"host", "content-length", "expect", "transfer-encoding", "connection", "te", "upgrade", "http2-settings",
	"accept-encoding", "authorization", "cookie", "if-modified-since"}

// headerText writes headers for comparing. An Accept or User-Agent that curl adds counts as none.
func headerText(header http.Header) string {
	var all []string
	for name, values := range header {
		name = strings.ToLower(name)
		for _, value := range values {
			isDefault := name == "accept" && value == "*/*" || name == "user-agent" && strings.HasPrefix(value, "curl/")
			if kind, boundary, found := strings.Cut(value, "boundary="); found && kind != "" && name == "content-type" {
				value = strings.TrimSuffix(value, boundary)
			}
			if !isDefault && !slices.Contains(ownHeaders, name) {
				all = append(all, name+": "+value)
			}
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// realCurl runs command lines with the real curl, on files of its own. All requests go to the server.
type realCurl struct {
	server *echoServer
	folder string
}

func newRealCurl(t *testing.T) realCurl {
	t.Helper()
	find(t, "sh")
	find(t, "curl")
	path, err := exec.LookPath("curl")
	if err != nil {
		t.Fatal(err)
	}
	c := realCurl{newEchoServer(t), t.TempDir()}
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' -q -sS -g --noproxy '*' --max-time 20 --connect-to '::%s' \"$@\"\n",
		path, c.server.listener.Addr())
	if err := os.Mkdir(filepath.Join(c.folder, "d"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"b": "1", "c": "2\n", "e": "3", "f": "4", "g": "5", "y": "X:6", "in.txt": "7", "more": "X-F: 8", "body.json": "{}", "pic.png": "9",
		"t.txt": "0", `q".txt`: "1", "d/e.png": "2", "d/e f": "3",
		"f.txt": "from a\r\nfile & more\n", "g.txt": "x=y\n", "n m.txt": "q\n", "h.txt": "X-A: 1\nX-B: 2\n", "curl": script,
	} {
		if err := os.WriteFile(filepath.Join(c.folder, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// dangerous matches what a line could do beyond the folder of the test: run a program by its path, or write to a path.
var dangerous = regexp.MustCompile(`/s?bin/|(?:^|[\s\d&'"])>[>|&]?\s*[/~$.]|(?:-o|-D|-c|--output|--dump-header|--cookie-jar)[ =]?[/~$.]`)

// run runs a line, with all that follows the first command. So a shell finds no other programs than curl, and a line that could
// do harm is not run. Each variable holds the text that names it, because this package keeps variables as they are.
func (c realCurl) run(t *testing.T, line string) (sent sentRequest, ok bool, output string) {
	t.Helper()
	if dangerous.MatchString(strings.ReplaceAll(line, "/dev/null", "null")) {
		t.Fatalf("%s: could do harm, and is not run", line)
	}
	shell := "sh"
	if strings.Contains(line, "<<<") || strings.Contains(line, "$'") {
		shell = "bash"
		find(t, shell)
	}
	command := exec.Command(shell, "-c", line)
	command.Dir, command.Env = c.folder, []string{"PATH=" + c.folder, "LC_ALL=C.UTF-8", "HOME=" + c.folder}
	if split, err := splitShell(line); err == nil {
		for _, text := range split.variables {
			command.Env = append(command.Env, variableName.FindString(strings.Trim(text, "${}"))+"="+text)
		}
	}
	out, _ := command.CombinedOutput()
	for len(c.server.received) > 0 {
		if next := <-c.server.received; !ok { // the first is compared
			sent, ok = next, true
		}
	}
	return sent, ok, string(out)
}

// parsedRequest is what a server would receive of a line as this package reads it.
func (c realCurl) parsedRequest(t *testing.T, r Request) sentRequest {
	t.Helper()
	for len(r.Files) > 0 {
		content, _ := os.ReadFile(filepath.Join(c.folder, r.Files[0].Path)) // as curl, empty if there is none
		r = r.Fill(0, content)
	}
	kind, body, err := r.Encoded()
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	for _, h := range r.Headers {
		header.Add(h.Name, h.Value)
	}
	if kind != "" {
		header.Add("Content-Type", kind)
	}
	_, path, query := r.Split()
	if path == "" {
		path = "/"
	}
	if query != "" || strings.HasSuffix(r.URL, "?") {
		path += "?" + query
	}
	return sentRequest{r.Method, path, headerText(header), string(body)}
}

var escapes = regexp.MustCompile(`%[0-9a-fA-F]{2}`)

var boundaries = regexp.MustCompile(`(?m)^--[\w-]+?(--)?\r$`)

// compare compares a line as this package reads it with what curl sends of a line that means the same in a shell.
func (c realCurl) compare(t *testing.T, line, quoted string) {
	t.Helper()
	r, err := Parse(line)
	if err != nil {
		return // refused: there is nothing to compare
	}
	if line == quoted && isReadOtherwise(line, r) {
		return
	}
	sent, ok, output := c.run(t, quoted)
	if !ok {
		if !canNotRun(r, output) {
			t.Errorf("%s: curl sends nothing, but it is read as %s\n%s", line, summary(r), output)
		}
		return
	}
	want := c.parsedRequest(t, r)
	sent.method = strings.ToUpper(sent.method)
	sent.target = escapes.ReplaceAllStringFunc(sent.target, strings.ToUpper) // older versions write some in lower case
	if r.Form != nil {                                                       // each has a boundary of its own
		sent.body, want.body = boundaries.ReplaceAllString(sent.body, "--B$1\r"), boundaries.ReplaceAllString(want.body, "--B$1\r")
	}
	if sent.method == "HEAD" {
		want.body = sent.body
	}
	if sent != want {
		t.Errorf("%s\nsent %q\nread %q", line, sent, want)
	}
}

// readOtherwise matches lines that this package reads by intent as their author means them, not as a shell does.
var readOtherwise = regexp.MustCompile(`\\ud83d|\\[ \t]+\r?\n|;headers=|--request-target '\*'`)

func isReadOtherwise(line string, r Request) bool {
	attached := strings.TrimPrefix(noteAttached, "%s")
	return isWindows(line) || readOtherwise.MatchString(line) || slices.ContainsFunc(r.Notes, func(note string) bool {
		return note == noteLineBreak || strings.HasSuffix(note, attached)
	})
}

// canNotRun reports whether curl sends nothing for a reason that this package accepts: an option that this version doesn't
// have, a program or file that isn't there, or a placeholder with a space in the URL.
func canNotRun(r Request, output string) bool {
	return len(r.Unknown) > 0 || strings.Contains(output, "is unknown") || strings.Contains(output, "not found") ||
		strings.Contains(output, "reading a file") ||
		strings.Contains(output, "bad/illegal format") && strings.ContainsAny(r.URL, " ${")
}

// TestCurlSendsTheSameRequest sends every command line of the tests with the real curl.
func TestCurlSendsTheSameRequest(t *testing.T) {
	c := newRealCurl(t)
	all := slices.Concat(curlCases, slices.Sorted(maps.Keys(parseCases)), slices.Sorted(maps.Keys(noteCases)), FuzzSeeds)
	for _, line := range longtest.Sample(t, all, 50) {
		line = toTestHost(line)
		c.compare(t, line, line)
	}
}

func TestLinesWithoutQuotesAreReadAsMeant(t *testing.T) {
	c := newRealCurl(t)
	for line, quoted := range asQuoted {
		line, quoted = toTestHost(line), toTestHost(quoted)
		if r := read(t, line); len(r.Notes) == 0 && strings.ContainsAny(quoted, "<&") && !strings.Contains(line, "^") {
			t.Errorf("%s: nothing is said", line)
		}
		c.compare(t, line, quoted)
	}
}

// toTestHost makes a line that the server can answer: without TLS, and without what stands before curl.
func toTestHost(line string) string {
	return strings.NewReplacer("URL", "http://x.example", "https://", "http://", "$ /usr/bin/curl", "curl", "sudo curl", "curl").Replace(line)
}
