package nango

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Owner is what a key belongs to. The two kinds of keys look alike, and Nango has no call that tells: one learns it from
// what the key may do.
type Owner int32

const (
	// OwnerUnknown is a key that has not been told apart yet.
	OwnerUnknown Owner = iota
	// OwnerEnvironment is a key of one environment.
	OwnerEnvironment
	// OwnerAccount is a key of the account: it makes and deletes environments and their keys, and reads nothing of one.
	OwnerAccount
)

// scopeOfAccount begins the scopes that only keys of an account have.
const scopeOfAccount = "account:"

// saysAccount is the sentence with which Nango refuses a key of an account what needs a key, and no scope (seen on v0.71.4).
// To a call that needs a scope it says the same as to a key of an environment that lacks it.
const saysAccount = "API key is not authorized for an environment"

// ProbeOwner is a read that every key of an environment may make and no key of an account: by its answer the client learns
// whose key it has. The provider need not be there.
func ProbeOwner() Read[Provider] { return GetProvider("github") }

// Owner is what the key belongs to, as far as the answers so far tell.
func (c *Client) Owner() Owner { return Owner(c.owner.Load()) }

// learnOwner looks at how a call ended for what its key belongs to.
func (c *Client) learnOwner(call Call, e *Error) {
	if call.Token != "" || call.Operation.isProxied() {
		return // the call went without the key, or the answer may be a provider's
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

// ofAccount says whether the operation needs a key of an account.
func (o Operation) ofAccount() bool {
	info, _ := o.Info()
	return len(info.Scopes) > 0 && strings.HasPrefix(info.Scopes[0], scopeOfAccount)
}

// fingerprintDigits is how many hexadecimal digits a fingerprint has: enough to tell the keys of one user apart, and far
// from enough to find one of them.
const fingerprintDigits = 16

// Fingerprint tells the client's key from others without giving it away, for what is stored: the first digits of a hash.
func (c *Client) Fingerprint() string { return c.fingerprint }

func fingerprint(key Secret) string {
	hash := sha256.Sum256([]byte("nango-tui key fingerprint\n" + strings.ToLower(key.Reveal())))
	return hex.EncodeToString(hash[:])[:fingerprintDigits]
}
