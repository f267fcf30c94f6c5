package nango

import (
	"encoding/json"
	"strings"
	"time"
)

// Connection is a connection as the list has it.
type Connection struct {
	// ID is the connection id. It is unique only within the integration.
	ID string
	// Integration is the integration's key.
	Integration string
	// Provider is the name of the integration's provider.
	Provider string
	// Created is when the connection was made; zero where Nango's time cannot be read.
	Created time.Time
	// Metadata is a JSON object as it was written, or null, or nil.
	Metadata json.RawMessage
	// Tags has lower-case keys, at most ten.
	Tags map[string]string
	// Errors are what is broken now: at most one of authentication, and one for each sync.
	Errors []ConnectionError
	// EndUser is who the connection was made for, the old way. A connection made today has only tags.
	EndUser *EndUser
}

// ConnectionError is one thing that is broken.
type ConnectionError struct {
	// Type is "auth" or "sync".
	Type string
	// LogID names the operation of Nango's logs in which it broke.
	LogID string
}

// EndUser is who a connection was made for, the deprecated way.
type EndUser struct {
	ID           string        `json:"id"`
	DisplayName  string        `json:"display_name"`
	Email        string        `json:"email"`
	Organization *Organization `json:"organization"`
}

// Organization is what an end user belongs to.
type Organization struct {
	ID          string `json:"id"`
	DisplayName string `json:"display_name"`
}

// State says how a connection is.
type State int

// The states, the worst last.
const (
	Healthy State = iota
	SyncError
	AuthError
)

// String is the state in a word or two.
func (s State) String() string {
	switch s {
	case AuthError:
		return "auth error"
	case SyncError:
		return "sync error"
	default:
		return "fine"
	}
}

// Ref names the connection.
func (c Connection) Ref() ConnectionRef {
	return ConnectionRef{Integration: c.Integration, ID: c.ID}
}

// State tells how the connection is. Without authentication nothing else works, so that error wins.
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

// FailedAt is when the newest of the errors was logged. A log id such as "1795357740251_EKmT7arm" begins
// with the milliseconds of that moment (seen on v0.71.4); another form tells no time.
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

// At is when the failure was logged, read from the first 13 digits of its log id.
func (f ConnectionError) At() (time.Time, bool) {
	if len(f.LogID) < logIDDigits || len(f.LogID) > logIDDigits && f.LogID[logIDDigits] != '_' {
		return time.Time{}, false
	}
	var millis int64
	for _, digit := range []byte(f.LogID[:logIDDigits]) {
		if digit < '0' || digit > '9' {
			return time.Time{}, false
		}
		millis = millis*10 + int64(digit-'0')
	}
	return time.UnixMilli(millis), true
}

// Customer is who the connection belongs to, in the best words there are.
type Customer struct {
	// Name is never empty.
	Name string
	// Detail is a second part, such as the e-mail; it may be empty and is never the name again.
	Detail string
}

// The tags that say who a connection belongs to.
const (
	TagUserName         = "end_user_display_name"
	TagUserEmail        = "end_user_email"
	TagUserID           = "end_user_id"
	TagOrganizationName = "organization_display_name"
	TagOrganizationID   = "organization_id"
)

// Customer reads who the connection belongs to from its tags, then from its end user, then from its id.
func (c Connection) Customer() Customer {
	if found, ok := firstTwo(c.Tags[TagUserName], c.Tags[TagUserEmail], c.Tags[TagUserID], c.Tags[TagOrganizationName], c.Tags[TagOrganizationID]); ok {
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

// firstTwo are the first two different names that are there.
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

// ConnectionDetail is a connection whole.
type ConnectionDetail struct {
	Connection
	// Updated is when the connection was changed last.
	Updated time.Time
	// LastFetched is when somebody read the credentials last, or nil.
	LastFetched *time.Time
	// ConnectionConfig is a JSON object as it was written. It can hold secrets.
	ConnectionConfig json.RawMessage
	// WebhookOverride is where webhooks of this connection go instead of the environment's address, or nil.
	WebhookOverride *string
	// Credentials is a JSON object as it was written: empty for providers without authentication, and also
	// for an API key that may not read credentials.
	Credentials json.RawMessage
	// Raw is the whole answer as it was written, credentials included.
	Raw json.RawMessage
}
