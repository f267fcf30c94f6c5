package nango

import (
	"encoding/json"
	"time"
)

// connectionWire is Nango's JSON of a connection. The list has "created" where other responses have "created_at".
type connectionWire struct {
	ConnectionID      string            `json:"connection_id"`
	ProviderConfigKey string            `json:"provider_config_key"`
	Provider          string            `json:"provider"`
	Created           timestamp         `json:"created"`
	CreatedAt         timestamp         `json:"created_at"`
	UpdatedAt         timestamp         `json:"updated_at"`
	LastFetchedAt     timestamp         `json:"last_fetched_at"`
	Metadata          json.RawMessage   `json:"metadata"`
	ConnectionConfig  json.RawMessage   `json:"connection_config"`
	WebhookOverride   *string           `json:"webhook_url_override"`
	Tags              map[string]string `json:"tags"`
	Errors            []failureWire     `json:"errors"`
	EndUser           *EndUser          `json:"end_user"`
	Credentials       json.RawMessage   `json:"credentials"`
}

type failureWire struct {
	Type  string `json:"type"`
	LogID string `json:"log_id"`
}

// connection returns the part that the list has, too.
func (w *connectionWire) connection() Connection {
	created := w.Created.Time
	if created.IsZero() {
		created = w.CreatedAt.Time
	}
	failures := make([]ConnectionError, 0, len(w.Errors))
	for _, failure := range w.Errors {
		failures = append(failures, ConnectionError(failure))
	}
	return Connection{
		ID: w.ConnectionID, Integration: w.ProviderConfigKey, Provider: w.Provider, Created: created,
		Metadata: w.Metadata, Tags: w.Tags, Errors: failures, EndUser: w.EndUser,
	}
}

func (w *connectionWire) check() error {
	switch {
	case w.ConnectionID == "":
		return missing("connection_id")
	case w.ProviderConfigKey == "":
		return missing("provider_config_key")
	}
	return nil
}

// decodeConnection decodes a connection with all details.
func decodeConnection(response Response) (ConnectionDetail, error) {
	return connectionFrom(response.Body)
}

func connectionFrom(raw []byte) (ConnectionDetail, error) {
	wire, err := decodeJSON[connectionWire](Response{Body: raw})
	if err != nil {
		return ConnectionDetail{}, err
	}
	if err := wire.check(); err != nil {
		return ConnectionDetail{}, err
	}
	return ConnectionDetail{
		Connection: wire.connection(), Updated: wire.UpdatedAt.Time, LastFetched: wire.LastFetchedAt.orNil(),
		ConnectionConfig: wire.ConnectionConfig, WebhookOverride: wire.WebhookOverride,
		Credentials: wire.Credentials, Raw: raw,
	}, nil
}

// MarshalJSON encodes the connection in the format of Nango's list.
func (c Connection) MarshalJSON() ([]byte, error) {
	failures := make([]failureWire, 0, len(c.Errors))
	for _, failure := range c.Errors {
		failures = append(failures, failureWire(failure))
	}
	return json.Marshal(struct {
		ConnectionID      string            `json:"connection_id"`
		ProviderConfigKey string            `json:"provider_config_key"`
		Provider          string            `json:"provider"`
		Created           time.Time         `json:"created"`
		Metadata          json.RawMessage   `json:"metadata"`
		Tags              map[string]string `json:"tags"`
		Errors            []failureWire     `json:"errors"`
		EndUser           *EndUser          `json:"end_user"`
	}{c.ID, c.Integration, c.Provider, c.Created, c.Metadata, c.Tags, failures, c.EndUser})
}
