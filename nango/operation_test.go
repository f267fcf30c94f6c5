package nango

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox"
)

// operationConstants are all constants of type Operation in operation.go.
func operationConstants(t *testing.T) []Operation {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "operation.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []Operation
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Operation" {
			return true
		}
		for _, value := range spec.Values {
			text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, Operation(text))
		}
		return true
	})
	return found
}

func TestEveryOperationIsInTheTable(t *testing.T) {
	constants := operationConstants(t)
	if len(constants) < 21 {
		t.Fatalf("found only %d operation constants", len(constants))
	}
	for _, operation := range constants {
		info, ok := operation.Info()
		if !ok || info.Effect < Reads || info.Effect > Destroys || info.Timeout <= 0 || !strings.HasPrefix(info.Since, "v0.") {
			t.Errorf("%s: its row in the operation table is missing or incomplete: %+v", operation, info)
		}
	}
	if len(Operations()) != len(constants) {
		t.Errorf("%d rows for %d constants", len(Operations()), len(constants))
	}
}

func TestOnlyLinkFormsAreDialogs(t *testing.T) {
	for _, operation := range Operations() {
		info, _ := operation.Info()
		if want := operation == OpSessionCreate || operation == OpSessionReconnect; info.FormIsDialog != want {
			t.Errorf("%s: quick is %v", operation, info.FormIsDialog)
		}
	}
}

// TestEveryOperationIsInTheSandbox sends the sample of every operation to the sandbox of the first version that has it. Only for a
// route that it doesn't have the sandbox responds with HTML.
func TestEveryOperationIsInTheSandbox(t *testing.T) {
	t.Parallel()
	for _, operation := range Operations() {
		t.Run(string(operation), func(t *testing.T) {
			t.Parallel()
			send, ok := samples[operation]
			if !ok {
				t.Fatal("add it to samples in recordings_responses_test.go")
			}
			version := sandbox.Server0714
			if operation.Effect() == Reads && operation.ofAccount() {
				version = sandbox.Server0717
			}
			server := sandbox.New(sandbox.Options{Connections: 1, RateLimit: -1, Wait: noWait, Server: version})
			client := serve(t, func(c *Config) { c.Key = Secret(server.Keys().Environment) }, func(w http.ResponseWriter, r *http.Request) {
				server.ServeHTTP(w, r)
				if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
					t.Errorf("the sandbox has no route for %s %s", r.Method, r.URL.Path)
				}
			})
			_, _ = send(context.Background(), client) // only the kind of response matters
		})
	}
}

// noWait lets the sandbox respond without the time that actions and builds take.
func noWait(context.Context, time.Duration) error { return nil }
