package models

import (
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
)

// A jq expression works on any page with JSON, and leads back to the expression.
func TestAnExpressionAppliesToAnyJSONPage(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.turns(func(t *screen.Turn) {
		t.Show(screen.NewJSONPage("metadata", []byte(`{"rows": [{"id": 1}, {"id": 2}], "client_secret": "very-secret-text-1"}`)))
	})
	s.do(screen.JSONQuery)
	s.typeText(".rows[1]")
	s.do(screen.SubmitLast)
	s.see("jq .rows[1]", `"id": 2`)
	s.notSee(`"id": 1`)
	s.press("esc")
	s.see("Expression", ".rows[1]")
	s.typeText(" | .client_secret[")
	s.do(screen.SubmitLast)
	s.see("Expression", "incomplete")
	s.press("esc")
	s.do(screen.JSONQuery)
	s.typeText("[.client_secret]")
	s.do(screen.SubmitLast)
	s.notSee("very-secret")
}
