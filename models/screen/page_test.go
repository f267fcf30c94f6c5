package screen

import (
	"testing"
	"time"

	"nango-tui/ui"
)

func TestPageKnowsWhatItsRowsCanDo(t *testing.T) {
	p, drawings := &Page{}, 0
	f := ui.Frame{Width: 80, Height: 20, Theme: &ui.Theme{}, Now: time.Unix(1_000_020, 0)}
	draw := func() {
		p.Draw(f, func(f ui.Frame) []ui.Section {
			drawings++
			return []ui.Section{{Rows: []ui.Row{
				p.Row(f, "docs", "Docs", "https://example.com", Links("link", "https://example.com")),
				p.Row(f, "docs", "Docs", "again", Copies("other", "again")),
				p.Row(f, "path", "Path", "no link", Links("path", "no link")),
				p.Row(f, "", "Text", "only text", RowActions{}),
			}}}
		})
	}
	if p.OnSelected().Copy.Do != nil {
		t.Error("a page without rows has something to copy")
	}
	draw()
	turn := &Turn{}
	p.OnSelected().Open(turn)
	p.OnSelected().Copy.Do(turn)
	if got, want := turn.Wants()[0], (BrowseWant{"https://example.com"}); got != want {
		t.Errorf("opened %+v", got)
	}
	if got, want := turn.Wants()[1], (CopyWant{What: "link", Text: "https://example.com"}); got != want {
		t.Errorf("copied %+v", got)
	}
	p.Rows.Select("path")
	if on := p.OnSelected(); on.Open != nil || on.Copy.Do == nil {
		t.Errorf("what is no link can do %+v", on)
	}

	draw()
	f.Now = f.Now.Add(30 * time.Second)
	draw()
	if drawings != 1 {
		t.Errorf("laid out %d times without a reason", drawings)
	}
	f.Now = f.Now.Add(30 * time.Second)
	draw()
	f.Width = 60
	draw()
	p.Rebuild(nil)
	draw()
	if drawings != 4 {
		t.Errorf("laid out %d times for a minute, a width and new data", drawings)
	}
}
