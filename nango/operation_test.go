package nango

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
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
		if !ok || info.Effect < Reads || info.Effect > Destroys || info.Timeout <= 0 || !strings.HasPrefix(info.Since, "v0.") &&
			info.Since != sinceUnreleased {
			t.Errorf("%s: row %+v, there: %v", operation, info, ok)
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
