package proxy

import (
	"net/http"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
)

// The screens as they stand on a small and on a larger terminal.
func TestTheScreensAsTheyAreDrawn(t *testing.T) {
	for name, reach := range map[string]func(w *world){
		"form": func(w *world) { w.begin() },
		"form of a POST": func(w *world) {
			w.begin()
			w.fill(map[string]string{fieldMethod: "POST", fieldPath: "/crm/v3/objects", fieldBody: `{"name": "Ada"}`, fieldMore: "true", fieldBase: "https://elsewhere.example"})
		},
		"answer":     func(w *world) { w.get("/contacts?per_page=3") },
		"answer 404": func(w *world) { w.get("/status/404") },
		"headers": func(w *world) {
			w.get("/limited")
			w.Screen.(*AnswerPage).exchange.answer.Header = http.Header{"Retry-After": {"2"}, "Set-Cookie": {"session=1"}, "Link": {"<https://api.example.com/contacts?page=2&per_page=100>; rel=\"next\"", "second"}}
			w.Do(Headers)
		},
		"binary":    func(w *world) { w.get("/image") },
		"saving":    func(w *world) { w.get("/contacts"); w.Do(SaveBody) },
		"too long":  func(w *world) { w.get("/huge?bytes=33554433") },
		"curl line": func(w *world) { w.begin(); w.Paste(line) },
		"kept": func(w *world) {
			w.keep(kept("first page", hub, works), kept("old", "crm-of-before", ""))
			w.open(savedRoute)
		},
		"choice":     func(w *world) { w.open(Route) },
		"on its way": func(w *world) { w.begin(); w.Type("/x"); w.Do(screen.Submit); w.ConfirmLater() },
		"own answer": func(w *world) { w.begin(); w.Type("/nango-error"); _ = w.send(); w.Do(ShowNangoAnswer) },
	} {
		for _, size := range [][2]int{{80, 19}, {120, 35}} {
			t.Run(name+map[int]string{80: "/80x24", 120: "/120x40"}[size[0]], func(t *testing.T) {
				w := newWorld(t)
				reach(w)
				w.Width, w.Height = size[0], size[1]
				w.Fits()
				golden.RequireEqual(t, w.View())
			})
		}
	}
}
