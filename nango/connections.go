package nango

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// MaxPage is the largest page of connections that Nango returns. Without a limit, Nango returns 10,000 rows and drops
// the rest silently (seen on v0.71.4), so lists in this package set a limit.
const MaxPage = 2000

// ConnectionQuery selects connections to list. Empty fields don't filter.
type ConnectionQuery struct {
	ID string // the exact connection id
	// Search is part of the connection id, or of the name or e-mail address of a deprecated end user. It doesn't
	// search tags.
	Search       string
	Integrations []string          // integration keys; a connection matches any of them
	Tags         map[string]string // must all match exactly. Keys are case-insensitive.
	// EndUser is the id of a deprecated end user. To find a customer known only by tags, use [TagUserID].
	EndUser      string
	Organization string // the id of a deprecated end user's organization
	Limit        int    // the page size, 1 to [MaxPage]. With 0, Nango uses 10,000.
	Page         int    // counts from 0, newest first. Set a limit with it.
	// most is how many rows of the page are kept; with 0, [ConnectionsBound].
	most int
}

// ListConnections reads one page of connections, newest first. Nango returns no total: the list ends with the first
// page that isn't full. Use [ConnectionPages] to read all.
func ListConnections(query ConnectionQuery) Read[[]Connection] {
	return read(query.call(), func(response Response) ([]Connection, error) {
		return decodeConnections(response, query)
	}, query.check())
}

// ConnectionRows is [ListConnections] that converts each connection as it is decoded, so that a list of thousands costs no memory
// for what it doesn't keep. Convert runs on the goroutine that decodes. Its connection has no metadata, shares the memory of the
// page, and is overwritten by the next one: convert copies what it keeps.
func ConnectionRows[T any](query ConnectionQuery, convert func(*Connection) T) Read[[]T] {
	return read(query.call(), func(response Response) ([]T, error) {
		return decodeConnectionRows(response, query, convert)
	}, query.check())
}

func (q ConnectionQuery) call() Call {
	call := newCall(OpConnectionsList, http.MethodGet, "connections")
	call.Query = q.values()
	if len(q.Integrations) == 1 {
		call.About.Integration = q.Integrations[0]
	}
	return call
}

func (q ConnectionQuery) values() url.Values {
	values := url.Values{}
	put(values.Set, "connectionId", q.ID, "search", q.Search, "integrationId", strings.Join(q.Integrations, ","), "endUserId", q.EndUser,
		"endUserOrganizationId", q.Organization, "limit", number(q.Limit), "page", number(q.Page))
	for key, value := range q.Tags {
		values.Set("tags["+key+"]", value)
	}
	return values
}

func (q ConnectionQuery) check() error {
	return firstError(checkPage("connections", q.Limit, MaxPage, q.Page), checkTagMap(q.Tags, checkFilterTag))
}

// checkPage checks the size and the number of a page.
func checkPage(rows string, limit, most, page int) error {
	return firstError(refuseIf(limit < 0 || limit > most, "the page size must be 1 to %d %s, not %d", most, rows, limit),
		refuseIf(page < 0, "the page number must be 0 or more, not %d", page))
}

// GetOptions are options for reading a connection.
type GetOptions struct {
	ForceRefresh bool // refreshes the token even if it isn't due or a failure made Nango back off
	RefreshToken bool // includes the refresh token in the credentials
}

// GetConnection reads a connection with all details. With a key that may read credentials, this is more than a read:
// Nango may refresh the token at the provider, updates a timestamp, and counts, logs and reports a failed refresh.
// The error of a failed refresh contains the connection: see [Error.Connection].
func GetConnection(ref ConnectionRef, options GetOptions) Request[ConnectionDetail] {
	call := aboutConnection(OpConnectionGet, http.MethodGet, ref)
	if options.ForceRefresh {
		call.Query.Set("force_refresh", "true")
	}
	if options.RefreshToken {
		call.Query.Set("refresh_token", "true")
	}
	return request(call, decodeConnection, ref.check(OpConnectionGet))
}

