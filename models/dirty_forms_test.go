package models

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

// formOf returns the values of the form on top, and whether leaving it may ask; nil if there is no form with known fields.
func formOf(s screen.Screen) (values func() form.Values, asks bool) {
	v := reflect.Indirect(reflect.ValueOf(s))
	if v.Kind() != reflect.Struct || !v.FieldByName("Fields").IsValid() {
		return nil, false
	}
	fields, ok := v.FieldByName("Fields").Interface().(*form.Form)
	if !ok || fields == nil || !v.FieldByName("Disposable").IsValid() {
		return nil, false
	}
	return fields.Values, !v.FieldByName("Disposable").Bool()
}

// formTour finds every form that a place or an action of a place shows, opens each in a program of its own, and calls do.
func formTour(t *testing.T, width, height int, do func(tr *tour, step string, open func() func() form.Values)) {
	finder := newTour(t, walkWorld(t), width, height)
	seen := map[string]bool{}
	try := func(step string, open func(*tour)) {
		open(finder)
		top := finder.app.top().screen
		values, asks := formOf(top)
		kind := fmt.Sprintf("%T %s", top, top.Title())
		if values == nil || !asks || seen[kind] || finder.app.overlay != nil {
			return
		}
		seen[kind] = true
		tr := newTour(t, walkWorld(t), width, height)
		do(tr, step+": "+kind, func() func() form.Values {
			open(tr)
			values, _ := formOf(tr.app.top().screen)
			return values
		})
	}
	for _, route := range walkRoutes() {
		try(route.String(), func(tr *tour) {
			tr.at(screen.To("connections"))
			tr.app.open(tr.app.active, route, nil)
			tr.after(tr.app.flush())
		})
		finder.at(route)
		for _, action := range finder.app.top().screen.Actions() {
			if action.Motion {
				continue
			}
			try(route.String()+" "+string(action.ID), func(tr *tour) {
				tr.at(route)
				if action, ok := tr.action(action.ID); ok {
					tr.app.dispatch(action)
					tr.after(tr.app.flush())
				}
			})
		}
	}
	if len(seen) < 14 {
		t.Errorf("only %d forms: %v", len(seen), seen)
	}
}

// What was typed isn't lost by one key, in no form; a form in which nothing was typed doesn't ask.
func TestEveryFormAsksBeforeWhatWasTypedIsLost(t *testing.T) {
	formTour(t, 80, 24, func(tr *tour, step string, open func() func() form.Values) {
		open()
		top := tr.app.top()
		if tr.press("esc"); tr.app.overlay != nil || tr.app.top() == top && len(tr.app.stack) > 1 {
			t.Errorf("%s asks though nothing was typed:\n%s", step, tr.screen())
			return
		}
		values := open()
		top = tr.app.top()
		before := values()
		for range len(before) {
			if tr.typeText("7"); !maps.Equal(values(), before) {
				break
			}
			tr.press("backspace", "tab")
		}
		typed := values()
		if maps.Equal(typed, before) {
			t.Errorf("%s: nothing can be typed:\n%s", step, tr.screen())
			return
		}
		tr.press("esc")
		if tr.app.overlay == nil || !strings.Contains(tr.screen(), textDiscardTyped) {
			t.Errorf("%s doesn't ask:\n%s", step, tr.screen())
			return
		}
		if tr.press("enter"); tr.app.top() != top || !maps.Equal(values(), typed) {
			t.Errorf("%s: what was typed is gone after Stay", step)
		}
		tr.press("esc", "down", "enter")
	})
}

func TestTheFormOfAnActionAsksBeforeWhatWasTypedIsLost(t *testing.T) {
	tr := newTour(t, walkWorld(t), 80, 24)
	tr.app.open(tr.app.active, screen.To("run", key, walkAction).With("connection", id), nil)
	tr.after(tr.app.flush())
	tr.typeText("7")
	tr.press("esc")
	tr.see(textDiscardTyped)
	tr.press("enter", "esc", "down", "enter")
	if len(tr.app.stack) != 1 {
		t.Errorf("the form is still there:\n%s", tr.screen())
	}
}

// The focused field is seen in small terminals: its label, and a line of its value.
func TestEveryFormScrollsToTheFocusedField(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}} {
		formTour(t, size[0], size[1], func(tr *tour, step string, open func() func() form.Values) {
			for range len(open()()) + 1 {
				focused := 0
				for line := range strings.SplitSeq(tr.screen(), "\n") {
					if strings.HasPrefix(strings.TrimLeft(line, " "), "▌") && !strings.Contains(line, "PRODUCTION") {
						focused++
					}
				}
				if focused < 2 {
					t.Errorf("%s at %v shows %d lines of the focused field:\n%s", step, size, focused, tr.screen())
					return
				}
				tr.press("tab")
			}
		})
	}
}
