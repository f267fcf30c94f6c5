package connections

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
)

// A server may send all connections in one page, whatever the request asks for.
func TestLoadingStopsAtLimitWithinAPage(t *testing.T) {
	const n = nango.ConnectionsBound + 5000
	var body strings.Builder
	body.WriteString(`{"connections":[`)
	for i := range n {
		fmt.Fprintf(&body, `{"connection_id":"c%d","provider_config_key":"hubspot","provider":"hubspot"},`, i)
	}
	answer := strings.TrimSuffix(body.String(), ",") + "]}"
	list, err := NewList(screen.To("connections"))
	if err != nil {
		t.Fatal(err)
	}
	st := screentest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, answer)
	}), "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1", list)
	st.See("20,000", "loading stops at 20,000 connections")
	if list.table.Len() != nango.ConnectionsBound {
		t.Errorf("%d rows are kept", list.table.Len())
	}
	st.Do(LiftBound)
	st.See("25,000")
	if list.table.Len() != n || list.atBound() {
		t.Errorf("%d rows are kept", list.table.Len())
	}
}
