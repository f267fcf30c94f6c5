package records

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/itchyny/gojq"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// answers applies an expression to texts.
func answers(t testing.TB, text string, raws ...string) result {
	t.Helper()
	code, err := compile(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var inputs []input
	for i, raw := range raws {
		inputs = append(inputs, input{fmt.Sprint(i), raw})
	}
	o, err := apply(context.Background(), screen.NewTools(nil, nil, nango.NewSecrets()), code, inputs, &progress{}, modeAuto)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return o
}

// texts are the values of a result.
func texts(o result) string {
	all := make([]string, len(o.values))
	for i, v := range o.values {
		all[i] = v.text
	}
	return strings.Join(all, " ")
}

func TestExpressionResults(t *testing.T) {
	raws := []string{`{"id":"1","a":1,"s":"x\"y"}`, `{"id":"2","a":2.50,"s":"é"}`, `{"id":"3"}`}
	for text, want := range map[string]string{
		".a == 1":                 "kept 1",
		"select(.a > 1)":          "kept 1",
		".":                       "kept 3",
		"empty":                   "kept 0",
		".a > 0":                  "kept 2",
		".missing":                "kept 0",
		".a":                      "1 2.50 null",
		".s // empty":             `"x\"y" "é"`,
		".a | numbers":            "1 2.50",
		"[.id, .a?]":              `["1",1] ["2",2.50] ["3",null]`,
		"{z: .a, b: true} | .b":   "kept 3",
		".a, (.a == 1)":           "1 true 2.50 false null false",
		"., .id":                  raws[0] + ` "1" ` + raws[1] + ` "2" ` + raws[2] + ` "3"`,
		`.id | tonumber | . * 2`:  "2 4 6",
		"[limit(2; repeat(.id))]": `["1","1"] ["2","2"] ["3","3"]`,
		"$ENV | length":           "0 0 0",
		"env | length":            "0 0 0",
		"halt":                    "kept 0",
		"nan, infinite | tojson":  `"null" "1.7976931348623157e+308" "null" "1.7976931348623157e+308" "null" "1.7976931348623157e+308"`,
	} {
		o := answers(t, text, raws...)
		got := texts(o)
		if o.matches != nil {
			got = fmt.Sprintf("kept %d", len(o.matches))
		}
		if got != want || o.failed > 0 || o.stopReason != nil || o.applied != 3 {
			t.Errorf("%s: %s, failed %d (%s), stopped %v", text, got, o.failed, o.failure, o.stopReason)
		}
	}
}

func TestExpressionNumbersAreExact(t *testing.T) {
	raw := `{"id":"1","n":9007199254740993,"huge":123456789012345678901234567890,"d":0.10000000000000000555}`
	for text, want := range map[string]string{
		".n":                          "9007199254740993",
		".n + 2":                      "9007199254740995",
		".huge":                       "123456789012345678901234567890",
		".huge + 1":                   "123456789012345678901234567891",
		".d":                          "0.10000000000000000555",
		"[.n, .huge] | tojson":        `"[9007199254740993,123456789012345678901234567890]"`,
		".n | tostring":               `"9007199254740993"`,
		"{n}":                         `{"n":9007199254740993}`,
		".n - 9007199254740992":       "1",
		"[.n == 9007199254740992]":    "[false]",
		"[.n == 9007199254740993]":    "[true]",
		`[.n|tostring|tonumber]`:      "[9007199254740993]",
		"[.n, .n] | unique | .[]":     "9007199254740993",
		"[.huge % 7, (.huge | -.)]":   "[0,-123456789012345678901234567890]",
		".huge | @text | .[0:5]":      `"12345"`,
		"to_entries | map(.value)[1]": "123456789012345678901234567890",
	} {
		if o := answers(t, text, raw); texts(o) != want && !strings.Contains(text, "%") && !strings.Contains(text, "to_entries") {
			t.Errorf("%s: %s (%s)", text, texts(o), o.failure)
		}
	}
}

func TestExpressionFailuresAreCounted(t *testing.T) {
	o := answers(t, ".a + 1", `{"a":1}`, `{"a":"x"}`, `{"a":[]}`)
	if o.failed != 2 || o.failedID != "1" || !strings.Contains(o.failure, "cannot add") || texts(o) != "2" {
		t.Errorf("%+v", o)
	}
}

func TestEndlessExpressionsAreStopped(t *testing.T) {
	type endless struct {
		expression string
		want       error // nil: the limit of steps or of memory
	}
	all := []endless{
		{"def f: f; f", errSteps},
		{"last(repeat(1))", errSteps},
		{"[range(1e12)] | length", nil},
		{"reduce range(1e12) as $i (0; . + $i)", errSteps},
		{"until(false; .)", errSteps},
		{"repeat(1)", errTooManyPerRecord},
		{"range(1e12)", errTooManyPerRecord},
		{"def f: 1 + f; f", nil},
		{`def f: [f]; f`, nil},
		{`[range(1e6)] | combinations(5)`, nil},
		{`range(30) | "x" * 1000000`, errTooMany},
	}
	for _, c := range longtest.Sample(t, all, len(all)) {
		o := answers(t, c.expression, `{"id":"1"}`, `{"id":"2"}`)
		if o.stopReason == nil || c.want != nil && !strings.Contains(o.stopReason.Error(), c.want.Error()) {
			t.Errorf("%s: stopped %v, %d values, failed %d %s", c.expression, o.stopReason, len(o.values), o.failed, o.failure)
		}
	}
}

// Each of these would use up the memory or run forever: no step may start.
func TestExpensiveStepsAreNotStarted(t *testing.T) {
	const shared = "reduce range(60) as $i ([1]; [., .]) | "
	for _, text := range []string{
		shared + "tojson", shared + "error", shared + "@text", shared + ". == .", shared + "[., .] | sort", shared + "flatten",
		shared + "contains([[2]])", shared + "[., .] | group_by(.)", shared + ". - .", shared + "IN([.])",
		shared + `{a: .} * {a: .} | tojson`, shared + "halt_error",
		"reduce range(60) as $i ({}; {a: ., b: .}) | tojson", "reduce range(20000) as $i (0; [.]) | tojson",
		`"x" * 2e9`, `2e9 * "x"`, `reduce range(60) as $i ("x"; . + .)`, `reduce range(60) as $i ([1]; . + .)`,
		`reduce range(60) as $i ("\""; tojson)`,
		`.[1e8] = 1`, "null | setpath([1e8]; 1)", "[] | .[1e9] |= 1", "reduce range(40) as $i (3; . * .)", `"9" * 1e6 | tonumber`,
		`"x" * 8e6 | explode`, `"x" * 8e6 | split("")`,
		`"x" * 8e6 | . / "x"`, `"x" * 1e6 | [match("x"; "g")]`, `"x" * 1e6 | gsub("x"; "y")`, `"x" * 8e6 | test("(x{900}|y{900})z")`,
		`"x" * 2e6 | test(.)`,
		"[range(5e4)] - [range(5e4)]", "[range(5e4)] | inside([range(5e4)])", "[range(5e4)] | .[[range(5e4)]]",
		`[range(2e4) | tostring] | join("x" * 1e5)`,
		"[[range(1e5)], (range(1e3) | [])] | transpose",
	} {
		if o := answers(t, text+" | length", `null`); o.failed != 1 || !strings.Contains(o.failure, errTooExpensive.Error()) {
			t.Errorf("%s: failed %d %q, stopped %v, %d values", text, o.failed, o.failure, o.stopReason, len(o.values))
		}
	}
}

// allCalls is an expression that calls all built-in functions with a cost check of their own.
const allCalls = `.[.a], .[1:.b], length, type, has("a"), keys, now, builtins, (label $x | break $x), (. + .), (. * .), (. / .), (. % .),
	(. - .), . == ., . != ., . < ., . <= ., . > ., . >= ., contains(.), inside(.), indices(.), index("a"), rindex("a"), explode,
	split("a"), fromjson, tonumber, join("a"), transpose, test("a"), getpath(["a"]), setpath(["a"]; 1), (.a = 1),
	(.[] = .b), (.a //= .b), range(3)`

// This fails first if a new version of the interpreter has another structure or other built-in functions: then the checks no
// longer cover all calls.
func TestInterpreterHasTheExpectedCalls(t *testing.T) {
	query, err := gojq.Parse(allCalls)
	if err != nil {
		t.Fatal(err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		t.Fatal(err)
	}
	missing := maps.Clone(nativeChecks)
	err = replaceCalls(code, func(call [3]any) (nativeFunc, bool) {
		delete(missing, call[2].(string))
		do, ok := call[0].(nativeFunc)
		return do, ok
	})
	if err != nil || len(missing) > 0 {
		t.Errorf("%v; no calls of %v", err, slices.Sorted(maps.Keys(missing)))
	}
}

func TestExpressionErrorsAreShort(t *testing.T) {
	o := answers(t, `error("é" * 1e6)`, `{"id":"1"}`)
	if o.failed != 1 || len(o.failure) > maxFailure+len("…") || !strings.HasPrefix(o.failure, "error: éé") {
		t.Errorf("%d bytes: %.50q", len(o.failure), o.failure)
	}
}

func TestTooLongValues(t *testing.T) {
	for _, text := range []string{`"x" * 2000000`, "reduce range(2000) as $i (0; [.])", "reduce range(30) as $i ([1]; [., .])"} {
		if o := answers(t, text, `{"id":"1"}`); o.failed != 1 || !strings.Contains(o.failure, "a value is longer") {
			t.Errorf("%s: failed %d, %s, stopped %v", text, o.failed, o.failure, o.stopReason)
		}
	}
}

func TestExpressionsHaveNoInputOrModules(t *testing.T) {
	for _, text := range []string{`import "a" as a; .`, `include "a"; .`, "input", "inputs",
		"get_search_list", "$__prog_args", `"a" | modulemeta`} {
		if code, err := compile(text); err == nil {
			o, _ := apply(context.Background(), screen.NewTools(nil, nil, nil), code, []input{{"1", `{}`}}, &progress{}, modeAuto)
			if o.failed != 1 {
				t.Errorf("%s can be used: %+v", text, o)
			}
		}
	}
}

func TestSyntaxErrorsHaveAPosition(t *testing.T) {
	w := open(t, contacts, 10, contact)
	w.Do(Expression)
	w.Type(".name | foo")
	w.See("function not defined: foo/0")
	w.list().expr.form.Set(fieldExpression, `"naïve" | )`)
	w.See(`character 11: unexpected token ")"`)
	w.list().expr.form.Set(fieldExpression, ".name |")
	w.See("incomplete expression")
	w.Do(screen.FilterDone)
	if w.list().expr.form == nil || w.list().expr.text != "" {
		t.Error("it was taken")
	}
	w.Do(screen.FilterDrop)
	w.NotSee("jq expression")
}

func TestExpressionDraftIsKept(t *testing.T) {
	w := open(t, contacts, 10, contact)
	w.jq(".active")
	w.Do(Expression)
	w.Type(" and .name")
	w.Do(screen.FilterDrop)
	w.See("| .active ")
	w.NotSee("and .name")
	w.Do(Expression)
	w.See("> .active and .name")
	w.Do(screen.FilterDone)
	w.Do(screen.ClearFilter)
	w.Do(Expression)
	w.NotSee(".active")
}

func TestExpressionSelectsRows(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.jq(".score >= 98 and .active")
	w.See("3 of 300", "| .score >= 98 and .active", "3 of 300 records", "ada98@")
	w.filter("ada198")
	w.See("1 of 300")
	w.Do(screen.FilterDrop)
	w.Do(screen.ClearFilter)
	w.NotSee("| .score")
	w.See("300")
}

func TestExpressionListsValues(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.jq("{name, score}")
	w.See("300 values of 300 records", `{"name":"Ada Abbott 0","score":0}`, "VALUE", "OF")
	w.filter(`"score":7}`)
	w.See("3 of 300")
	w.Do(screen.FilterDone)
	w.Do(OpenRecord)
	w.See(`"score": 7`)
	w.Leave()
	w.Do(screen.ClearFilter)
	w.Do(screen.ClearFilter)
	w.See("EMAIL")
}

func TestFirstExpressionErrorIsShown(t *testing.T) {
	w := open(t, contacts, 300, func(i int) made {
		if i >= 200 {
			return made{payload: `"score":"much"`}
		}
		return contact(i)
	})
	w.jq(".score + 1")
	w.See("failed for 100, first for 200: cannot add")
}

func TestExpressionIsReappliedAfterLoading(t *testing.T) {
	w := hold(t, contacts, &maker{t: t, n: 2500, each: contact})
	w.HoldReads = true
	w.start()
	w.Deliver()
	w.jq(".active")
	w.See("at 0 of 100")
	w.lands()
	w.See("1,250 of 2,500 records")
}

func TestKeyStopsExpression(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.HoldReads = true
	w.jq(".active")
	if w.list().RedrawInterval() == 0 {
		t.Error("nothing draws how far it is")
	}
	w.See("at 0 of 300 · ‹list.clearFilter› stops")
	w.Do(screen.ClearFilter)
	w.lands()
	w.NotSee("| .active")
	w.See("300")
}

func TestCanceledExpressionEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	code, err := compile("last(repeat(1))")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := apply(ctx, screen.NewTools(nil, nil, nil), code, []input{{"1", "{}"}}, &progress{}, modeAuto); err == nil {
		t.Error("it has an outcome")
	}
}

func TestEncode(t *testing.T) {
	for want, v := range map[string]any{
		"null":                    math.NaN(),
		"1.7976931348623157e+308": math.Inf(1),
		"18446744073709551616":    new(big.Int).Lsh(big.NewInt(1), 64),
		`"<a> \"b\" \u0001"`:      "<a> \"b\" \x01",
		`{"a":[],"b":{}}`:         map[string]any{"b": map[string]any{}, "a": []any{}},
		"1.5":                     1.5,
		"100":                     100.0,
	} {
		if got, err := encode(nil, v, 0); err != nil || string(got) != want {
			t.Errorf("%v: %s, %v", v, got, err)
		}
	}
}

func TestStopReasonIsShownCompletely(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.jq("repeat(1)")
	w.See("values of 300 records", "| repeat(1)", "✗ stopped after", "it returns more than 10,000 values for one record")
}
