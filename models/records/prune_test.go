package records

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestPruningGoesOnByOneYes(t *testing.T) {
	w := open(t, contacts, 5000, contact)
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.See("erases the payloads", "5,000 payloads", "up to and with 4999")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Operation != nango.OpRecordsPrune || len(p.AlsoApproves) != 1 ||
		!strings.Contains(strings.Join(p.Consequences, " "), "5,000 payloads") {
		t.Errorf("%+v", p)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if w.server.pruned != 5000 || w.server.prunes != 5 {
		t.Errorf("%d pruned in %d requests", w.server.pruned, w.server.prunes)
	}
	if toast := w.Toasts[len(w.Toasts)-1]; toast != "5,000 payloads erased." {
		t.Errorf("said %q", toast)
	}
	if !w.list().Concerns(p.Call) {
		t.Error("the list is not read again")
	}
}

func TestPruningEndsAtTheRowUnderTheCursor(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.list().table.Sort("id", true)
	w.list().table.SetCursor("41")
	w.Do(Prune)
	w.See("up to and with 41", "42 payloads", "300 payloads")
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil || w.server.pruned != 42 {
		t.Errorf("%d pruned, %v", w.server.pruned, err)
	}
}

func TestPruningIsStoppedBetweenTwoRequests(t *testing.T) {
	w := open(t, contacts, 5000, contact)
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.Do(screen.Submit)
	w.Screen.(*pruner).stopping = true // while the first request is under way
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("Stopped. So far 1,000 payloads erased")
	if w.server.prunes != 1 {
		t.Errorf("%d requests", w.server.prunes)
	}
}

// Arming can end between two requests: the next one is then declined.
func TestPruningThatIsDeclinedInTheMiddleSaysHowFarItCame(t *testing.T) {
	w := open(t, contacts, 5000, contact)
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.Do(screen.Submit)
	p := w.Screen.(*pruner)
	p.stopping = true
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Turn(func(t *screen.Turn) { p.handlePruned(t, nango.Pruned{}, screen.ErrDeclined) })
	w.See("It stopped; so far 1,000 payloads erased.")
}

func TestANoToPruningBringsTheFormBack(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.Do(Prune)
	w.Do(screen.Submit)
	w.Decline()
	w.See("Until where")
	if w.server.prunes != 0 {
		t.Error("it was sent")
	}
}

func TestAFailureInTheMiddleOfPruningSaysHowFarItCame(t *testing.T) {
	server := &maker{t: t, n: 5000, each: contact}
	w := hold(t, contacts, server).start()
	server.fault = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/records/prune" || server.pruned < 2000 {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"error":{"code":"server_error","message":"Failed to prune records"}}`)
		return true
	}
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("It stopped; so far 2,000 payloads erased", "500")
}

func TestPruningSaysThatItKnowsNoFilter(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.filter("ada17")
	w.Do(screen.FilterDone)
	w.Do(Prune)
	w.See("It knows no filter")
	w.Do(screen.Submit)
	if goes := strings.Join(w.Proposal().Consequences, " "); !strings.Contains(goes, "records that are not shown go as well") {
		t.Error(goes)
	}
}
