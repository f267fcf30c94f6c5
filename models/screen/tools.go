package screen

import (
	"context"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

// Tools is what runs off App's goroutine may use: the user's files, and the client of the screen's profile, which only
// this package sends with.
type Tools struct {
	Files Files
	// Mask hides secrets that the program has seen in a text, and MaskJSON those of a JSON text, by key as well. Policy is what
	// MaskJSON hides.
	Mask     func(string) string
	MaskJSON func([]byte) []byte
	Policy   jsontext.Policy

	client *nango.Client
}

// NewTools is for App.
func NewTools(client *nango.Client, files Files, secrets *nango.Secrets) Tools {
	return Tools{Files: files, Mask: secrets.Mask, MaskJSON: secrets.MaskJSON, Policy: secrets.Policy(), client: client}
}

// Read sends a read, for work that takes many of them: together they leave a quarter of the budget. Nothing that can write
// has such a way.
func Read[T any](ctx context.Context, tools Tools, r nango.Read[T]) (T, error) {
	return nango.Fetch(ctx, tools.client.Bulk(), r)
}

// Bulk is the tools for what an earlier yes covers, which may be many.
func (t Tools) Bulk() Tools {
	t.client = t.client.Bulk()
	return t
}
