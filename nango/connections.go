package nango

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// MaxPage is the largest page of connections that Nango gives. Without a limit it gives 10,000 rows and cuts
// the rest without a word (seen on v0.71.4), so no list of this package goes without one but by will.
const MaxPage = 2000

// ConnectionQuery says which connections to list. Fields left empty do not filter.
type ConnectionQuery struct {
	// ID is the connection id, exactly.
	ID string
	// Search is part of the connection id, or of the name or e-mail of an old-style end user. It does not
	// look at tags.
	Search string
	// Integrations are integration keys; any of them.
	Integrations []string
	// Tags are all of them, with exactly these values. Keys compare without case.
	Tags map[string]string
	// EndUser is the id of an old-style end user. A customer known by tags alone is found by [TagUserID].
	EndUser string
	// Organization is the id of an old-style organisation.
	Organization string
	// Limit is rows a page, 1 to [MaxPage]; 0 leaves it to Nango, which gives 10,000.
	Limit int
	// Page counts from 0, newest first. It needs a limit to be useful.
	Page int
}

// ListConnections reads one page of connections, newest first. There is no total: the list ends with the
// first page that is not full. Use [ConnectionPages] for all of them.
func ListConnections(query ConnectionQuery) Read[[]Connection] {
	call := newCall(OpConnectionsList, http.MethodGet, "connections")
	call.Query = query.values()
	if len(query.Integrations) == 1 {
		call.About.Integration = query.Integrations[0]
	}
	return read(call, decodeConnections, query.check())
}

func (q ConnectionQuery) values() url.Values {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("connectionId", q.ID)
	set("search", q.Search)
	set("integrationId", strings.Join(q.Integrations, ","))
	for key, value := range q.Tags {
		values.Set("tags["+key+"]", value)
	}
	set("endUserId", q.EndUser)
	set("endUserOrganizationId", q.Organization)
	if q.Limit != 0 {
		values.Set("limit", strconv.Itoa(q.Limit))
	}
	if q.Page != 0 {
		values.Set("page", strconv.Itoa(q.Page))
	}
	return values
}

func (q ConnectionQuery) check() error {
	if q.Limit < 0 || q.Limit > MaxPage {
		return fmt.Errorf("a page has 1 to %d connections, not %d", MaxPage, q.Limit)
	}
	if q.Page < 0 {
		return fmt.Errorf("pages count from 0, not from %d", q.Page)
	}
	return checkTagFilter(q.Tags)
}

// GetOptions says how to read a connection.
type GetOptions struct {
	// ForceRefresh refreshes the token whether it is due or not, also within the back-off after a failure.
	ForceRefresh bool
	// RefreshToken asks for the refresh token to be among the credentials.
	RefreshToken bool
}

// GetConnection reads a connection whole. With a key that may read credentials this is no mere look: it may
// refresh the token at the provider, it stamps the time, and a failure is counted, logged and reported to
// webhooks. The error of a failed refresh carries the connection all the same: see [Error.Connection].
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

// ConnectionPatch is what to change in a connection; what is nil stays. Credentials, config, id and metadata
// cannot be changed this way.
type ConnectionPatch struct {
	// Tags replaces all tags; an empty map removes them.
	Tags *map[string]string
	// WebhookOverride is a URL; an empty one removes it. Nango has it since v0.71.1.
	WebhookOverride *string
	// EndUser sets the end user the deprecated way. It replaces the tags by its own.
	EndUser *EndUserInput
}

// UpdateConnection changes tags, the webhook override, or both.
func UpdateConnection(ref ConnectionRef, patch ConnectionPatch) Request[Success] {
	if patch.Tags != nil && *patch.Tags == nil {
		patch.Tags = &map[string]string{} // null would be refused
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

// DeleteConnection deletes a connection with its credentials, syncs and records. Pre-deletion functions run
// first, which can take a while.
func DeleteConnection(ref ConnectionRef) Request[Success] {
	return request(aboutConnection(OpConnectionDelete, http.MethodDelete, ref), decodeSuccess, ref.check(OpConnectionDelete))
}

func aboutConnection(operation Operation, method string, ref ConnectionRef) Call {
	call := newCall(operation, method, "connections", ref.ID)
	call.Query = url.Values{"provider_config_key": {ref.Integration}}
	call.About = ref
	return call
}

// SetMetadata replaces the metadata of one or many connections of an integration by an object. Either all
// ids are known, or nothing is changed.
func SetMetadata(integration string, ids []string, metadata json.RawMessage) Request[json.RawMessage] {
	return metadataRequest(OpMetadataSet, http.MethodPost, integration, ids, metadata)
}

// MergeMetadata puts the keys of an object into the metadata of one or many connections of an integration.
// Only the top level is merged: an object under a key is replaced, and null is stored, not removed.
func MergeMetadata(integration string, ids []string, metadata json.RawMessage) Request[json.RawMessage] {
	return metadataRequest(OpMetadataMerge, http.MethodPatch, integration, ids, metadata)
}

// metadataRequest answers with the echo of what was sent, as Nango does.
func metadataRequest(operation Operation, method, integration string, ids []string, metadata json.RawMessage) Request[json.RawMessage] {
	call := newCall(operation, method, "connections", "metadata")
	call.About.Integration = integration
	var target any = ids
	if len(ids) == 1 {
		call.About.ID, target = ids[0], ids[0]
	}
	checked := CheckMetadata(metadata)
	if checked != nil {
		metadata = nil // a malformed piece cannot be put into a body
	}
	call, err := call.withBody(struct {
		ConnectionID      any             `json:"connection_id"`
		ProviderConfigKey string          `json:"provider_config_key"`
		Metadata          json.RawMessage `json:"metadata"`
	}{target, integration, metadata})
	return request(call, decodeJSON[json.RawMessage], checked, err, checkIDs(operation, integration, ids))
}

func checkIDs(operation Operation, integration string, ids []string) error {
	if len(ids) == 0 {
		return fmt.Errorf("no connection is named")
	}
	for _, id := range ids {
		if err := (ConnectionRef{Integration: integration, ID: id}).check(operation); err != nil {
			return err
		}
	}
	return nil
}
