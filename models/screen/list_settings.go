package screen

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/form"
)

// Ids of the actions on a list's columns and saved views.
const (
	Columns ActionID = "list.columns"
	Views   ActionID = "list.views"
)

// QueryView is the parameter of a route that names a saved view.
const QueryView = "view"

const (
	// maxViews is how many views can be saved, and maxViewName the length of a name in characters.
	maxViews    = 100
	maxViewName = 40
	// viewKeys are the keys that a view can have. Lower-case letters begin a filter.
	viewKeys = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// View is a filter, an order and columns of a list under a name.
type View struct {
	Name string `yaml:"name"`
	// Key opens the view in the list of views: a digit or a capital letter, or empty.
	Key        string   `yaml:"key,omitempty"`
	List       string   `yaml:"list"`
	Filter     string   `yaml:"filter,omitempty"`
	Sort       string   `yaml:"sort,omitempty"`
	Descending bool     `yaml:"descending,omitempty"`
	Columns    []string `yaml:"columns,omitempty,flow"`
}

// ListSettings are what the user keeps of lists: the columns of each, and views.
type ListSettings struct {
	Columns map[string][]string `yaml:"columns,omitempty"`
	Views   []View              `yaml:"views,omitempty"`
}

// BuiltInViews are the views that come along. A saved one of the same name replaces it.
func BuiltInViews() []View {
	return []View{
		{Name: "broken", Key: "1", List: "connections", Filter: "state:broken", Sort: "failed"},
		{Name: "broken since yesterday", Key: "2", List: "connections", Filter: "state:broken failed:<1d", Sort: "failed"},
		{Name: "failing", Key: "1", List: "all-syncs", Filter: "state:failing"},
		{Name: "late", Key: "2", List: "all-syncs", Filter: "state:late"},
		{Name: "paused", Key: "3", List: "all-syncs", Filter: "state:paused"},
		{Name: "never used", Key: "1", List: "integrations", Filter: "used:no"},
	}
}

// Route opens the view in its list.
func (v View) Route() Route { return To(v.List).With(QueryView, v.Name) }

// ReadViews reads the views of all lists: those that come along, also after an error, and the saved ones. It blocks.
func ReadViews(files Files) ([]View, error) {
	s, err := readListSettings(context.Background(), Tools{Files: files})
	return s.of(""), err
}

// of returns the views of a list, or of all: those that come along, and the saved ones. A saved one takes the key of one that comes
// along.
func (s ListSettings) of(list string) []View {
	var all []View
	for _, v := range append(BuiltInViews(), s.Views...) {
		if list != "" && v.List != list {
			continue
		}
		i := indexOfView(all, v)
		if other := indexOfKey(all, v); other >= 0 && other != i {
			all[other].Key = ""
		}
		if i >= 0 {
			all[i] = v
		} else {
			all = append(all, v)
		}
	}
	return all
}

// indexOfKey is the index of the view of a list that has the key of v, or -1.
func indexOfKey(all []View, v View) int {
	return slices.IndexFunc(all, func(other View) bool { return other.List == v.List && other.Key == v.Key && v.Key != "" })
}

func indexOfView(all []View, v View) int {
	return slices.IndexFunc(all, func(other View) bool { return other.List == v.List && other.Name == v.Name })
}

// parseListSettings reads the document of lists. Errors name the file and what is allowed.
func parseListSettings(data []byte) (ListSettings, error) {
	var s ListSettings
	if err := yaml.UnmarshalWithOptions(data, &s, yaml.Strict()); err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			place := at.GetToken().Position
			return ListSettings{}, fmt.Errorf(textSettingsUnreadable, ListDocument, place.Line, place.Column, at.GetMessage())
		}
		return ListSettings{}, fmt.Errorf("%s: %w", ListDocument, err)
	}
	if len(s.Views) > maxViews {
		return ListSettings{}, fmt.Errorf(textTooManyViews, ListDocument, maxViews)
	}
	for i, v := range s.Views {
		if err := v.check(); err != nil {
			return ListSettings{}, fmt.Errorf("%s: view %q: %w", ListDocument, v.Name, err)
		}
		if other := indexOfKey(s.Views[:i], v); other >= 0 {
			return ListSettings{}, fmt.Errorf("%s: view %q: "+textViewKeyTaken, ListDocument, v.Name, v.Key, s.Views[other].Name)
		}
	}
	return s, nil
}

func (v View) check() error {
	if err := checkViewName(v.Name); err != nil {
		return err
	}
	if v.List == "" {
		return errors.New(textViewNeedsList)
	}
	if utf8.RuneCountInString(v.Filter) > filter.MaxLength {
		return fmt.Errorf(textViewFilterTooLong, filter.MaxLength)
	}
	return checkViewKey(v.Key)
}

