package bulk

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxLinks is the number of links of a plan: they work for half an hour, and each takes two requests.
const maxLinks = 1000

// linkFile is the suggested name of the file.
const linkFile = "reconnect-links.csv"

// linkColumns are the columns of the file, for a mail merge.
var linkColumns = []string{"customer", "email", "organization", "integration", "connection", "link", "valid_until"}

var errLinkNotWritten = errors.New(textLinkNotWritten)

// prepareLinks creates the file before the first link is made. A run that goes on appends to its file.
func prepareLinks(tools screen.Tools, r *Run) error {
	if r.keep.file != nil || r.linksBegun {
		return nil
	}
	isNew := r.keep.name == ""
	if isNew {
		if err := tools.Files.Append(r.path, csvLine(linkColumns), true); err != nil {
			if errors.Is(err, fs.ErrExist) {
				err = fmt.Errorf(errFileExists, r.path)
			}
			return err
		}
	}
	r.linksBegun = true
	return nil
}

// sendLink creates the link of a connection as it was just read: tags that are not sent again are lost.
func sendLink(t *screen.Turn, r *Run, s span, row *nango.Connection) {
	c := *row
	send(t, r, s, nango.ReconnectSession(c.Ref(), nango.SessionInput{Tags: c.Tags}), func(tools screen.Tools, made nango.Session) error {
		if err := tools.Files.Append(r.path, csvLine(linkCells(c, made)), false); err != nil {
			return fmt.Errorf("%w: %w", errLinkNotWritten, err)
		}
		return nil
	})
}

// linkCells are the cells of a link. This file is the only place that gets it.
func linkCells(c nango.Connection, made nango.Session) []string {
	email, organization := c.Tags[nango.TagUserEmail], cmp.Or(c.Tags[nango.TagOrganizationName], c.Tags[nango.TagOrganizationID])
	if u := c.EndUser; u != nil {
		email = cmp.Or(email, u.Email)
		if u.Organization != nil {
			organization = cmp.Or(organization, u.Organization.DisplayName, u.Organization.ID)
		}
	}
	link := cmp.Or(made.Link.Reveal(), made.Token.Reveal())
	cells := []string{c.Customer().Name, email, organization, c.Integration, c.ID, link, made.ExpiresAt.UTC().Format(time.RFC3339)}
	for i, cell := range cells {
		cells[i] = clean.Line(cell).String()
		if strings.ContainsAny(cells[i][:min(len(cells[i]), 1)], "=+-@") { // a spreadsheet would run it as a formula
			cells[i] = "'" + cells[i]
		}
	}
	return cells
}

func csvLine(cells []string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(cells) // a buffer takes everything
	w.Flush()
	return b.Bytes()
}
