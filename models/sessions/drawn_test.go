package sessions

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/nango/sandbox"
)

// sizes are the bodies of an 80×24 and of a 120×40 terminal, and of the smallest that is worked in.
var sizes = [][2]int{{60, 10}, {80, 19}, {120, 35}}

// drawn compares what is on the screen in every size.
func (w *world) drawn(t *testing.T) {
	t.Helper()
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
			golden.RequireEqual(t, w.withoutPort(w.View()))
		})
	}
}

// withoutPort replaces the port of the server by zeros, also where it is broken into two lines.
func (w *world) withoutPort(view string) string {
	host, err := url.Parse(w.Profile.Host)
	if err != nil {
		w.t.Fatal(err)
	}
	port := regexp.MustCompile("3A(\\n?" + strings.Join(strings.Split(host.Port(), ""), "\\n?") + ")")
	digit := regexp.MustCompile(`\d`)
	return port.ReplaceAllStringFunc(view, func(found string) string { return "3A" + digit.ReplaceAllString(found[2:], "0") })
}

func TestTheLinkFormAsDrawn(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + hub + "&tag.end_user_id=usr_812&tag.org=globex")
	w.tab()
	w.tab()
	w.Type("ops@globex")
	w.drawn(t)
}

func TestTheReconnectAsDrawn(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	w.drawn(t)
}

func TestTheReconnectAsDrawnWhenRead(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.reconnect(ref)
	w.read()
	w.drawn(t)
}

func TestTheLinkAsDrawn(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + hub + "&tag.end_user_id=usr_812&tag.org=globex")
	w.submit()
	w.look()
	w.drawn(t)
}

func TestTheLinkAsDrawnWhenItArrived(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + hub + "&tag.end_user_id=usr_812&tag.org=globex")
	w.submit()
	w.finishes("")
	w.look()
	w.drawn(t)
}

func TestTheReconnectLinkAsDrawnWithoutAnError(t *testing.T) {
	w := newWorld(t)
	w.reconnect(w.globex(hub))
	w.makeLink()
	w.drawn(t)
}
