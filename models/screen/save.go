package screen

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/form"
)

// SubmitLast sends a form from its last field.
const SubmitLast ActionID = "form.submitLast"

// FieldFile is the id of [FileField].
const FieldFile = "file"

// Save asks where something is to be saved, and writes it. It has no route: what it holds is no part of a name.
type Save struct {
	Base
	what, note string
	data       []byte
	hidden     bool
	form       *form.Form
	write      Task[struct{}]
}

// NewSave is the form for data. What names it, such as "result"; note says what one has to know of it before it lies in a
// file, and file is the name to begin with.
func NewSave(what, note, file string, data []byte) *Save {
	return &Save{what: what, note: note, data: data, form: form.New(FileField(file))}
}

// NewMaskedSave is [NewSave] with the secrets in the data hidden, in JSON by their keys as well.
func NewMaskedSave(what, note, file string, data []byte) *Save {
	s := NewSave(what, note, file, data)
	s.hidden = true
	return s
}

// FileField is a field for the name of a file to write.
func FileField(file string) form.Field {
	return form.Field{ID: FieldFile, Title: "File", Value: file, Check: checkFile,
		About: "The folder has to be there. \"~/\" is the home folder of the machine that this program runs on."}
}

// maxFileName is how long a name that is made of a stranger's may be, in bytes.
const maxFileName = 80

// SafeFileName is what a file can be called after a stranger's text: its last part where it is a path, without what leads
// elsewhere, hides, or is an option. It is empty where nothing is left.
func SafeFileName(text string) string {
	name := path.Base(strings.ReplaceAll("/"+text, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
			return r
		}
		return -1
	}, name)
	name = strings.TrimLeft(name, ".-")
	return name[:min(len(name), maxFileName)]
}

func checkFile(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("which file?")
	}
	return nil
}

// Title names what is saved.
func (s *Save) Title() string { return "Save the " + s.what }

// Typing says that keys are text.
func (s *Save) Typing() bool { return true }

// Update gives keys and pastes to the form.
func (s *Save) Update(t *Turn, msg tea.Msg) {
	if !s.write.IsRunning() {
		s.form.Update(msg)
		s.take(t)
	}
}

// Actions is saving.
func (s *Save) Actions() []Action {
	save := Action{ID: SubmitLast, Title: "Save", WhileTyping: true, Do: func(t *Turn) {
		s.form.Submit()
		s.take(t)
	}}
	if s.write.IsRunning() {
		save.Disabled = "it is being written"
	}
	also := save
	also.ID, also.HideInFooter = Submit, true
	return []Action{save, also}
}

func (s *Save) take(t *Turn) {
	if v, ok := s.form.Submitted(); ok {
		s.save(t, strings.TrimSpace(v[FieldFile]), false)
	}
}

func (s *Save) save(t *Turn, file string, over bool) {
	s.write.Start(t, func(ctx context.Context, tools Tools) (struct{}, error) {
		draft, err := tools.Files.Create(file, over)
		if err != nil {
			return struct{}{}, err
		}
		data := s.data
		if s.hidden {
			data = tools.MaskJSON(data)
		}
		if _, err := draft.Write(data); err != nil || ctx.Err() != nil { // nobody is left to be told of a file
			return struct{}{}, errors.Join(err, ctx.Err(), draft.Discard())
		}
		return struct{}{}, draft.Commit()
	}, func(t *Turn) { s.saved(t, file) })
}

// saved tells how it ended. A file that is there already is written over only after a question.
func (s *Save) saved(t *Turn, file string) {
	switch err := s.write.Err; {
	case err == nil:
		t.Toast(fmt.Sprintf("%s saved as %s", ui.Bytes(int64(len(s.data))), file))
		t.Back()
	case errors.Is(err, fs.ErrExist):
		AskOverwrite(t, file, func(t *Turn) { s.save(t, file, true) })
	default:
		s.form.SetError(FieldFile, err.Error())
	}
}

// AskOverwrite asks before a file that is there is written over. After a no, the form is there for another name.
func AskOverwrite(t *Turn, file string, over func(*Turn)) {
	t.Pick(file+" is there already",
		Option{Title: "Another name", Detail: "what is there stays", Do: func(*Turn) {}},
		Option{Title: "Write over it", Detail: "what is in it is lost", Do: over},
	)
}

// View draws the form, and above it what is saved.
func (s *Save) View(f ui.Frame) string {
	text := ui.Bytes(int64(len(s.data))).String() + ". " + s.note
	return DrawBelow(f, []ui.Line{{f.Styled(ui.RoleText, text)}}, s.form)
}
