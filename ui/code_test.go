package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"nango-tui/ui/uitest"
)

// syncCode is a typical function of a customer.
const syncCode = `import { createSync } from 'nango';
import * as z from 'zod';

// What is kept of a contact.
const Contact = z.object({
	id: z.string(),
	name: z.string().optional(),
});

export default createSync({
	description: 'Contacts',
	frequency: "every 5 minutes",
	exec: async (nango) => {
		/* pages until the provider
		   has no more */
		for await (const page of nango.paginate({ endpoint: ` + "`/contacts/${page.from ? `a${1}` : {a: 1}.a}/x`" + `, retries: 10 })) {
			const half = page.length / 2 + 0x1f - 1e3;
			const clean = page.filter((row) => !/^[/"]+\//gi.test(row.type) && row.default !== undefined);
			await nango.batchSave(clean as Contact[], 'Contact');
		}
		type of = string;
		return true;
	},
});
`

// pieces returns the texts of a role, in order and trimmed.
func pieces(text string, role Role) (all []string) {
	from := 0
	for _, span := range TypeScript(text) {
		if s := strings.TrimSpace(text[from:span.End]); span.Role == role && s != "" {
			all = append(all, s)
		}
		from = int(span.End)
	}
	return all
}

func TestTypeScriptTokens(t *testing.T) {
	for role, want := range map[Role]string{
		RoleMuted:  "// What is kept of a contact.|/* pages until the provider\n\t\t   has no more */",
		RoleString: "'nango'|'zod'|'Contacts'|\"every 5 minutes\"|`/contacts/|`a|`|/x`|/^[/\"]+\\//gi|'Contact'",
		RoleNumber: "1|1|10|2|0x1f|1e3",
		RoleKey:    "import|from|import|as|from|const|export|default|async|for|await|const|of|const|const|await|as|type|of|return",
	} {
		if got := strings.Join(pieces(syncCode, role), "|"); got != want {
			t.Errorf("pieces of role %d:\n%s\nwant\n%s", role, got, want)
		}
	}
	if got := pieces(syncCode, RoleLiteral); !slices.Contains(got, "undefined") || !slices.Contains(got, "true") ||
		!slices.Contains(got, "${") {
		t.Errorf("literals are %q", got)
	}
}

func TestSlashAfterValueIsDivision(t *testing.T) {
	for code, want := range map[string]string{
		"a / b / c":              "",
		"(a) / 2 / x[1] / 3":     "",
		"x = /a/g":               "/a/g",
		"return /a[/]b/.test(s)": "/a[/]b/",
		"f(/\\//, 1)":            "/\\//",
		"`a` / 2 / 1":            "`a`",
		"typeof /x/":             "/x/",
		"x.return / 2 / 1":       "",
	} {
		if got := strings.Join(pieces(code, RoleString), "|"); got != want {
			t.Errorf("%s: the texts are %q, want %q", code, got, want)
		}
	}
}

// spansCover fails unless the spans cover the whole text in order.
func spansCover(t *testing.T, text string) {
	t.Helper()
	at := uint32(0)
	for _, span := range TypeScript(text) {
		if span.End <= at {
			t.Fatalf("a span ends at %d behind %d in %q", span.End, at, text)
		}
		at = span.End
	}
	if int(at) != len(text) {
		t.Fatalf("the spans end at %d of %d in %q", at, len(text), text)
	}
}

func TestIncompleteCode(t *testing.T) {
	for i := range len(syncCode) {
		spansCover(t, syncCode[:i])
		spansCover(t, syncCode[i:])
	}
}

func FuzzCode(f *testing.F) {
	for _, seed := range []string{syncCode, "", "\n", "`${`${`", "/[", "'\\", "a\r\n\tb", "\x1b]0;x\x07", "\u202e",
		"é\u0301\u0301/ü", "}}}`", "\xff'\xfe"} {
		f.Add(seed, "a")
	}
	f.Fuzz(func(t *testing.T, text, query string) {
		if !utf8.ValidString(query) {
			return
		}
		spansCover(t, text)
		v := NewCodeView(ParseCode(text, TypeScript))
		v.Mark(2, text)
		for _, move := range []func(){v.Down, v.ToggleWrap, v.PageDown, v.StartSearch, func() { v.Type(query) }, v.NextMatch,
			v.Bottom, v.PrevMatch,
			v.ToggleWrap, v.Up, v.EndSearch, func() { v.Search(text) }, v.Top, v.PageUp, func() { v.GoTo(2) }} {
			move()
			for _, size := range [][2]int{{30, 8}, {7, 3}, {1, 1}} {
				uitest.CheckView(t, v.View(testFrame(size[0], size[1])), size[0], size[1])
			}
			if v.Line() < 1 || v.Line() > len(v.Doc().lines) {
				t.Fatalf("the cursor is on line %d of %d", v.Line(), len(v.Doc().lines))
			}
		}
	})
}

func TestCodeView(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 15}} {
		f := testFrame(size[0], size[1])
		v := NewCodeView(ParseCode(syncCode, TypeScript))
		v.Mark(17, "error TS2322: Type 'string' is not assignable to type 'number'.")
		name := fmt.Sprintf("code/%dx%d", size[0], size[1])
		uitest.Golden(t, name, v.View(f))
		v.GoTo(17)
		v.ToggleWrap()
		uitest.Golden(t, name+"-marked", v.View(f))
		v.Search("CONST")
		v.NextMatch()
		uitest.Golden(t, name+"-search", v.View(f))
	}
}

