package screen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"nango-tui/internal/clean"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// SubmitLast is the id of the action that submits a form from its last field.
const SubmitLast ActionID = "form.submitLast"

// FieldFile is the id of [FileField].
const FieldFile = "file"

// Save is a form that asks for a file name and writes data to it.
type Save struct {
	Form
	data   []byte
	hidden bool
	// isText means that the file is for people: control characters are escaped in JSON, and removed elsewhere.
	isText bool
	write  Task[string] // of the full path
	path   PathField
}

// NewSave returns the form for data. What names the data, such as "result"; note says what the user should know before saving;
// file is the suggested name.
func NewSave(what, note, file string, data []byte) *Save {
	s := &Save{data: data}
	s.Form = Form{
		Name: "Save the " + what, Fields: form.New(FileField(file)), SubmitTitle: "Save", Disposable: true,
		Busy: func() string { return DisabledIf(s.write.IsRunning(), textFileBeingWritten) },
		Head: func(f ui.Frame) []ui.Line {
			return []ui.Line{{f.Styled(ui.RoleText, ui.Bytes(int64(len(data))).String()+". "+note)}}
		},
		Submit: func(t *Turn, v form.Values) { s.save(t, strings.TrimSpace(v[FieldFile]), false) },
	}
	return s
}

// NewTextSave is [NewSave] for a text that people read: its file has no control characters.
func NewTextSave(what, note, file string, data []byte) *Save {
	s := NewSave(what, note, file, data)
	s.isText = true
	return s
}

// NewMaskedSave is [NewTextSave] with the secrets in the text masked, in JSON also by their keys.
func NewMaskedSave(what, note, file string, data []byte) *Save {
	s := NewTextSave(what, note, file, data)
	s.hidden = true
	return s
}

// Open offers the last path.
func (s *Save) Open(t *Turn) { s.path.Offer(t, s.Fields) }

// Actions saves. The key that submits a form works, too.
func (s *Save) Actions() []Action {
	all := s.Form.Actions()
	save := all[0]
	save.ID = SubmitLast
	return append([]Action{save, all[0].AlsoAs(Submit)}, all[1:]...)
}

// FileField returns a field for the name of a file to write.
func FileField(file string) form.Field {
	return form.Field{ID: FieldFile, Title: "File", Value: file, Check: checkFile, About: textFolder}
}

// maxFileName is the maximum length of a name made from untrusted text, in bytes.
const maxFileName = 80

var unsafeInFileName = regexp.MustCompile(`[^A-Za-z0-9._-]`)

// SafeFileName makes a file name from untrusted text: the last segment of a path, without characters that lead elsewhere, hide the
// file, or look like an option. It is empty if nothing is left.
func SafeFileName(text string) string {
	name := path.Base(strings.ReplaceAll("/"+text, "\\", "/"))
	name = strings.TrimLeft(unsafeInFileName.ReplaceAllString(name, ""), ".-")
	return name[:min(len(name), maxFileName)]
}

func checkFile(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New(textEnterFileName)
	}
	return nil
}

func (s *Save) save(t *Turn, file string, over bool) {
	s.write.Start(t, func(ctx context.Context, tools Tools) (string, error) {
		path, err := tools.Files.Path(file)
		if err != nil {
			return "", err
		}
		draft, err := tools.Files.Create(path, over)
		if err != nil {
			return "", err
		}
		data := s.data
		if s.hidden {
			data = tools.MaskJSON(data)
		}
		if s.isText {
			data = forPeople(data)
		}
		if _, err := draft.Write(data); err != nil || ctx.Err() != nil { // nobody is left to be told of a file
			return "", errors.Join(err, ctx.Err(), draft.Discard())
		}
		return path, draft.Commit()
	}, func(t *Turn) { s.saved(t, file) })
}

func forPeople(data []byte) []byte {
	if json.Valid(data) {
		return []byte(clean.JSON(string(data)).String())
	}
	return []byte(clean.StripControls(string(data)).String())
}

// saved shows the outcome. An existing file is overwritten only after a question.
func (s *Save) saved(t *Turn, file string) {
	switch err := s.write.Err; {
	case err == nil:
		t.Toast(fmt.Sprintf("%s saved as %s", ui.Bytes(int64(len(s.data))), s.write.Value))
		t.Back()
	case errors.Is(err, fs.ErrExist):
		AskOverwrite(t, file, func(t *Turn) { s.save(t, file, true) })
	default:
		s.Fields.SetError(FieldFile, err.Error())
	}
}

// AskOverwrite asks before an existing file is overwritten. If the user declines, the form stays open for another name.
func AskOverwrite(t *Turn, file string, over func(*Turn)) {
	t.Pick(file+" already exists",
		Option{Title: "Choose another name", Detail: textFileKept, Do: func(*Turn) {}},
		Option{Title: "Overwrite", Detail: textContentLost, Do: over},
	)
}
