package curlline

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func read(t *testing.T, line string) Request {
	t.Helper()
	r, err := Parse(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return r
}

// inShort is a request without its notes, in a form that is easy to compare.
func summary(r Request) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s", r.Method, r.URL)
	for _, h := range r.Headers {
		fmt.Fprintf(&out, " [%s: %s]", h.Name, h.Value)
	}
	if r.Type != "" {
		fmt.Fprintf(&out, " <%s>", r.Type)
	}
	if r.Body != nil {
		fmt.Fprintf(&out, " %s", r.Body)
	}
	for _, p := range r.Form {
		fmt.Fprintf(&out, " {%s=%s %s %s}", p.Name, p.Value, p.Type, p.Filename)
	}
	for _, f := range r.Files {
		fmt.Fprintf(&out, " file(%s at %d)", f, f.at)
	}
	for _, u := range r.Unknown {
		fmt.Fprintf(&out, " unknown(%s)", u)
	}
	return out.String()
}

const form = "<application/x-www-form-urlencoded>"

// parseCases are command lines and the requests that they make. They are also run by curl.
var parseCases = map[string]string{
	`curl https://api.example.com/v1/users`:                          `GET https://api.example.com/v1/users`,
	`curl 'https://x.example/a?b=1&c[]=2'`:                           `GET https://x.example/a?b=1&c[]=2`,
	`curl x.example`:                                                 `GET https://x.example`,
	`$ /usr/bin/curl -sSL "https://x.example"`:                       `GET https://x.example`,
	`A=1 B='2 3' sudo curl https://x.example`:                        `GET https://x.example`,
	`curl -XPOST https://x.example`:                                  `POST https://x.example`,
	`curl --request=put --url=https://x.example`:                     `PUT https://x.example`,
	`curl -sSLkXdelete https://x.example`:                            `DELETE https://x.example`,
	`curl -d a=1 -d b=2 https://x.example`:                           `POST https://x.example ` + form + ` a=1&b=2`,
	`curl https://x.example -da=1 --data-raw @b`:                     `POST https://x.example ` + form + ` a=1&@b`,
	`curl -G -d a=1 -d b=2 https://x.example/p?c=3`:                  `GET https://x.example/p?c=3&a=1&b=2`,
	`curl -G https://x.example --data-urlencode 'q=a b&c=é'`:         `GET https://x.example/?q=a+b%26c%3D%C3%A9`,
	`curl --data-urlencode '=a=b' --data-urlencode 'c d' x.example`:  `POST https://x.example ` + form + ` a%3Db&c+d`,
	`curl --url-query a=b/c --url-query +d=e/f https://x.example/?z`: `GET https://x.example/?z&a=b%2Fc&d=e/f`,
	`curl --json '{"a":' --json '1}' https://x.example`: `POST https://x.example [Accept: ` +
		`application/json] <application/json> {"a":1}`,
	`curl --json {} -H 'accept: x/y' https://x.example`:                `POST https://x.example [accept: x/y] <application/json> {}`,
	`curl -H 'content-type: text/plain' -d 'a b' https://x.example`:    `POST https://x.example <text/plain> a b`,
	`curl -H Content-Type: -d a https://x.example`:                     `POST https://x.example a`,
	`curl -H 'X-A: 1' -H'X-A:2' -H 'X-B;' -H 'X-C:' https://x.example`: `GET https://x.example [X-A: 1] [X-A: 2] [X-B: ]`,
	`curl -A me/1 -e 'https://r.example;auto' -r 0-9 https://x.example`: `GET https://x.example [User-Agent: me/1] ` +
		`[Referer: https://r.example] [Range: bytes=0-9]`,
	`curl --range 600 https://x.example`:                     `GET https://x.example [Range: bytes=600-]`,
	`curl -C 600 https://x.example`:                          `GET https://x.example [Range: bytes=600-]`,
	`curl -r -5 -r 1,2- https://x.example`:                   `GET https://x.example [Range: bytes=1,2-]`,
	`curl -A a -A b -e c -H 'referer: d' x.example`:          `GET https://x.example [referer: d] [User-Agent: b]`,
	`curl --data-urlencode a@b=c https://x.example`:          `POST https://x.example ` + form + ` a@b=c`,
	`curl -G -d a=b --request-target /c https://x.example/d`: `GET https://x.example/c`,
	`curl -T 'd/e f' https://x.example/d/?e`: `PUT https://x.example/d/e%20f?e ` +
		` file(d/e f, a part of the body (-T) at 0)`,
	`curl -T - https://x.example/`: `PUT https://x.example/ ` +
		` file(standard input, a part of the body (-T) at 0)`,
	`curl -F 'a= b ' https://x.example`: `POST https://x.example <multipart/form-data> {a=b  }`,
	`curl -d @- -d @- https://x.example <f`: `POST https://x.example ` + form +
		` & file(f, a part of the body (-d) at 0)`,
	`curl HTTP:/x.example/a`:                                       `GET HTTP://x.example/a`,
	`curl https://x.example/<A B>/c?d=e&f=<G>&h -d i=1&j=2`:        `POST https://x.example/<A B>/c?d=e&f=<G>&h ` + form + ` i=1&j=2`,
	"curl -X PUT ^\n\"https://x.example?a=b&c=d\" ^\n -H \"A: b\"": `PUT https://x.example?a=b&c=d [A: b]`,
	`curl.exe https://x.example?a=b&c=d -d "{""e"":""f g""}"`:      `POST https://x.example?a=b&c=d ` + form + ` {"e":"f g"}`,
	`curl -I https://x.example`:                                    `HEAD https://x.example`,
	`curl -d @body.json https://x.example`: `POST https://x.example ` + form +
		`  file(body.json, a part of the body (-d) at 0)`,
	`curl -d a=1 --data-binary @b -d c https://x.example`: `POST https://x.example ` + form +
		` a=1&&c file(b, a part of the body (--data-binary) at 4)`,
	`curl -G --data-urlencode n@f https://x.example`: `GET https://x.example/?n= file(f, a part of ` +
		`the query (--data-urlencode) at 21)`,
	`curl -T pic.png https://x.example/pic`: `PUT https://x.example/pic  file(pic.png, a ` +
		`part of the body (-T) at 0)`,
	`curl -H @more https://x.example`: `GET https://x.example file(more, further headers (-H) at 0)`,
	`curl -F a=b -F 'c=@d/e.png;type=image/png' https://x.example`: `POST https://x.example <multipart/form-data> ` +
		`{a=b  } {c= image/png e.png} file(d/e.png, a part of the form (-F) at 1)`,
	`curl -F 'a="x;y";type=text/plain' --form-string 'b=@c' x.example`: `POST https://x.example <multipart/form-data> ` +
		`{a=x;y text/plain } {b=@c  }`,
	`curl -F 'a=<t.txt' -F 'b=@"q\".txt";filename="n;m"' x.example`: `POST https://x.example <multipart/form-data> ` +
		`{a=  } {b= text/plain n;m} file(t.txt, a part of the form (-F) at 0) file(q".txt, a part of the form (-F) at 1)`,
	`curl --frobnicate https://x.example`: `GET https://x.example unknown(--frobnicate)`,
	`curl --frobnicate 7 https://x.example --x=y -?`: `GET https://x.example unknown(--frobnicate 7) ` +
		`unknown(--x=y) unknown(-?)`,
	`curl --no-buffer --no-compressed https://x.example`:                  `GET https://x.example`,
	`curl -- https://x.example -d`:                                        `GET https://x.example`,
	"curl https://x.example \\\n  -H 'A: 1' \\\n  -d x":                   `POST https://x.example [A: 1] ` + form + ` x`,
	"curl https://x.example \\  \r\n  -H 'A: 1'\r\n  -d x":                `POST https://x.example [A: 1] ` + form + ` x`,
	"# the docs say\ncurl https://x.example # all of them\necho":          `GET https://x.example`,
	`curl https://x.example --data-raw $'it\'s \u00e9\x21\n\ud83d\ude00'`: `POST https://x.example ` + form + " it's é!\n😀",
	"curl -d @- https://x.example <<EOF\n{\"a\": \"$X\"}\nEOF\n":          `POST https://x.example ` + form + ` {"a": "$X"}`,
	"curl https://x.example --data-binary @- <<-'E F'\n\ta\n\t$(b)\nE F":  `POST https://x.example ` + form + " a\n$(b)\n",
	`curl -d @- https://x.example <<< 'a b'`:                              `POST https://x.example ` + form + ` a b`,
	`curl -d @- https://x.example < in.txt 2>&1 > /dev/null`: `POST https://x.example ` + form +
		`  file(in.txt, a part of the body (-d) at 0)`,
	`curl "https://x.example/$ID" -d "${A:-b}\$\"\'"`: `POST https://x.example/$ID ` + form + ` ${A:-b}$"\'`,
	`curl a'b'"c"\ d.example`:                         `GET https://abc d.example`,
	`curl ""https://x.example -d ''`:                  `POST https://x.example ` + form + ` `,
}

