package integrations

import (
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// The first and last line of a private key. Nango rejects all other formats (seen on v0.71.4).
const (
	pemLabel = "RSA PRIVATE KEY"
	pemBegin = "-----BEGIN " + pemLabel + "-----"
	pemEnd   = "-----END " + pemLabel + "-----"
)

// privateKey trims a pasted key: Nango rejects a line break at the end.
func privateKey(text string) string { return strings.TrimSpace(text) }

// checkPrivateKey returns why Nango or the provider would reject a private key.
func checkPrivateKey(text string) error {
	text = privateKey(text)
	if text == "" {
		return errors.New(errKeyMissing)
	}
	if err := checkPEMLines(text); err != nil {
		return err
	}
	block, rest := pem.Decode([]byte(text))
	switch {
	case block == nil && !strings.Contains(text, "\n"):
		return errors.New(errKeyOneLine)
	case block == nil:
		return errors.New(errKeyCut)
	case strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"):
		return errEncrypted
	case len(rest) > 0:
		return errors.New(errKeyMany)
	}
	return nil
}

var errEncrypted = errors.New(errKeyEncrypted)

func checkPEMLines(text string) error {
	rest, begins := strings.CutPrefix(text, "-----BEGIN ")
	label, _, ends := strings.Cut(rest, "-----")
	switch {
	case !begins || !ends:
		return errors.New(errKeyBegin)
	case strings.Contains(text, `\n`):
		return errors.New(errKeyEscaped)
	case label == "PRIVATE KEY":
		return errors.New(errKeyPKCS8)
	case label == "ENCRYPTED PRIVATE KEY":
		return errEncrypted
	case strings.HasSuffix(label, "PUBLIC KEY"):
		return errors.New(errKeyPublic)
	case label != pemLabel:
		return fmt.Errorf(errKeyLabel, label, pemLabel)
	case !strings.HasSuffix(text, pemEnd):
		return errors.New(errKeyEnd)
	}
	return nil
}
