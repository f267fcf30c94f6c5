package bulk

import (
	"strings"
	"testing"

	"nango-tui/nango"
)

// A spreadsheet runs no cell of the file of links as a formula.
func TestNoCellOfALinkIsAFormula(t *testing.T) {
	for _, begin := range []string{"=", "+", "-", "@", "\u200b="} {
		c := nango.Connection{Integration: begin + "crm", ID: begin + "id", Tags: map[string]string{
			nango.TagUserEmail: begin + "a@acme.example", nango.TagOrganizationName: begin + "Acme"}}
		for _, cell := range linkCells(c, nango.Session{}) {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("%q", cell)
			}
		}
	}
}
