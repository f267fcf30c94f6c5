package connections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
)

// Routes to everything of an end user and of an organization: customer/WHO and organization/WHO, where WHO is an id, an e-mail address
// or a name, and ?by=TAG says which of them.
const (
	CustomerRoute     = "customer"
	OrganizationRoute = "organization"
	queryBy           = "by"
)

// OtherProfiles searches the other profiles, too.
const OtherProfiles screen.ActionID = "customer.otherProfiles"

// ownerKinds are the tags that identify a customer or an organization, and the same of the deprecated end user.
var ownerKinds = map[string][]ownerKind{
	CustomerRoute: {
		{nango.TagUserID, endUserID}, {nango.TagUserEmail, endUserMark + "email"}, {nango.TagUserName, endUserMark + "display_name"},
	},
	OrganizationRoute: {
		{nango.TagOrganizationID, endUserMark + "organization_id"}, {nango.TagOrganizationName, endUserMark + "organization"},
	},
}

type ownerKind struct{ tag, legacy string }

// Customer lists the connections of an end user or an organization over all integrations, the broken ones first, and says which of
// several connections of one end user to an integration to keep. It shows what lists have read, and otherwise asks the server: for
// each tag, and for the deprecated end user, which the server's search by tags doesn't find, nor the other way round.
type Customer struct {
	*screen.List[ownedRow, ownedKey]
	route string
	who   string
	kinds []ownerKind
	// queries are the searches on the server.
	queries []nango.ConnectionQuery

	loads [5]screen.Load[[]nango.Connection]
	// rows are the connections of all profiles.
	rows []ownedRow
	// others are the searches in other profiles, by their names in profiles.
	profiles []string
	others   map[string]*screen.Task[ownedPage]
	// cut are the profiles whose servers may have more than were read.
	cut  map[string]bool
	at   time.Time
	seen int // version of the store up to which others' facts are shown
}

// ownedPage is what a search in a profile found.
type ownedPage struct {
	all []nango.Connection
	cut bool
}

type ownedKey struct {
	profile string
	ref     nango.ConnectionRef
}

// NewCustomer creates the screen of a route. Profiles are the names of the other profiles, which are searched on request.
func NewCustomer(r screen.Route, profiles []string) (*Customer, error) {
	if err := r.CheckQuery(queryBy, "q"); err != nil {
		return nil, err
	}
	c := &Customer{route: r.Name, who: strings.TrimSpace(r.Arg(0)), kinds: ownerKinds[r.Name], profiles: profiles,
		others: map[string]*screen.Task[ownedPage]{}, cut: map[string]bool{}}
	if by := r.Query.Get(queryBy); by != "" {
		c.kinds = slices.DeleteFunc(slices.Clone(c.kinds), func(k ownerKind) bool { return k.tag != by })
	}
	if c.who == "" || len(c.kinds) == 0 {
		return nil, fmt.Errorf(errOwner, r.Name, r.Name, ownerTags(r.Name))
	}
	c.queries = ownerQueries(c.who, c.kinds)
	c.List = screen.NewList(c.who, (*ownedRow).key, ownedColumns(), ownedLanguage())
	c.Name, c.DefaultColumns = r.Name, c.defaultColumns
	c.SetFilter(r.Query.Get("q"))
	return c, nil
}

func ownerTags(route string) string {
	var tags []string
	for _, kind := range ownerKinds[route] {
		tags = append(tags, kind.tag)
	}
	return strings.Join(tags, ", ")
}

// Open shows what a list of all connections has, if it is young, and otherwise asks the server.
func (c *Customer) Open(t *screen.Turn) {
	kept := newestFor(t.Store, scope{})
	if kept == nil {
		c.Refresh(t)
		return
	}
	for i := range kept.rows {
		if c.owns(&kept.rows[i]) {
			c.rows = append(c.rows, ownedRow{row: kept.rows[i]})
		}
	}
	c.at, c.seen = kept.at, kept.version
	c.catchUp(t)
	c.show()
	if !kept.isComplete() || !t.IsFresh(kept.at) || t.Store.IsOutdated(kept.since, kept.version) {
		c.Refresh(t)
	}
}

// owns reports whether a connection belongs to the customer. Ids differ by case, names and addresses don't.
func (c *Customer) owns(r *row) bool {
	if !strings.Contains(r.search(), strings.ToLower(c.who)) { // much quicker
		return false
	}
	for _, p := range r.pairs() {
		for _, kind := range c.kinds {
			isID := kind.tag == nango.TagUserID || kind.tag == nango.TagOrganizationID
			if (p.key == kind.tag || p.key == kind.legacy) && (p.value == c.who || !isID && strings.EqualFold(p.value, c.who)) {
				return true
			}
		}
	}
	return false
}

// ownerQueries are the searches on the server for an end user or an organization. The tags must match exactly.
func ownerQueries(who string, kinds []ownerKind) []nango.ConnectionQuery {
	var all []nango.ConnectionQuery
	for _, kind := range kinds {
		if nango.CheckTag(kind.tag, who) == nil {
			all = append(all, nango.ConnectionQuery{Tags: map[string]string{kind.tag: who}, Limit: nango.MaxPage})
		}
		switch kind.tag {
		case nango.TagUserID:
			all = append(all, nango.ConnectionQuery{EndUser: who, Limit: nango.MaxPage})
		case nango.TagOrganizationID:
			all = append(all, nango.ConnectionQuery{Organization: who, Limit: nango.MaxPage})
		}
	}
	if kinds[len(kinds)-1].tag == nango.TagUserName || kinds[0].tag == nango.TagUserEmail {
		all = append(all, nango.ConnectionQuery{Search: who, Limit: nango.MaxPage})
	}
	return slices.DeleteFunc(all, func(q nango.ConnectionQuery) bool { return nango.ListConnections(q).Validate() != nil })
}

