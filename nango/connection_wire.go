package nango

import "encoding/json"

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
