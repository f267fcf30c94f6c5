package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"nango-tui/models"
	"nango-tui/models/screen"
)

// appActions are the actions of App itself, which every screen has.
func appActions() []screen.ActionID {
	return []screen.ActionID{
		models.Back, models.Help, models.Palette, models.GoTo, models.Connections, models.Integrations, models.Requests,
		models.Providers, models.Environment, models.Journal, models.AllSyncs, models.Logs, models.Causes, models.NewLink,
		models.OpenWatch, models.Switch,
		models.Arm,
		models.ErrorDetails, models.ErrorDismiss, models.TryNow, models.Dashboard, models.Mouse, models.Suspend, models.Quit,
	}
}

// TestKeys compares the keys with the program: a walk through it finds its screens and their actions.
func TestKeys(t *testing.T) {
	if testing.Short() {
		t.Skip("walks every screen")
	}
	scopes := walkKeys(t)
	t.Run("every action has a key or is in the palette", func(t *testing.T) { everyActionIsReachable(t, scopes) })
	t.Run("no scope binds a key twice", func(t *testing.T) { keysAreUnique(t, scopes) })
	t.Run("the same verb has the same key", func(t *testing.T) { verbsHaveTheirKeys(t, scopes) })
	t.Run("every bound action exists", func(t *testing.T) { boundActionsExist(t, scopes) })
	t.Run("are documented", func(t *testing.T) { keysAreDocumented(t, scopes) })
}

func everyActionIsReachable(t *testing.T, scopes scopes) {
	keys := keymap()
	for name, s := range scopes {
		for _, action := range s.actions {
			inPalette := !s.typing && !action.Motion
			if len(keys[action.ID]) == 0 && !inPalette {
				t.Errorf("%s: %q (%s) has no key and is not in the palette", name, action.Title, action.ID)
			}
			if s.typing && !s.notAlwaysTyping && !action.WhileTyping && !slices.Contains(appActions(), action.ID) {
				t.Errorf("%s: keys are always text there, but %q (%s) is not WhileTyping", name, action.Title, action.ID)
			}
		}
	}
}

// verbOf is the verb whose title an action's begins with, the longest one; ok is false if there is none.
func verbOf(title string) (found verb, ok bool) {
	longest := 0
	for _, v := range verbs {
		for _, begin := range v.titles {
			if strings.HasPrefix(strings.Replace(title, ",", " ", 1)+" ", begin+" ") && len(begin) > longest {
				found, ok, longest = v, true, len(begin)
			}
		}
	}
	return found, ok
}

// Forms have their own keys, because letters are text there. The tabs are numbers.
func verbsHaveTheirKeys(t *testing.T, scopes scopes) {
	keys, seen := keymap(), map[string]bool{}
	for name, s := range scopes {
		for _, action := range s.actions {
			v, ok := verbOf(action.Title)
			isTab := slices.Contains(appActions(), action.ID) && action.ID != models.NewLink
			if !ok || s.typing || isTab || len(keys[action.ID]) == 0 {
				continue
			}
			seen[v.name] = true
			if !slices.Contains(keys[action.ID], v.keys[0]) {
				t.Errorf("%s: %q (%s) has %q, but %s has %q", name, action.Title, action.ID, keys[action.ID], v.name, v.keys)
			}
		}
	}
	for _, v := range verbs {
		if len(v.actions) > 0 && !seen[v.name] {
			t.Errorf("no action was found whose title begins with %q", v.titles)
		}
	}
}

// TestAKeyMeansOneThing compares the verbs with each other, and with the keys of single screens. Texts have the keys of less.
func TestAKeyMeansOneThing(t *testing.T) {
	meaning := map[string]string{}
	for _, v := range verbs {
		for _, key := range v.keys {
			if meaning[key] != "" {
				t.Errorf("%s means %s and %s", key, meaning[key], v.name)
			}
			meaning[key] = v.name
		}
	}
	isText := regexp.MustCompile(`^(json|code|filter|form|proxy)\.`)
	for id, keys := range ownKeys {
		for _, key := range keys {
			if meaning[key] != "" && !isText.MatchString(string(id)) {
				t.Errorf("%s has %s, which means %s", id, key, meaning[key])
			}
		}
	}
}

// A screen may bind esc, which is also App's key for going back, and no other key of App.
func keysAreUnique(t *testing.T, scopes scopes) {
	keys := keymap()
	for name, s := range scopes {
		bound := map[string]screen.ActionID{}
		for _, action := range s.actions {
			if s.typing && !action.WhileTyping {
				continue
			}
			for _, key := range keys[action.ID] {
				if other, twice := bound[key]; twice && !(key == "esc" && action.ID == models.Back) {
					t.Errorf("%s: %s is bound to %s and to %s", name, key, other, action.ID)
				}
				bound[key] = action.ID
			}
		}
	}
}

func boundActionsExist(t *testing.T, scopes scopes) {
	used := map[screen.ActionID]bool{}
	for _, s := range scopes {
		for _, action := range s.actions {
			used[action.ID] = true
		}
	}
	for id, keys := range keymap() {
		if !used[id] {
			t.Errorf("%v is bound to %s, which no screen has", keys, id)
		}
		if slices.Contains(keys, "ctrl+c") {
			t.Errorf("%s is bound to ctrl+c, which always quits", id)
		}
	}
}
