package records

import (
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func TestSingleModelOpens(t *testing.T) {
	st, _ := sandboxed(t, "records/empty/globex-1", func(s *sandbox.Server) {
		if err := s.AddFunction("empty", sandbox.FunctionSpec{Kind: "sync", Name: "contacts", Returns: []string{"Contact"},
			Runs: "every hour", AutoStart: true}); err != nil {
			t.Fatal(err)
		}
	})
	if len(st.Opened) != 1 || st.Opened[0].String() != "records/empty/globex-1?model=Contact" {
		t.Errorf("opened %v\n%s", st.Opened, st.View())
	}
}

func TestChooseModel(t *testing.T) {
	st, _ := sandboxed(t, "records/hubspot/globex-1", func(s *sandbox.Server) {
		for name, models := range map[string][]string{"contacts": {"Contact"}, "deals": {"Deal", "DealTicket"}} {
			if err := s.AddFunction("hubspot", sandbox.FunctionSpec{Kind: "sync", Name: name, Returns: models, Runs: "every hour",
				AutoStart: true}); err != nil {
				t.Fatal(err)
			}
		}
	})
	st.See("3 models", "Contact", "DealTicket", "deals", "RECORDS")
	st.Do(screen.Down)
	st.Do(OpenModel)
	if len(st.Opened) != 1 || st.Opened[0].String() != "records/hubspot/globex-1?model=Deal" {
		t.Errorf("opened %v", st.Opened)
	}
	st.Do(screen.Filter)
	st.Type("ticket")
	st.NotSee("contacts")
}

func TestEnterModel(t *testing.T) {
	st, _ := sandboxed(t, "records/empty/globex-1", nil)
	st.See("No sync of this connection saves records", "opens a model")
	st.Do(TypeModel)
	st.Type("contact")
	st.Do(screen.Submit)
	st.See("capital letter")
	form := st.Screen.(*screen.Form)
	form.Fields.Set(fieldModel, "Contact")
	form.Fields.Set(fieldVariant, "base")
	st.Do(screen.Submit)
	if len(st.Opened) != 1 || st.Opened[0].String() != "records/empty/globex-1?model=Contact" {
		t.Errorf("opened %v", st.Opened)
	}
}

func TestModelsLoadFailure(t *testing.T) {
	st, server := sandboxed(t, "records/hubspot/globex-1", nil)
	server.OrchestratorDown(true)
	st.Do(screen.Refresh)
	st.See("Couldn't load models", "tries again")
}

func TestInvalidRoutes(t *testing.T) {
	for _, route := range []string{"records", "records/hubspot", "records/a/b/c", "records/a/b?model=contact",
		"records/a/b?model=C", "records/a/b?limit=3", "records/a/b?model=Contact&variant=a%2Fb"} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(r); err == nil {
			t.Errorf("%s is taken", route)
		}
	}
	if l := at(t, "records/a/b?model=Contact&variant=base").(*List); l.query.Variant != "" || strings.Contains(l.Title(), "base") {
		t.Errorf("%+v", l.query)
	}
}
