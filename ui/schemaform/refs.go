package schemaform

import (
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// definitionMaps are the keywords with definitions, of older and newer schemas.
var definitionMaps = []string{"definitions", "$defs"}

// scope has the definitions of a schema: "keyword/name" with the pointer to it.
type scope map[string]string

// fixReferences makes references to definitions that the root lacks point to those of the schemas around them. Nango's
// command line writes such for recursive zod models: the definitions stay in the model when it becomes one itself.
func fixReferences(doc *value) { fixInside(doc, "", nil) }

func fixInside(v *value, at string, around []scope) {
	own := scope{}
	for _, keyword := range definitionMaps {
		if all := v.get(keyword); all != nil {
			for _, name := range all.keys {
				own[keyword+"/"+name] = at + "/" + keyword + "/" + escapes.Replace(name)
			}
		}
	}
	if len(own) > 0 || at == "" {
		around = append(slices.Clip(around), own)
	}
	if ref := v.get("$ref"); ref != nil && ref.kind == text {
		if fixed := findReference(ref.str, around); fixed != "" {
			*ref = textValue(fixed)
		}
	}
	for pointer, inner := range v.subschemas() {
		fixInside(inner, at+pointer, around)
	}
}

// findReference returns the reference to the definition that is meant, or "" if the root has it or none has it. The schemas
// around are few, because the nesting of JSON is limited.
func findReference(ref string, around []scope) string {
	fragment, local := strings.CutPrefix(ref, "#/")
	fragment, err := url.PathUnescape(fragment)
	keyword, rest, _ := strings.Cut(fragment, "/")
	name, inside, nested := strings.Cut(rest, "/")
	name = unescapes.Replace(name)
	if _, known := around[0][keyword+"/"+name]; !local || err != nil || known || !slices.Contains(definitionMaps, keyword) {
		return ""
	}
	for _, s := range slices.Backward(around) {
		for _, keyword := range []string{keyword, definitionMaps[0], definitionMaps[1]} {
			if found := s[keyword+"/"+name]; found != "" {
				if nested {
					found += "/" + inside
				}
				return "#" + escapePointer(found)
			}
		}
	}
	return ""
}

// escapePointer escapes a pointer for a URL.
func escapePointer(pointer string) string {
	tokens := strings.Split(pointer, "/")
	for i, token := range tokens {
		tokens[i] = url.PathEscape(token)
	}
	return strings.Join(tokens, "/")
}

// subschemas yields the schemas directly in a schema, with their pointers from it.
func (v *value) subschemas() iter.Seq2[string, *value] {
	return func(yield func(string, *value) bool) {
		for i, key := range v.keys {
			inner := &v.elems[i]
			isSchema, isMap := slices.Contains(schemaKeywords, key), slices.Contains(schemaMaps, key)
			if isSchema && !yield("/"+key, inner) {
				return
			}
			if !isMap && !(isSchema && inner.kind == list) {
				continue
			}
			for k := range inner.elems {
				name := strconv.Itoa(k)
				if inner.kind == object {
					name = escapes.Replace(inner.keys[k])
				}
				if !yield("/"+key+"/"+name, &inner.elems[k]) {
					return
				}
			}
		}
	}
}
