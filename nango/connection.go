package nango

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Connection is a connection as returned by the list.
type Connection struct {
	ID          string `json:"connection_id"`       // the connection id. It is unique only within its integration.
	Integration string `json:"provider_config_key"` // the integration key
	Provider    string `json:"provider"`            // the name of the integration's provider
	// Created is when the connection was created; zero if Nango's time is unreadable.
	Created  time.Time         `json:"created"`
	Metadata json.RawMessage   `json:"metadata"` // an unchanged JSON object, null, or nil
	Tags     map[string]string `json:"tags"`     // has lower-case keys, at most ten
	// Errors are the current errors: at most one for authentication and one per sync.
	Errors []ConnectionError `json:"errors"`
	// EndUser is the deprecated way to say who the connection belongs to. New connections have only tags.
	EndUser *EndUser `json:"end_user"`
}

// ConnectionError is a current error of a connection.
type ConnectionError struct {
	Type  string `json:"type"`   // "auth" or "sync"
	LogID string `json:"log_id"` // the id of the failed operation in Nango's logs
}

// EndUser is the deprecated way to say who a connection belongs to.
type EndUser struct {
	ID           string        `json:"id"`
	DisplayName  string        `json:"display_name"`
	Email        string        `json:"email"`
	Organization *Organization `json:"organization"`
}

// Organization is the organization of an end user.
type Organization struct {
	ID          string `json:"id"`
	DisplayName string `json:"display_name"`
}

// State is the health of a connection.
type State int

// The states, from best to worst.
const (
	Healthy State = iota
	SyncError
	AuthError
)

// String returns the state in one or two words.
func (s State) String() string {
	switch s {
	case AuthError:
		return "auth error"
	case SyncError:
		return "sync error"
	default:
		return "ok"
	}
}

// Ref returns the connection's reference.
func (c Connection) Ref() ConnectionRef {
	return ConnectionRef{Integration: c.Integration, ID: c.ID}
}

// State returns the worst of the connection's errors. An authentication error is the worst, because nothing works
// without authentication.
func (c Connection) State() State {
	state := Healthy
	for _, failure := range c.Errors {
		if failure.Type == "auth" {
			return AuthError
		}
		state = SyncError
	}
	return state
}

// FailedAt is the time of the newest error, if known. A log id such as "1795357740251_EKmT7arm" starts with that time
// in milliseconds (seen on v0.71.4); other forms contain no time.
func (c Connection) FailedAt() (time.Time, bool) {
	var newest time.Time
	for _, failure := range c.Errors {
		if at, ok := failure.At(); ok && at.After(newest) {
			newest = at
		}
	}
	return newest, !newest.IsZero()
}

const logIDDigits = 13

// At is the time of the failure, from the first 13 digits of its log id.
func (f ConnectionError) At() (time.Time, bool) {
	if len(f.LogID) < logIDDigits || len(f.LogID) > logIDDigits && f.LogID[logIDDigits] != '_' {
		return time.Time{}, false
	}
	millis, err := strconv.ParseUint(f.LogID[:logIDDigits], 10, 63)
	if err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(millis)), true
}

// Customer says who a connection belongs to.
type Customer struct {
	Name string // never empty
	// Detail is a second name, such as the e-mail address. It may be empty, and is never equal to Name.
	Detail string
}

// Tags that say who a connection belongs to.
const (
	TagUserName         = "end_user_display_name"
	TagUserEmail        = "end_user_email"
	TagUserID           = "end_user_id"
	TagOrganizationName = "organization_display_name"
	TagOrganizationID   = "organization_id"
)

// Customer returns who the connection belongs to, from its tags, else its end user, else its id.
func (c Connection) Customer() Customer {
	if found, ok := firstTwo(c.Tags[TagUserName], c.Tags[TagUserEmail], c.Tags[TagUserID], c.Tags[TagOrganizationName],
		c.Tags[TagOrganizationID]); ok {
		return found
	}
	if c.EndUser != nil {
		if found, ok := c.EndUser.customer(); ok {
			return found
		}
	}
	return Customer{Name: c.ID}
}

func (u *EndUser) customer() (Customer, bool) {
	organization := u.Organization
	if organization == nil {
		organization = &Organization{}
	}
	return firstTwo(u.DisplayName, u.Email, u.ID, organization.DisplayName, organization.ID)
}

// firstTwo returns the first two different names that are not empty.
func firstTwo(names ...string) (Customer, bool) {
	var found Customer
	for _, name := range names {
		switch name = strings.TrimSpace(name); {
		case name == "" || name == found.Name:
		case found.Name == "":
			found.Name = name
		default:
			found.Detail = name
			return found, true
		}
	}
	return found, found.Name != ""
}

// ConnectionDetail is a connection with everything Nango returns about it.
type ConnectionDetail struct {
	Connection
	Updated     time.Time  `json:"-"` // when the connection was last changed
	LastFetched *time.Time `json:"-"` // when the credentials were last read, or nil
	// ConnectionConfig is an unchanged JSON object. It can contain secrets.
	ConnectionConfig json.RawMessage `json:"connection_config"`
	// WebhookOverride is the URL that gets this connection's webhooks instead of the environment's, or nil.
	WebhookOverride *string `json:"webhook_url_override"`
	// Credentials is an unchanged JSON object. It is empty for providers without authentication, and for API keys
	// that may not read credentials.
	Credentials json.RawMessage `json:"credentials"`
	Raw         json.RawMessage `json:"-"` // the whole unchanged response, credentials included
}

// connectionWire is Nango's JSON of a connection. The list has "created" where other responses have "created_at".
type connectionWire struct {
	ConnectionDetail
	Created       timestamp `json:"created"`
	CreatedAt     timestamp `json:"created_at"`
	UpdatedAt     timestamp `json:"updated_at"`
	LastFetchedAt timestamp `json:"last_fetched_at"`
}

func (w connectionWire) detail() ConnectionDetail {
	detail := w.ConnectionDetail
	detail.Created, detail.Updated, detail.LastFetched = w.Created.Time, w.UpdatedAt.Time, w.LastFetchedAt.orNil()
	if detail.Created.IsZero() {
		detail.Created = w.CreatedAt.Time
	}
	return detail
}

// decodeConnection decodes a connection with all details.
func decodeConnection(response Response) (ConnectionDetail, error) {
	return connectionFrom(response.Body)
}

func connectionFrom(raw []byte) (ConnectionDetail, error) {
	wire, err := decodeJSON[connectionWire](Response{Body: raw})
	switch {
	case err != nil:
		return ConnectionDetail{}, err
	case wire.ID == "":
		return ConnectionDetail{}, missing("connection_id")
	case wire.Integration == "":
		return ConnectionDetail{}, missing("provider_config_key")
	}
	wire.Raw = raw
	return wire.detail(), nil
}

// MarshalJSON encodes the connection in the format of Nango's list.
func (c Connection) MarshalJSON() ([]byte, error) {
	type plain Connection
	if c.Errors == nil {
		c.Errors = []ConnectionError{}
	}
	return json.Marshal(plain(c))
}
