package proxy

import (
	"net/http"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
)

// All screens at two sizes.
func TestGoldenScreens(t *testing.T) {
	for name, reach := range map[string]func(w *world){
		"form": func(w *world) { w.begin() },
		"form of a POST": func(w *world) {
			w.begin()
			w.fill(map[string]string{fieldMethod: "POST", fieldPath: "/crm/v3/objects", fieldBody: `{"name": "Ada"}`, fieldMore: "true",
				fieldBase: "https://elsewhere.example"})
		},
		"response":     func(w *world) { w.get("/contacts?per_page=3") },
		"response 404": func(w *world) { w.get("/status/404") },
		"headers": func(w *world) {
			w.get("/limited")
			w.Screen.(*ResponsePage).exchange.response.Header = http.Header{"Retry-After": {"2"}, "Set-Cookie": {"session=1"},
				"Link": {"<https://api.example.com/contacts?page=2&per_page=100>; rel=\"next\"", "second"}}
			w.Do(Headers)
		},
		"binary":       func(w *world) { w.get("/image") },
		"save form":    func(w *world) { w.get("/contacts"); w.Do(SaveBody) },
		"truncated":    func(w *world) { w.get("/huge?bytes=33554433") },
		"curl command": func(w *world) { w.begin(); w.Paste(line) },
		"saved requests": func(w *world) {
			w.save(savedRequest("first page", hub, works), savedRequest("old", "crm-of-before", ""))
			w.open(savedRoute)
		},
		"connection choice": func(w *world) { w.open(Route) },
		"pending":           func(w *world) { w.begin(); w.Type("/x"); w.Do(screen.Submit); w.ConfirmLater() },
		"Nango response":    func(w *world) { w.begin(); w.Type("/nango-error"); _ = w.send(); w.Do(ShowNangoResponse) },
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