func TestParse(t *testing.T) {
	for line, want := range parseCases {
		if got := summary(read(t, line)); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}

func TestParseWindowsCommands(t *testing.T) {
	const want = `POST https://x.example/a?b=%20c&d=1 [accept: */*] <application/json> {"a":"50%","b":"x\\y ^ é"}`
	for name, line := range map[string]string{
		"Chrome": "curl ^\"https://x.example/a?b=^%^20c^&d=1^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  -H ^\"content-type: " +
			"application/json^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"50^%^\\^\",^\\^\"b^\\^\":^\\^\"x^\\^\\^\\^\\y ^^ é^\\^\"^}^\"",
		"older Chrome": "curl \"https://x.example/a?b=\"%\"20c&d=1\" -H \"accept: */*\" ^\r\n -H \"content-type: " +
			"application/json\" --data-raw \"{\"\"a\"\":\"\"50\"%\"\"\",\"\"b\"\":\"\"x\\\\y ^ é\"\"}\" --compressed",
		"Firefox": "curl.exe ^\"https://x.example/a?b=^%20c^&d=1^\" -X POST -H ^\"accept: */*^\" -H ^\"content-type: " +
			"application/json^\" --data-raw ^\"{\"\"a\"\":\"\"50%\"\",\"\"b\"\":\"\"x\\\\\\\\y ^^ é\"\"}^\"",
	} {
		if got := summary(read(t, line)); got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
	if got := read(t, "curl ^\"https://x.example^\" --data-raw ^\"a^\n\nb^\" & del x"); string(got.Body) != "a\nb" || len(got.Notes) != 1 {
		t.Errorf("%q %q", got.Body, got.Notes)
	}
	if got := summary(read(t, "curl ^\"https://x.example^\" ^\n\n  -H ^\"A: b^\" ^\n\n")); got != "GET https://x.example [A: b]" {
		t.Errorf("lines with empty ones between: %s", got)
	}
	if got := read(t, `curl https://x.example -d 'x ^"y'`); string(got.Body) != `x ^"y` {
		t.Errorf("a caret in a POSIX quote: %q", got.Body)
	}
}

// noteCases are command lines and what is said about them.
var noteCases = map[string][]string{
	`curl -sS -f -v -i -L -k -g --compressed -m 5 --http2 https://x.example`: nil,
	`curl -u me:pw https://x.example`:                                        {"-u " + dropCredentials + "."},
	`curl -H 'authorization: Bearer pw' -b a=pw -H 'Cookie: pw' https://x.example`: {"The header authorization " +
		dropCredentials + ".", "-b " + dropCredentials + ".",
		"The header Cookie " + dropCredentials + "."},
	`curl https://me:pw@x.example/a@b`: {"The user name and password in the URL were skipped: " +
		"Nango adds the connection's credentials."},
	`curl --proxy http://p --retry 3 https://x.example`: {"--proxy " + dropTransport + ".", "--retry " + dropRetries + "."},
	`curl -o out.json -K conf https://x.example > x`:    {noteRedirect, "-o " + dropOutput + ".", "-K " + dropFiles + "."},
	`curl -H 'Host: h' -H 'Accept-Encoding: br' https://x.example`: {"The header Host " + dropTransport + ".",
		"The header Accept-Encoding was skipped: Nango decompresses responses itself."},
	`curl https://x.example | jq .`: {"Only the first command is used. The next one starts " +
		"at line 1, column 24."},
	"curl https://x.example\ncurl https://y.example": {"Only the first command is used. The next one starts " +
		"at line 2, column 1."},
	`curl https://x.example && rm x`: {"Only the first command is used. The next one starts " +
		"at line 1, column 24."},
	`curl https://x.example --next https://y.example`: {"Only the first request is used: --next starts another one."},
	`curl https://x.example https://y.example`:        {"Only the first of 2 URLs is used."},
	`curl x.example#frag`:                             {noteFragment, noteScheme},
	`curl "https://x.example/$ID" -H "Authorization: Bearer $TOKEN" -H "X: ${Y}"`: {"The header Authorization " + dropCredentials + ".",
		"$ID, ${Y}: not filled in, because shell variables are not read."},
	`curl "$BASE/users"`:                               {"$BASE: not filled in, because shell variables are not read."},
	`TOKEN=pw curl https://x.example;`:                 {"The variable TOKEN is set before curl. Its value is not filled in."},
	"curl https://x.example\n -d a":                    {noteLineBreak},
	`curl -H nothing https://x.example`:                {noteHeaderColon},
	`curl --frobnicate pw https://x.example &`:         nil,
	`curl -F 'a=b;headers="X: pw"' https://x.example`:  {notePartSetting},
	`curl https://x.example/<ID>/a?b=1&c=pw -d d`:      {fmt.Sprintf(noteAttached, "<"), fmt.Sprintf(noteAttached, "&")},
	"curl https://x.example # pw \\\n -d pw":           {noteComment, noteLineBreak},
	`curl 'https://x.example/{id}'`:                    {noteGlob},
	`curl -g 'https://x.example/{id}'`:                 nil,
	`curl 'https://x.example/[1-3]/[a-c:2]'`:           {noteGlob},
	`curl 'http://[::1]/?a[]=1&b[0]=2'`:                nil,
	`curl https://x.example -C - -z pw`:                {fmt.Sprintf(noteResume, "-C"), "-z " + dropCondition + "."},
	`curl -G -d a=b --url-query c=d https://x.example`: {noteQueryReplaced},
	`curl --request-target '*' https://x.example`:      {"--request-target " + dropTransport + "."},
	`curl 'https://x.example/a'>out.json`:              {noteRedirect},
	`curl "https://x.example/a?b=1"|jq .`:              {"Only the first command is used. The next one starts at line 1, column 31."},
	`curl https://x.example/a|jq .`:                    {"Only the first command is used. The next one starts at line 1, column 25."},
}

func TestSkippedPartsAreNoted(t *testing.T) {
	for line, want := range noteCases {
		got := read(t, line)
		if !reflect.DeepEqual(got.Notes, want) {
			t.Errorf("%s\n got %q\nwant %q", line, got.Notes, want)
		}
		if strings.Contains(strings.Join(got.Notes, " "), "pw") {
			t.Errorf("%s: a value is in the notes", line)
		}
	}
}

func TestErrorsHaveAPosition(t *testing.T) {
	for line, want := range map[string]string{
		``:                                   "line 1, column 1: no curl command found",
		"\n \n":                              "line 3, column 1: no curl command found",
		`wget https://x.example`:             `line 1, column 1: the command starts with "wget", not with curl`,
		`curl`:                               "line 1, column 5: the command has no URL",
		`curl ''`:                            "line 1, column 6: the URL is empty or contains a control character",
		`curl 'https://x.example`:            "line 1, column 6: the quote ' is not closed",
		"curl é \\\n -d \"a":                 `line 2, column 5: the quote " is not closed`,
		`curl -d $'a`:                        "line 1, column 9: the quote $' is not closed",
		`curl -d $'a\`:                       "line 1, column 12: the quote $' is not closed",
		`curl -d $'a\0b' x`:                  "line 1, column 12: an argument can't contain a NUL",
		`curl "https://x.example/$(id)"`:     "line 1, column 25: a command substitution is not run: replace it with its output",
		"curl https://x.example/`id`":        "line 1, column 24: a command substitution is not run: replace it with its output",
		`curl <(id)`:                         "line 1, column 7: a command substitution is not run: replace it with its output",
		`curl "${A:-$(id)}"`:                 "line 1, column 7: a command substitution is not run: replace it with its output",
		"curl x -d @- <<E\n`id`\nE":          "line 3, column 1: a command substitution is not run: replace it with its output",
		`curl "${A`:                          "line 1, column 7: the brace of ${ is not closed",
		`curl https://x.example -H`:          "line 1, column 24: -H needs a value",
		`curl https://x.example >`:           "line 1, column 25: > needs a file",
		`(curl https://x.example)`:           `line 1, column 1: "(" is not in quotes: only a plain command is supported`,
		`curl -d a -F b=c https://x.example`: "line 1, column 14: -F sends a form, but data is sent already: curl refuses both together",
		`curl -F b https://x.example`:        "line 1, column 9: -F needs a name and a value, such as name=value",
		`curl -I -d a https://x.example`:     "line 1, column 31: -I requests only the headers, but data is sent: curl refuses both together",
		"curl x <<E\na\n": `line 2, column 1: the here-document that starts here has no end: a line with ` +
			`only "E" is missing`,
		`curl https://x.example/a>b/c`:                                  "line 1, column 25: " + fmt.Sprintf(errAttached, ">"),
		`curl https://x.example/a<b/c`:                                  "line 1, column 25: " + fmt.Sprintf(errAttached, "<"),
		`curl https://x.example/a;b=c/d`:                                "line 1, column 25: " + fmt.Sprintf(errAttached, ";"),
		`curl https://x.example/a&b -d c`:                               "line 1, column 25: " + fmt.Sprintf(errAttached, "&"),
		`curl https://x.example/a?b=c|d&e=f`:                            "line 1, column 29: " + fmt.Sprintf(errAttached, "|"),
		`curl https://x.example/a&>b`:                                   "line 1, column 25: " + fmt.Sprintf(errAttached, "&"),
		`curl https://x.example/a &b=c -d d`:                            "line 1, column 26: " + fmt.Sprintf(errAttached, "&"),
		`curl https://x.example/A(1)/b`:                                 "line 1, column 25: " + fmt.Sprintf(errParenthesis, "("),
		`curl https://x.example/a) -d b`:                                "line 1, column 25: " + fmt.Sprintf(errParenthesis, ")"),
		"curl https://x.example/a?b=c&\n-d d":                           "line 1, column 29: " + fmt.Sprintf(errOptionsFollow, "&"),
		`curl https://x.example/a; '-H' 'a: b'`:                         "line 1, column 25: " + fmt.Sprintf(errOptionsFollow, ";"),
		`curl https://x.example/a | -d b`:                               "line 1, column 26: " + fmt.Sprintf(errOptionsFollow, "|"),
		`curl “https://x.example/a b”`:                                  "line 1, column 6: " + fmt.Sprintf(errTypographic, "“"),
		`curl https://x.example –data a`:                                "line 1, column 24: " + fmt.Sprintf(errTypographic, "–"),
		"curl 'https://x.example/a\nb'":                                 "line 1, column 6: " + errURL,
		"curl 'https://x.example/a?b=c&d' ^\n -d x":                     "line 1, column 6: " + errWindowsQuote,
		"curl.exe https://x.example/a|b ^\n -d x":                       "line 1, column 29: " + fmt.Sprintf(errAttached, "|"),
		"curl.exe https://x.example/a? & ^\n -d x":                      "line 1, column 31: " + fmt.Sprintf(errOptionsFollow, "&"),
		"Invoke-WebRequest -UseBasicParsing -Uri \"https://x.example\"": "line 1, column 1: " + errPowerShell,
		"$session = New-Object A.B\nInvoke-WebRequest -Uri x":           "line 1, column 1: " + errPowerShell,
		"$session.UserAgent = \"a\"":                                    "line 1, column 1: " + errPowerShell,
		`curl https://x.example -Headers @{"A"="b"; "C"="d"}`:           "line 1, column 24: " + errPowerShell,
		`curl https://x.example -Method POST -body 'a'`:                 "line 1, column 24: " + errPowerShell,
		"curl.exe https://x.example `\n  -H 'A: b'":                     "line 1, column 28: " + errPowerShell,
		"curl.exe https://x.example -d \"{`\"a`\":1}\"":                 "line 1, column 33: " + errPowerShell,
		`curl.exe https://x.example -d '{\"a\":1}'`:                     "line 1, column 34: " + errPowerShell,
		`curl.exe --% https://x.example`:                                "line 1, column 10: " + errPowerShell,
		"curl " + strings.Repeat("x", MaxLine):                          "line 1, column 1: the command is longer than 256 KB",
	} {
		_, err := Parse(line)
		var place *Error
		if !errors.As(err, &place) || place.Error() != want {
			t.Errorf("%.60q:\n got %v\nwant %s", line, err, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for line, want := range map[string][3]string{
		"curl https://x.example:8080/a/b?c=d?e": {"https://x.example:8080", "/a/b", "c=d?e"},
		"curl https://x.example?a":              {"https://x.example", "", "a"},
		"curl 'http://[::1]/'":                  {"http://[::1]", "/", ""},
		"curl x.example/a://b":                  {"https://x.example", "/a://b", ""},
	} {
		origin, path, query := read(t, line).Split()
		if got := [3]string{origin, path, query}; got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestFillFilesOneByOne(t *testing.T) {
	r := read(t, `curl -d @a -d x --data-binary @b -d @c --data-urlencode n@d https://x.example -H @e`)
	for _, content := range []string{"1\r\n2", "3\n\x00\xff", "", "a b"} {
		r = r.Fill(1, []byte(content))
	}
	r = r.Fill(0, []byte("X-A: 1\nCookie: x\n\nX-B: 2"))
	if want := "12&x&3\n\x00\xff&&n=a+b"; string(r.Body) != want || len(r.Files) != 0 {
		t.Errorf("%q, want %q", r.Body, want)
	}
	if want := []Header{{"X-A", "1"}, {"X-B", "2"}}; !reflect.DeepEqual(r.Headers, want) || len(r.Notes) != 1 {
		t.Errorf("%v %q", r.Headers, r.Notes)
	}
	before := read(t, `curl -F a=@b -F c=@d https://x.example`)
	after := before.Fill(1, []byte("content"))
	if after.Form[1].Value != "content" || before.Form[1].Value != "" || len(before.Files) != 2 || len(after.Files) != 1 {
		t.Errorf("%+v %+v", before, after)
	}
}