func checkViewKey(key string) error {
	if len(key) > 1 || !strings.Contains(viewKeys, key) {
		return errors.New(textViewKey)
	}
	return nil
}

func checkViewName(name string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > maxViewName || name != strings.TrimSpace(ui.Clean(name).String()) {
		return fmt.Errorf(textViewName, maxViewName)
	}
	return nil
}

func readListSettings(_ context.Context, tools Tools) (ListSettings, error) {
	data, err := tools.Files.ReadOwn(ListDocument)
	if errors.Is(err, fs.ErrNotExist) {
		return ListSettings{}, nil
	}
	if err != nil {
		return ListSettings{}, err
	}
	return parseListSettings(data)
}

// Restore shows the columns that the user chose for this list, and then the view that its route names. App calls it when the
// screen is opened.
func (l *Listing) Restore(t *Turn) {
	if l.Name == "" {
		return
	}
	l.settings.Start(t, readListSettings, func(t *Turn) {
		if l.settings.Err != nil {
			t.Toast(l.settings.Err.Error())
		}
		l.ShowColumns()
		if l.ViewName == "" {
			return
		}
		views := l.settings.Value.of(l.Name)
		i := slices.IndexFunc(views, func(v View) bool { return v.Name == l.ViewName })
		if l.ViewName = ""; i < 0 {
			t.Toast(textNoSuchView)
			return
		}
		l.showView(t, views[i])
	})
}

// ShowColumns shows the user's columns, or else the list's own choice.
func (l *Listing) ShowColumns() {
	rows, ok := l.Rows.(Sortable)
	if !ok || l.viewColumns {
		return
	}
	ids := l.settings.Value.Columns[l.Name]
	if len(ids) == 0 && l.DefaultColumns != nil {
		ids = l.DefaultColumns()
	}
	rows.ShowColumns(ids...)
}

// showView shows what a view says. A part that it doesn't name stays, except for the filter.
func (l *Listing) showView(t *Turn, v View) {
	if l.Unfilter != nil {
		l.Unfilter()
	}
	rows := l.Rows.(Sortable)
	rows.DropAnchor()
	l.Filter.SetValue(v.Filter)
	l.Filter.Blur()
	l.ApplyFilter()
	if l.viewColumns = len(v.Columns) > 0; l.viewColumns {
		rows.ShowColumns(v.Columns...)
	} else {
		l.ShowColumns()
	}
	if v.Sort != "" {
		l.SortBy(t, v.Sort, v.Descending)
	}
}

// settingActions are the actions on columns and views of a list with a name.
func (l *Listing) settingActions() []Action {
	if l.Name == "" {
		return nil
	}
	return []Action{
		{ID: Columns, Title: textColumns, HideInFooter: true, Do: func(t *Turn) { l.pickColumn(t, "") }},
		{ID: Views, Title: textViews, HideInFooter: true, Do: l.pickView},
	}
}

func (l *Listing) pickView(t *Turn) {
	var options []Option
	for _, v := range l.settings.Value.of(l.Name) {
		options = append(options, Option{Title: v.Name, Detail: v.Filter, Key: v.Key, Do: func(t *Turn) { l.showView(t, v) }})
	}
	options = append(options, Option{Title: textSaveView, Detail: textSaveViewAbout, Do: func(t *Turn) { t.Show(l.newViewForm()) }})
	for _, v := range l.settings.Value.Views {
		if v.List == l.Name {
			options = append(options, Option{Title: fmt.Sprintf(textDeleteView, v.Name), Do: func(t *Turn) {
				l.keep(t, func(s *ListSettings) error {
					s.Views = slices.DeleteFunc(s.Views, func(other View) bool { return other.List == v.List && other.Name == v.Name })
					return nil
				}, func(t *Turn) { t.Toast(fmt.Sprintf(textViewDeleted, v.Name)) })
			}})
		}
	}
	t.Pick(textViews, options...)
}

// newViewForm asks for the name and the key under which what is shown is saved.
func (l *Listing) newViewForm() Screen {
	s := &Form{Name: textSaveView, SubmitTitle: "Save", Disposable: true}
	s.Fields = form.New(form.Field{ID: "name", Title: "Name", About: textViewNameAbout, Check: checkViewName},
		form.Field{ID: "key", Title: "Key", About: textViewKeyAbout,
			Check: func(key string) error { return checkViewKey(strings.ToUpper(key)) }})
	s.Submit = func(t *Turn, values form.Values) {
		v := l.current(values["name"])
		v.Key = strings.ToUpper(values["key"])
		if other, taken := l.settings.Value.withKeyOf(v); taken {
			s.Fields.SetError("key", fmt.Sprintf(textViewKeyTaken, v.Key, other))
			return
		}
		l.keep(t, func(s *ListSettings) error { return s.add(v) }, func(t *Turn) {
			t.Toast(fmt.Sprintf(textViewSaved, v.Name))
			t.Back()
		})
	}
	return s
}

