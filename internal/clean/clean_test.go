package clean

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestLineShowsReplacements(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{"plain", "Globex · ops@globex.io", "Globex · ops@globex.io"},
		{"an escape", "a\x1b[31mred\x1b]0;title\x07", "a␛[31mred␛]0;title␇"},
		{"a newline", "one\ntwo\r\nthree\rfour", "one⏎two⏎three␍four"},
		{"a tab", "a\tb", "a⇥b"},
		{"NUL and DEL", "\x00\x7f", "␀␡"},
		{"C1 as a character", "\u009b31m", "⟨U+009B⟩31m"},
		{"C1 as a byte", "\x9b31m", "�31m"},
		{"invalid UTF-8", "a\xff\xfeb", "a��b"},
		{"a cut character", "caf\xc3", "caf�"},
		{"an override", "invoice\u202egpj.exe", "invoice⟨U+202E⟩gpj.exe"},
		{"isolates and marks", "\u2066a\u2069\u200e\u200f\u061c", "⟨U+2066⟩a⟨U+2069⟩⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩"},
		{"zero width", "pay\u200bpal\ufeff\u2060\u00ad", "pay⟨U+200B⟩pal⟨U+FEFF⟩⟨U+2060⟩⟨U+00AD⟩"},
		{"line separators", "a\u2028b\u2029", "a⟨U+2028⟩b⟨U+2029⟩"},
		{"tags", "a\U000e0041", "a⟨U+E0041⟩"},
		{"fillers", "a\u3164b\u115f\u2800", "a⟨U+3164⟩b⟨U+115F⟩⟨U+2800⟩"},
		{"private use", "\ue000", "⟨U+E000⟩"},
		{"other spaces", "a\u00a0b\u2003c\u3000d", "a b c  d"},
		{"a family", "👨\u200d👩\u200d👧", "👨👩👧"},
		{"a flag of a rainbow", "🏳\ufe0f\u200d🌈", "🏳🌈"},
		{"a woman shrugging", "🤷🏽\u200d♀\ufe0f", "🤷♀"},
		{"a skin tone", "👍🏽", "👍"},
		{"a skin tone alone", "🏽", "🏽"},
		{"an emoji by its style", "❤\ufe0f", "❤"},
		{"a flag", "🇩🇪", "🇩🇪"},
		{"Persian with a non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"Sinhala with a joiner", "ශ්\u200dරී", "ශ්\u200dරී"},
		{"a joiner between Latin letters", "a\u200db\u200cc", "a⟨U+200D⟩b⟨U+200C⟩c"},
		{"joiners in a row", "م\u200c\u200cخ", "م⟨U+200C⟩⟨U+200C⟩خ"},
		{"a joiner at the end", "م\u200d", "م⟨U+200D⟩"},
		{"a composed letter", "e\u0301", "e\u0301"},
		{"a mark without a letter", "\u0301x", "◌\u0301x"},
		{"a mark behind a stand-in", "\n\u0301", "⏎◌\u0301"},
		{"a pile of marks", "Z" + strings.Repeat("\u0301", 30) + "a", "Z" + strings.Repeat("\u0301", 8) + "�a"},
		{"nothing", "", ""},
	} {
		if got := Line(c.in).String(); got != c.want {
			t.Errorf("%s: Line(%+q) = %+q, want %+q", c.what, c.in, got, c.want)
		}
	}
}

func TestLineIsLimited(t *testing.T) {
	for _, s := range []string{strings.Repeat("a", 1<<20), strings.Repeat("株", 1<<20), strings.Repeat("\u202e", 1<<20)} {
		got := Line(s).String()
		if len(got) > maxText+32 || !strings.HasSuffix(got, ellipsis) || !utf8.ValidString(got) {
			t.Errorf("%d bytes became %d, ending in %+q", len(s), len(got), got[len(got)-5:])
		}
	}
}