// ConnectionPatch is a change of a connection; nil fields stay unchanged. Credentials, config, id and metadata can't
// be changed this way.
type ConnectionPatch struct {
	Tags            *map[string]string // replaces all tags; an empty map removes them
	WebhookOverride *string            // a URL; an empty one removes it. Nango supports it since v0.71.1.
	EndUser         *EndUserInput      // sets the deprecated end user, whose tags replace the connection's
}

// UpdateConnection changes tags, the webhook override, or both.
func UpdateConnection(ref ConnectionRef, patch ConnectionPatch) Request[Success] {
	if patch.Tags != nil && *patch.Tags == nil {
		patch.Tags = &map[string]string{} // Nango refuses null
	}
	call, err := aboutConnection(OpConnectionUpdate, http.MethodPatch, ref).withBody(struct {
		Tags            *map[string]string `json:"tags,omitempty"`
		WebhookOverride *string            `json:"webhook_url_override,omitempty"`
		EndUser         *EndUserInput      `json:"end_user,omitempty"`
	}(patch))
	return request(call, decodeSuccess, ref.check(OpConnectionUpdate), err, patch.check())
}

func (p ConnectionPatch) check() error {
	var err error
	if p.Tags != nil {
		err = CheckTags(*p.Tags)
	}
	return firstError(err, checkWebhookOverride(p.WebhookOverride), p.EndUser.check())
}

// DeleteConnection deletes a connection with its credentials, syncs and records. Pre-deletion functions run first,
// which can take a while.
func DeleteConnection(ref ConnectionRef) Request[Success] {
	return request(aboutConnection(OpConnectionDelete, http.MethodDelete, ref), decodeSuccess, ref.check(OpConnectionDelete))
}

func aboutConnection(operation Operation, method string, ref ConnectionRef) Call {
	call := newCall(operation, method, "connections", ref.ID)
	call.Query = url.Values{"provider_config_key": {ref.Integration}}
	call.About = ref
	return call
}

// SetMetadata replaces the metadata of connections of one integration. If an id is unknown, nothing is changed.
func SetMetadata(integration string, ids []string, metadata json.RawMessage) Request[json.RawMessage] {
	return metadataRequest(OpMetadataSet, http.MethodPost, integration, ids, metadata)
}

// MergeMetadata merges an object into the metadata of connections of one integration. Only the top level is merged:
// nested objects are replaced, and null is stored, not removed.
func MergeMetadata(integration string, ids []string, metadata json.RawMessage) Request[json.RawMessage] {
	return metadataRequest(OpMetadataMerge, http.MethodPatch, integration, ids, metadata)
}

// metadataRequest returns what Nango echoes: the metadata sent.
func metadataRequest(operation Operation, method, integration string, ids []string, metadata json.RawMessage) Request[json.RawMessage] {
	call := newCall(operation, method, "connections", "metadata").about(ConnectionRef{Integration: integration})
	var target any = ids
	if len(ids) == 1 {
		call.About.ID, target = ids[0], ids[0]
	} else {
		call.IDs = slices.Clone(ids)
	}
	checked := CheckMetadata(metadata)
	if checked != nil {
		metadata = nil // malformed JSON cannot be part of a body
	}
	call, err := call.withBody(struct {
		ConnectionID      any             `json:"connection_id"`
		ProviderConfigKey string          `json:"provider_config_key"`
		Metadata          json.RawMessage `json:"metadata"`
	}{target, integration, metadata})
	return request(call, decodeJSON[json.RawMessage], checked, err, checkIDs(operation, integration, ids))
}

func checkIDs(operation Operation, integration string, ids []string) error {
	err := refuseIf(len(ids) == 0, "no connection is given")
	for _, id := range ids {
		err = firstError(err, ConnectionRef{Integration: integration, ID: id}.check(operation))
	}
	return err
}
