package fake

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/js"
)

// Filler is a sentence that fills a payload up to its size.
const Filler = "Called about the renewal, asked for the figures of last quarter and for a second seat. "

// Generator makes up values by a JSON schema. The same seed and version always give the same values; another version of
// the same seed differs in some of them, as a record does after an update.
type Generator struct {
	Seed    uint64
	Version uint64
	n       uint64 // how many numbers were drawn
}

func (g *Generator) draw(limit uint64) uint64 {
	g.n++
	return Hash(g.Seed, g.n) % limit
}

// drawVersioned returns a number that depends on the version too.
func (g *Generator) drawVersioned(limit uint64) uint64 {
	g.n++
	return Hash(g.Seed, g.Version, g.n) % limit
}

func (g *Generator) pick(words ...string) string { return words[g.draw(uint64(len(words)))] }

func (g *Generator) pickName(list []name) name { return list[g.draw(uint64(len(list)))] }

// Object makes up an object by its schema.
func (g *Generator) Object(schema *js.Object) *js.Object {
	out := js.NewObject()
	properties := schema.Obj("properties")
	for _, key := range properties.Keys() {
		if p := properties.Obj(key); p != nil {
			out.Set(key, g.Value(key, p))
		}
	}
	return out
}

// Value makes up one value by its schema, and by its name where that says more.
func (g *Generator) Value(name string, schema *js.Object) any {
	if words, ok := schema.Get("enum").([]any); ok && len(words) > 0 {
		return words[g.drawVersioned(uint64(len(words)))]
	}
	kind := schema.Str("type")
	if kinds, ok := schema.Get("type").([]any); ok && len(kinds) > 0 { // such as ["string","null"]
		kind, _ = kinds[0].(string)
		if g.draw(4) == 0 {
			return nil
		}
	}
	switch kind {
	case "object":
		return g.Object(schema)
	case "array":
		list := []any{}
		if item := schema.Obj("items"); item != nil {
			for range g.draw(4) {
				list = append(list, g.Value(strings.TrimSuffix(name, "s"), item))
			}
		}
		return list
	case "boolean":
		return g.drawVersioned(2) == 0
	case "integer":
		return json.Number(strconv.FormatUint(g.drawVersioned(5_000), 10))
	case "number":
		return json.Number(strconv.FormatFloat(float64(g.drawVersioned(1_000_000))/100, 'f', -1, 64))
	}
	return g.text(strings.ToLower(name), schema.Str("format"))
}

// Person returns the name of a person, mostly in Latin script, and a local part for their email address.
func (g *Generator) Person() (full, local string) {
	p := pools[0]
	if g.draw(4) == 0 {
		p = poolAt(int(g.draw(100)))
	}
	given, family := g.pickName(p.given), g.pickName(p.family)
	return given.text + " " + family.text, given.latin + "." + family.latin
}

func (g *Generator) text(name, format string) string {
	full, local := g.Person()
	organization := g.pickName(organizationFirst)
	switch {
	case name == "first_name":
		return strings.Fields(full)[0]
	case name == "last_name":
		return strings.Fields(full)[len(strings.Fields(full))-1]
	case name == "city":
		return g.pick("Berlin", "Lyon", "大阪市", "São Paulo", "Galway")
	case name == "street":
		return g.pick("Ringstraße", "Rue du Port", "Harbor Road") + " " + strconv.FormatUint(1+g.draw(200), 10)
	case format == "date-time":
		day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(g.draw(900*24*3600)) * time.Second)
		return day.AddDate(0, 0, int(g.Version%60)).Format("2006-01-02T15:04:05.000Z")
	case strings.Contains(name, "email"):
		return local + "@" + organization.latin + ".example"
	case strings.Contains(name, "url"):
		return "https://" + organization.latin + ".example/" + name + "/" + strconv.FormatUint(g.draw(100_000), 10)
	case strings.Contains(name, "phone"):
		return fmt.Sprintf("+49 30 %07d", g.draw(10_000_000))
	case name == "name" || strings.HasSuffix(name, "owner") || strings.HasSuffix(name, "author"):
		return full
	case strings.HasSuffix(name, "company"):
		return organization.text + " " + g.pickName(organizationSecond).text
	case strings.HasSuffix(name, "id"):
		return strconv.FormatUint(1<<60|g.draw(1<<60), 10)
	case name == "label":
		return g.pick("urgent", "bug", "billing", "später", "q3", "wontfix")
	}
	return g.sentence()
}

func (g *Generator) sentence() string {
	return g.pick("Renewal of", "Invoice for", "Call with", "Fix the import of", "Plan for", "Question about") + " " +
		g.pick("the Berlin office", "42 seats", "customers & partners", "“Q3” figures", "<script> tags", "naïve clients", "the migration") +
		[]string{"", " (again)", ", part 2", " – done"}[g.drawVersioned(4)]
}