// Refresh asks the server. Rows that it doesn't have any more go once all searches have ended.
func (c *Customer) Refresh(t *screen.Turn) {
	began := t.Now
	if len(c.queries) == 0 { // the server can't search for it
		c.at = began
	}
	for i := range c.loads {
		if c.loads[i].Cancel(t); i < len(c.queries) {
			c.loads[i].Fetch(t, nango.ListConnections(c.queries[i]), func(t *screen.Turn) { c.loaded(t, began) })
		}
	}
}

func (c *Customer) loaded(t *screen.Turn, began time.Time) {
	if c.isLoading() || c.failed() != nil {
		return
	}
	page := ownedPage{}
	for i := range c.loads {
		page.all = append(page.all, c.loads[i].Value...)
		page.cut = page.cut || len(c.loads[i].Value) >= nango.MaxPage
		c.loads[i].Value = nil
	}
	c.at, c.seen = began, t.Store.Version()
	c.take("", page)
}

func (c *Customer) isLoading() bool {
	return slices.ContainsFunc(c.loads[:], func(l screen.Load[[]nango.Connection]) bool { return l.IsLoading() })
}

// failed is why a search failed; nil if none did.
func (c *Customer) failed() error {
	var errs []error
	for i := range c.loads {
		errs = append(errs, c.loads[i].Err)
	}
	return errors.Join(errs...)
}

// take shows what a search in a profile found in place of what was known.
func (c *Customer) take(profile string, page ownedPage) {
	c.rows = slices.DeleteFunc(c.rows, func(r ownedRow) bool { return r.profile == profile })
	if delete(c.cut, profile); page.cut {
		c.cut[profile] = true
	}
	known := map[nango.ConnectionRef]bool{}
	for i := range page.all {
		r := ownedRow{row: newRow(&page.all[i]), profile: profile}
		if ref := page.all[i].Ref(); !known[ref] && c.owns(&r.row) {
			known[ref] = true
			c.rows = append(c.rows, r)
		}
	}
	c.show()
}

// searchOthers searches the other profiles with their own keys. Their requests leave a quarter of the budget.
func (c *Customer) searchOthers(t *screen.Turn) {
	for _, name := range c.profiles {
		task := c.others[name]
		if task == nil {
			task = new(screen.Task[ownedPage])
			c.others[name] = task
		}
		task.StartIn(t, name, nango.OpConnectionsList, func(ctx context.Context, tools screen.Tools) (page ownedPage, err error) {
			for _, query := range c.queries {
				all, err := screen.Read(ctx, tools, nango.ListConnections(query))
				if err != nil {
					return page, err
				}
				page.all, page.cut = append(page.all, all...), page.cut || len(all) >= nango.MaxPage
			}
			return page, nil
		}, func(*screen.Turn) {
			if task.Err == nil {
				c.take(name, task.Value)
			}
			task.Value = ownedPage{}
		})
	}
}

// Notify shows what others have learned.
func (c *Customer) Notify(t *screen.Turn) {
	if !c.at.IsZero() && c.seen != t.Store.Version() {
		c.catchUp(t)
		c.show()
	}
}

func (c *Customer) catchUp(t *screen.Turn) {
	for _, fact := range t.Store.FactsSince(c.seen) {
		i := slices.IndexFunc(c.rows, func(r ownedRow) bool { return r.key() == ownedKey{ref: fact.Ref} })
		var r ownedRow
		if fact.Connection != nil {
			r.row = newRow(fact.Connection)
		}
		switch owned := fact.Connection != nil && c.owns(&r.row); {
		case i >= 0 && owned:
			c.rows[i] = r
		case i >= 0:
			c.rows = slices.Delete(c.rows, i, i+1)
		case owned:
			c.rows = append(c.rows, r)
		}
	}
	c.seen = t.Store.Version()
}

// show judges and sorts the rows.
func (c *Customer) show() {
	judgeDuplicates(c.rows)
	slices.SortStableFunc(c.rows, compareOwned)
	atTop := c.Table.Position() == 0
	c.Table.SetRows(slices.Clone(c.rows))
	if atTop {
		c.Table.Top()
	}
	c.ShowColumns()
}

// AutoRefresh reports that the list reloads by itself while it is on top.
func (c *Customer) AutoRefresh() bool { return true }

// LoadedAt is when the connections of this profile were read.
func (c *Customer) LoadedAt() time.Time { return c.at }

// Concerns reports whether a call changed connections.
func (c *Customer) Concerns(call nango.Call) bool {
	switch call.Operation {
	case nango.OpConnectionUpdate, nango.OpConnectionDelete, nango.OpConnectionUpsert, nango.OpIntegrationDelete, nango.OpIntegrationUpdate:
		return true
	}
	return false
}

func ownedLanguage() filter.Language[ownedRow] {
	return filter.Language[ownedRow]{
		Text: func(r *ownedRow) string { return r.search() + strings.ToLower(r.profile) },
		Fields: []filter.Field[ownedRow]{
			filter.EnumField(fieldState, (*ownedRow).states, "ok", wordBroken, "auth", "sync", "duplicate", "keep"),
			filter.TextField("integration", func(r *ownedRow) string { return r.integration() }),
			filter.TextField("profile", func(r *ownedRow) string { return r.profile }),
		},
	}
}
