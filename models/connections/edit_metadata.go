package connections

import (
	"bytes"
	"encoding/json"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the metadata form, and the values of its method.
const (
	fieldMode     = "mode"
	fieldMetadata = "metadata"
	modeReplace   = "replace"
	modeMerge     = "merge"
)

const metadataRows = 12

// editMetadata opens the metadata form. It starts with the current text, in which dots stand for secrets. Dots that
// are still there when it is sent are replaced by the secrets.
func (d *Detail) editMetadata(t *screen.Turn) {
	before := objectOr(d.now.Metadata)
	shown, hidden := hide(before, t.Mask)
	about := aboutMetadata
	if len(hidden) > 0 {
		about += aboutHiddenSecrets
	}
	e := &screen.Form{Name: actionEditMetadata, Operation: nango.OpMetadataSet, Paths: map[string]string{"metadata": fieldMetadata}}
	e.Fields = form.New(
		form.Field{ID: fieldMode, Kind: form.Choice, Title: labelMethod, Value: modeReplace, Rows: 2, Options: []form.Option{
			{Value: modeReplace, Title: optionReplaceMetadata},
			{Value: modeMerge, Title: optionMergeMetadata},
		}},
		form.Field{ID: fieldMetadata, Kind: form.Lines, Title: fmt.Sprintf(titleMetadataOf, d.target().about()), About: about,
			Rows: metadataRows, Value: screen.Indent(shown),
			Check: checkHiding(nango.CheckMetadata, func() map[string][]byte { return hidden })},
	)
	e.Fields.Focus(fieldMetadata)
	e.Submit = func(t *screen.Turn, values form.Values) {
		typed, err := unhide([]byte(values[fieldMetadata]), hidden)
		if err != nil {
			e.Fields.SetError(fieldMetadata, err.Error())
			return
		}
		d.submitMetadata(t, e, before, typed, values[fieldMode] == modeMerge)
	}
	t.Show(e)
}

// checkHiding returns the check of a JSON text with dots for secrets.
func checkHiding(check func(json.RawMessage) error, hidden func() map[string][]byte) func(string) error {
	return func(text string) error {
		if err := check(json.RawMessage(text)); err != nil {
			return err
		}
		_, err := unhide([]byte(text), hidden())
		return err
	}
}

// unhide replaces dots by the secrets they stand for.
func unhide(text []byte, hidden map[string][]byte) ([]byte, error) {
	leaves, err := leavesOf(text, 0, nil)
	if err != nil {
		return nil, fmt.Errorf(errNotJSON, err)
	}
	var out bytes.Buffer
	at := 0
	for _, v := range leaves {
		if v.text != nango.Masked {
			continue
		}
		written, known := hidden[v.key]
		if !known {
			return nil, fmt.Errorf(errNoSecretHere, v.name)
		}
		out.Write(text[at:v.start])
		out.Write(written)
		at = v.end
	}
	out.Write(text[at:])
	return out.Bytes(), nil
}

func (d *Detail) submitMetadata(t *screen.Turn, e *screen.Form, before, typed json.RawMessage, merge bool) {
	after := typed
	p := screen.Proposal[json.RawMessage]{
		Request: nango.SetMetadata(d.ref.Integration, []string{d.ref.ID}, typed),
		Title:   replaceMetadataTitle, About: d.target().about(),
		Consequences: []string{replaceMetadata},
		Before:       screen.Indent(before), After: screen.Indent(typed),
		Then: func(t *screen.Turn, _ json.RawMessage, err error) { e.HandleResult(t, err) },
	}
	if merge {
		merged, err := mergeTop(before, typed)
		if err != nil {
			e.Fields.SetError(fieldMetadata, err.Error())
			return
		}
		p.Request, p.Title = nango.MergeMetadata(d.ref.Integration, []string{d.ref.ID}, typed), mergeMetadataTitle
		p.Consequences = []string{mergeMetadata}
		p.After = screen.Indent(merged)
		after = merged
	}
	if p.Before == p.After {
		e.ShowUnchanged()
		return
	}
	p.Request = p.Request.Keeping(nango.Undo{Before: nango.MetadataContent(before), After: nango.MetadataContent(after)})
	p.Consequences = append(p.Consequences, d.dataAge(t))
	screen.Propose(t, p)
}