func TestMatchMaySpanTokens(t *testing.T) {
	v := NewCodeView(ParseCode(syncCode, TypeScript))
	v.Search(`description: 'contacts'`)
	if n, _ := v.Matches(); n != 1 || v.Line() != 11 {
		t.Fatalf("%d matches, the cursor is on line %d", n, v.Line())
	}
	f := testFrame(80, 24)
	f.Theme = &Theme{Match: Style{on: "<", off: ">"}, String: Style{on: "'", off: "'"}}
	if drawn := v.View(f); !strings.Contains(drawn, `<description: ><'Contacts'>`) {
		t.Errorf("the match is not highlighted:\n%s", drawn)
	}
}

func TestCodeSearchWrapsAround(t *testing.T) {
	v := NewCodeView(ParseCode("one\ntwo\nTWO one\ntwo", nil))
	v.StartSearch()
	uitest.Type(v, "two")
	var got []int
	for range 4 {
		got = append(got, v.Line())
		v.NextMatch()
	}
	v.PrevMatch()
	if got = append(got, v.Line()); !slices.Equal(got, []int{2, 3, 4, 2, 2}) {
		t.Errorf("matches at %v", got)
	}
	if !v.Key(uitest.Press("esc")) || v.Searching() || v.Key(uitest.Press("esc")) {
		t.Error("esc must be used once, to end the search")
	}
}

func TestSecretAcrossTokensIsMasked(t *testing.T) {
	v := NewCodeView(ParseCode("const a = 'x';\nconst key = 'gho-secret' + 1;\n", TypeScript))
	f := testFrame(60, 4)
	f.Mask = func(s string) string { return strings.ReplaceAll(s, "key = 'gho-secret' + 1", "••••") }
	if drawn := v.View(f); strings.Contains(drawn, "gho") || !strings.Contains(drawn, "const ••••;") {
		t.Errorf("drawn\n%s", drawn)
	}
}

func TestCodeTopAndBottom(t *testing.T) {
	for text, want := range map[string]int{"": 1, "a": 1, "a\n": 1, "a\n\n": 2, "a\r\nb": 2} {
		if got := len(ParseCode(text, TypeScript).lines); got != want {
			t.Errorf("%q has %d lines, want %d", text, got, want)
		}
	}
	v := NewCodeView(ParseCode(strings.Repeat("x", maxCodeBytes+3<<10), nil))
	if drawn := v.View(testFrame(60, 5)); !strings.Contains(drawn, "! cut off: 3.0 KB more") {
		t.Errorf("the cut is not shown:\n%s", drawn)
	}
	if v.Mark(2, "beyond") || v.Mark(0, "before") {
		t.Error("a missing line is marked")
	}
}

func TestCodeLineAt(t *testing.T) {
	v := NewCodeView(ParseCode(strings.Repeat("a long line of text that is broken\n", 9), nil))
	v.ToggleWrap()
	v.View(testFrame(24, 6))
	if got := []int{v.LineAt(-1), v.LineAt(0), v.LineAt(1), v.LineAt(2), v.LineAt(5)}; !slices.Equal(got, []int{0, 1, 1, 2, 0}) {
		t.Errorf("lines at the mouse: %v", got)
	}
}

// hostileCode makes naive scanners backtrack, a megabyte of each.
func hostileCode() map[string]string {
	all := map[string]string{"code": syncCode}
	for _, unit := range []string{"/", "`${", "'\\", "=/[", "a<b ", "(", "/*", "\n", "é"} {
		all[unit] = unit
	}
	for name, unit := range all {
		all[name] = strings.Repeat(unit, 1<<20/len(unit))
	}
	return all
}

func BenchmarkTypeScript1MB(b *testing.B) {
	for name, text := range hostileCode() {
		b.Run(fmt.Sprintf("%q", name), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				ParseCode(text, TypeScript)
			}
		})
	}
}

func BenchmarkCodeStep1MB(b *testing.B) {
	minified := strings.ReplaceAll(syncCode, "\n", " ")
	for name, text := range map[string]string{
		"code": strings.Repeat(syncCode, 1<<20/len(syncCode)), "one line": strings.Repeat(minified, 1<<20/len(minified)),
		"long lines": strings.Repeat(strings.Repeat(minified, 8)+"\n", 1<<20/len(minified)/8),
	} {
		for _, search := range []string{"", "e"} {
			for _, wrap := range []bool{false, true} {
				b.Run(fmt.Sprintf("%s/search=%s/wrap=%v", name, search, wrap), func(b *testing.B) {
					v, f := NewCodeView(ParseCode(text, TypeScript)), colorFrame(120, 40)
					v.wrap = wrap
					v.Search(search)
					b.ReportAllocs()
					for b.Loop() {
						v.Down()
						v.View(f)
					}
				})
			}
		}
	}
}

func TestCodeFillsTheScreenAtItsEnd(t *testing.T) {
	for _, wrap := range []bool{false, true} {
		var text strings.Builder
		for i := range 100 {
			fmt.Fprintf(&text, "call(%d, 'a text that is longer than the screen is wide');\n", i)
		}
		v := NewCodeView(ParseCode(text.String(), TypeScript))
		if wrap {
			v.ToggleWrap()
		}
		f := testFrame(40, 19)
		v.View(f)
		v.Bottom()
		lines := strings.Split(v.View(f), "\n")
		if len(lines) != 19 || strings.TrimSpace(lines[17]) == "" || strings.TrimSpace(lines[0]) == "" {
			t.Errorf("wrap %v: at the end:\n%s", wrap, strings.Join(lines, "\n"))
		}
		top := v.top
		v.Up()
		if v.View(f); v.top != top {
			t.Errorf("wrap %v: the view jumped from line %d to %d", wrap, top, v.top)
		}
	}
}
