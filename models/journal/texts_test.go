package journal

import (
	"testing"

	"nango-tui/nango"
)

func TestEveryRecordedOperationHasAName(t *testing.T) {
	for _, operation := range nango.Operations() {
		if operation.Effect() > nango.Reads && operationNames[operation] == "" {
			t.Errorf("%s has no name", operation)
		}
	}
}
