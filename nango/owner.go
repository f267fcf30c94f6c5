package nango

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Owner is what a key belongs to. Both kinds of keys look alike, and no call of Nango tells which it is: what the key
// is allowed to do does.
type Owner int32

const (
	OwnerUnknown     Owner = iota // not known yet
	OwnerEnvironment              // a key of one environment
	OwnerAccount                  // an account key, which can only manage environments and their keys
)

// scopeOfAccount is the prefix of scopes that only account keys have.
const scopeOfAccount = "account:"

// saysAccount is Nango's message when an account key is used for an operation that requires a key but no scope (seen
// on v0.71.4). For an operation that requires a scope, the message is the same as for an environment key that lacks
// it.
const saysAccount = "API key is not authorized for an environment"

// ProbeOwner is a read that every environment key may do and no account key. From the response, the client learns the
// key's owner. It works even if the provider doesn't exist.
func ProbeOwner() Read[Provider] { return GetProvider("github") }

// Owner returns the key's owner, as far as the responses so far tell.
func (c *Client) Owner() Owner { return Owner(c.owner.Load()) }

// learnOwner learns the key's owner from the result of a call.
func (c *Client) learnOwner(call Call, e *Error) {
	if call.Token != "" || call.Operation.isProxied() {
		return // the call didn't use the key, or the response may come from a provider
	}
	served := e == nil || e.Kind == NotFound
	switch {
	case served && call.Operation.ofAccount(), e != nil && e.Kind == Forbidden && e.Message == saysAccount:
		c.owner.Store(int32(OwnerAccount))
	case served:
		c.owner.Store(int32(OwnerEnvironment))
	}
	if e != nil {
		e.owner = c.Owner()
	}
}

// ofAccount reports whether the operation requires an account key.
func (o Operation) ofAccount() bool {
	scopes := operations[o].Scopes
	return len(scopes) > 0 && strings.HasPrefix(scopes[0], scopeOfAccount)
}

// fingerprintDigits is the number of hexadecimal digits of a fingerprint: enough to distinguish one user's keys, and
// far too few to find a key.
const fingerprintDigits = 16

// Fingerprint identifies the client's key in stored data without revealing it: the first digits of a hash.
func (c *Client) Fingerprint() string { return c.fingerprint }

func fingerprint(key Secret) string {
	hash := sha256.Sum256([]byte("nango-tui key fingerprint\n" + strings.ToLower(key.Reveal())))
	return hex.EncodeToString(hash[:])[:fingerprintDigits]
}
