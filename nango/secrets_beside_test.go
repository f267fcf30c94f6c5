package nango

import (
	"regexp"
	"strings"
	"testing"
)

// Regular expressions for what the code finds by hand: the name is the second group, the value the last.
var (
	memberShape    = regexp.MustCompile(`(\\?")([^"\\]{1,64})(\\?"\s*:\s*\\?")((?:[^"\\]|\\[^"])+)`)
	parameterShape = regexp.MustCompile(`([?&])([^=&?#\s"]{1,64})(=)([^&#\s"'<>\\]+)`)
)

func maskShape(shape *regexp.Regexp, text string) string {
	var out strings.Builder
	shown := 0
	for _, at := range shape.FindAllStringSubmatchIndex(text, -1) {
		if name, from, to := text[at[4]:at[5]], at[8], at[9]; soundsSecret(name) {
			out.WriteString(text[shown:from] + Masked)
			shown = to
		}
	}
	return out.String() + text[shown:]
}

func FuzzMaskBeside(f *testing.F) {
	for _, text := range []string{
		`{"token":"abc","b":"{\"secret\" : \"x\\y\"}"}`, `"a":"token":"b"`, `"token"  :` + "\n" + ` "x\"y"`, `"token":"`,
		`"token":"\`, `token":"x"`, `\"token\":\"x\"`, `"tok\en":"x"`,
		`https://x.example/?token=a&b=c&secret=d#e`, `?token=a?token=b`, `&token==x`, `?token="a"`, `?to ken=a`, `?token=é株 `,
		`"` + strings.Repeat("é", 58) + `_token":"x"`,
		`"` + strings.Repeat("é", 59) + `_token":"x"`, `?` + strings.Repeat("\xff", 60) + `token=x`, "\"token\xff\":\"\xff\\\xff\"",
		`::==""??`, `?a=b?token'd=e?token'g=h`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := maskBeside(':', memberAt, text), maskShape(memberShape, text); got != want {
			t.Errorf("members of %q\n got %q\nwant %q", text, got, want)
		}
		if got, want := maskBeside('=', parameterAt, text), maskShape(parameterShape, text); got != want {
			t.Errorf("parameters of %q\n got %q\nwant %q", text, got, want)
		}
	})
}

func BenchmarkMaskLongText(b *testing.B) {
	for name, line := range map[string]string{
		"members":    `{"id":1,"name":"Lorem ipsum","type":"auth","nested":"{\"a\":\"b\"}"}` + "\n",
		"parameters": "GET https://x.example/a?b=c&d=e 200\n", "prose": "lorem ipsum dolor sit amet\n",
		"one value": "?a=b",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(line, 5<<20/len(line))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				(*Secrets)(nil).Mask(text)
			}
		})
	}
}