// withKeyOf returns the name of another view of the list that has the key of v.
func (s ListSettings) withKeyOf(v View) (name string, taken bool) {
	all := s.of(v.List)
	i := indexOfKey(all, v)
	if i < 0 || all[i].Name == v.Name {
		return "", false
	}
	return all[i].Name, true
}

// add adds a view, or replaces the one of its name. Without a key it keeps that one's, or gets the first free one.
func (s *ListSettings) add(v View) error {
	all := s.of(v.List)
	i := indexOfView(all, v)
	if v.Key == "" && i >= 0 {
		v.Key = all[i].Key
	}
	for n := 0; n < len(viewKeys) && v.Key == ""; n++ {
		free := View{List: v.List, Key: viewKeys[n : n+1]}
		if indexOfKey(all, free) < 0 {
			v.Key = free.Key
		}
	}
	if i := indexOfView(s.Views, v); i >= 0 {
		s.Views[i] = v
		return nil
	}
	if len(s.Views) >= maxViews {
		return fmt.Errorf(textTooManyViews, ListDocument, maxViews)
	}
	s.Views = append(s.Views, v)
	return nil
}

// current is what is shown as a view.
func (l *Listing) current(name string) View {
	v := View{Name: name, List: l.Name, Filter: l.Narrowing(), Columns: l.shownColumns()}
	v.Sort, v.Descending = l.Rows.(Sortable).Sorted()
	return v
}

func (l *Listing) shownColumns() (ids []string) {
	all, shown := l.Rows.(Sortable).Columns()
	for _, c := range all[:shown] {
		ids = append(ids, c.ID)
	}
	return ids
}

// keep changes the document of lists, where other programs may have changed other parts. It takes what was shown meanwhile.
func (l *Listing) keep(t *Turn, change func(*ListSettings) error, then func(*Turn)) {
	l.settings.Start(t, func(_ context.Context, tools Tools) (s ListSettings, err error) {
		return s, tools.Files.UpdateOwn(ListDocument, func(old []byte) ([]byte, error) {
			if s, err = parseListSettings(old); err != nil {
				return nil, err
			}
			if err := change(&s); err != nil {
				return nil, err
			}
			return yaml.Marshal(s)
		})
	}, func(t *Turn) {
		if l.settings.Err != nil {
			t.Notice(textNotKept, l.settings.Err.Error())
			return
		}
		then(t)
	})
}

// pickColumn offers the columns, to show, hide or move them. The cursor is on one of them, or at the beginning.
func (l *Listing) pickColumn(t *Turn, at string) {
	all, shown := l.Rows.(Sortable).Columns()
	var options []Option
	for i, c := range all {
		choose := func(ids []string) func(*Turn) { return func(t *Turn) { l.chooseColumns(t, ids, c.ID) } }
		swap := func(with int) func(*Turn) {
			ids := l.shownColumns()
			ids[i], ids[with] = ids[with], ids[i]
			return choose(ids)
		}
		option := Option{Title: ui.Clean(strings.ToLower(c.Title)).String(), Detail: textColumnShown, Selected: c.ID == at, Stays: true}
		switch {
		case i >= shown:
			option.Detail, option.Do = textColumnHidden, choose(append(l.shownColumns(), c.ID))
		case shown == 1:
			option.Do = func(t *Turn) { t.Toast(textLastColumn) }
		default:
			option.Do = choose(slices.Delete(l.shownColumns(), i, i+1))
		}
		if i > 0 && i < shown {
			option.Up = swap(i - 1)
		}
		if i < shown-1 {
			option.Down = swap(i + 1)
		}
		options = append(options, option)
	}
	reset := Option{Title: textResetColumns, Stays: true, Do: func(t *Turn) { l.chooseColumns(t, nil, "") }}
	t.Pick(textColumns, append(options, reset)...)
}

// chooseColumns shows columns and keeps them for this list; none are the list's own choice. The choice stays open for the next.
func (l *Listing) chooseColumns(t *Turn, ids []string, at string) {
	if len(ids) == 0 && l.DefaultColumns != nil {
		l.Rows.(Sortable).ShowColumns(l.DefaultColumns()...)
	} else {
		l.Rows.(Sortable).ShowColumns(ids...)
	}
	l.viewColumns = false
	l.keep(t, func(s *ListSettings) error {
		if s.Columns == nil {
			s.Columns = map[string][]string{}
		}
		if s.Columns[l.Name] = ids; len(ids) == 0 {
			delete(s.Columns, l.Name)
		}
		return nil
	}, func(*Turn) {})
	l.pickColumn(t, at)
}