func TestLines(t *testing.T) {
	got := Lines("a\r\n\tb\x1b\n\nc")
	want := []string{"a", "    b␛", "", "c"}
	for i, w := range want {
		if len(got) != len(want) || got[i].String() != w {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	many := Lines(strings.Repeat("x\n", 5000))
	if last := many[len(many)-1].String(); len(many) != maxLines+1 || last != "… 4001 more lines" {
		t.Errorf("%d lines, the last %q", len(many), last)
	}
}

func TestFrameKeepsFrames(t *testing.T) {
	for _, s := range []string{
		"", "plain\nlines", "\x1b[1;38;2;10;20;30mbold\x1b[m", "\x1b[4:3mwave\x1b[0m", "┌─┐ 株 é 👍🏽 \u00a0",
	} {
		if got := Frame(s); got != s {
			t.Errorf("Frame(%q) = %q", s, got)
		}
	}
}

func TestFrameReplacesTheRest(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a\x1b[2Jb", "a␛[2Jb"},
		{"\x1b]0;title\x07", "␛]0;title␇"},
		{"\x1b]52;c;aGk=\x1b\\", "␛]52;c;aGk=␛\\"},
		{"\x1b]8;;https://nango.dev\x1b\\x", "␛]8;;https://nango.dev␛\\x"},
		{"\x1b[31", "␛[31"},
		{"\x1b[?25hm", "␛[?25hm"},
		{"\x1b[" + strings.Repeat("1;", 100) + "m", "␛[" + strings.Repeat("1;", 100) + "m"},
		{"\r\t\x00\x7f\u009b", "␍␉␀␡�"},
		{"\u202e\u2028\xff", "���"},
	} {
		if got := Frame(c.in); got != c.want {
			t.Errorf("Frame(%+q) = %+q, want %+q", c.in, got, c.want)
		}
	}
}

// harmful returns the first character of s that a terminal could interpret, except the allowed ones.
func harmful(s, allowed string) (rune, bool) {
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case strings.ContainsRune(allowed, r) && r != utf8.RuneError:
		case r == utf8.RuneError && size == 1:
			return rune(s[i]), true
		case unicode.IsControl(r), unicode.In(r, unicode.Zl, unicode.Zp, unicode.Cs, unicode.Bidi_Control):
			return r, true
		case unicode.Is(unicode.Cf, r) && r != zwj && r != zwnj:
			return r, true
		}
	}
	return 0, false
}

// plainRune agrees with the Unicode tables.
func TestPlainRunesAreUnchangedByClean(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		if s := string(r); utf8.ValidRune(r) && plainRune(r) && cleaned("a"+s+"b").String() != "a"+s+"b" {
			t.Errorf("%U is taken for plain and becomes %+q", r, cleaned(s))
		}
		if unicode.In(r, unicode.Mn, unicode.Me) && plainRune(r) {
			t.Errorf("%U is taken for plain, and needs something to stand on", r)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"a\x1b[31m", "\u202e\u200d", "e\u0301\u0301", "👨\u200d👩", "\xff\x9b", "\r\n\t", "م\u200cخ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Line(s)
		if r, bad := harmful(c.String(), ""); bad {
			t.Errorf("Line(%+q) = %+q lets %U through", s, c.String(), r)
		}
		if len(c.String()) > maxText+32 {
			t.Errorf("%d bytes", len(c.String()))
		}
		if again := Line(c.String()); len(c.String()) < maxText && again != c {
			t.Errorf("cleaned again, %+q becomes %+q", c.String(), again.String())
		}
		for _, line := range Lines(s) {
			if r, bad := harmful(line.String(), ""); bad {
				t.Errorf("Lines(%+q) lets %U through", s, r)
			}
		}
	})
}

func FuzzFrame(f *testing.F) {
	for _, s := range []string{"\x1b[1;31mred\x1b[m\n", "\x1b]8;;https://a\x1b\\x\x1b]8;;\x1b\\", "\x1b]0;t\x07", "\x1b[?1049h",
		"\u009b2J", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Frame(s)
		plain := ansi.Strip(got)
		if r, bad := harmful(plain, "\n"); bad {
			t.Errorf("Frame(%+q) = %+q lets %U through", s, got, r)
		}
		for rest := got; rest != ""; {
			at := strings.IndexByte(rest, 0x1b)
			if at < 0 {
				break
			}
			n := sequence(rest[at:])
			if n == 0 {
				t.Fatalf("Frame(%+q) = %+q lets a sequence through", s, got)
			}
			rest = rest[at+n:]
		}
		if again := Frame(got); again != got {
			t.Errorf("twice, %+q becomes %+q", got, again)
		}
	})
}

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"ASCII": "Globex Corporation, ops@globex.io", "plain": "✗ 株式会社サンプル · ops@globex.io", "Hindi": "हिन्दी भाषा विभाग",
		"hostile": "\x1b[31mGlobex\u202e\n",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Line(s)
			}
		})
	}
}

func BenchmarkFrame(b *testing.B) {
	line := "\x1b[1m▌\x1b[m  株式会社 Globex · ops@globex.io  salesforce     \x1b[31m✗ auth\x1b[m    2 min    41 d  org=globex " +
		"· plan=team " + strings.Repeat("─", 60)
	frame := strings.Repeat(line+"\n", 12<<10/len(line)+1)
	b.SetBytes(int64(len(frame)))
	b.ReportAllocs()
	for b.Loop() {
		Frame(frame)
	}
}

func TestLineDoesNotAllocateForPlainText(t *testing.T) {
	for _, s := range []string{"Globex Corporation, ops@globex.io", "✗ 株式会社サンプル · ops@globex.io"} {
		if n := testing.AllocsPerRun(100, func() { Line(s) }); n != 0 {
			t.Errorf("%s: %v allocations", s, n)
		}
	}
}
