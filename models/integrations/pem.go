package integrations

import (
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// The lines around a private key, as Nango wants them; any other form is refused (seen on v0.71.4).
const (
	pemLabel = "RSA PRIVATE KEY"
	pemBegin = "-----BEGIN " + pemLabel + "-----"
	pemEnd   = "-----END " + pemLabel + "-----"
)

// privateKey is what was pasted without the white space around it: Nango refuses a line break at the end.
func privateKey(text string) string { return strings.TrimSpace(text) }

// checkPrivateKey says why Nango, or the provider, would not take the text as a private key.
func checkPrivateKey(text string) error {
	text = privateKey(text)
	if text == "" {
		return errors.New("the private key is missing")
	}
	if err := checkEnvelope(text); err != nil {
		return err
	}
	block, rest := pem.Decode([]byte(text))
	switch {
	case block == nil && !strings.Contains(text, "\n"):
		return errors.New("it stands on one line: paste it with its line breaks")
	case block == nil:
		return errors.New("what stands between its first and its last line is no base64: it was cut or changed")
	case strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"):
		return errLocked
	case len(rest) > 0:
		return errors.New("there is more than one key in it")
	}
	return nil
}

var errLocked = errors.New("it is locked with a passphrase, which Nango cannot open")

// checkEnvelope judges the first and the last line.
func checkEnvelope(text string) error {
	rest, begins := strings.CutPrefix(text, "-----BEGIN ")
	label, _, ends := strings.Cut(rest, "-----")
	switch {
	case !begins || !ends:
		return errors.New("it does not begin with " + pemBegin + ": take the whole file")
	case strings.Contains(text, `\n`):
		return errors.New(`it holds \n as two characters: paste it with real line breaks`)
	case label == "PRIVATE KEY":
		return errors.New("it is of the form PKCS#8 (BEGIN PRIVATE KEY), which Nango refuses: openssl rsa -traditional -in key.pem writes the other one")
	case label == "ENCRYPTED PRIVATE KEY":
		return errLocked
	case strings.HasSuffix(label, "PUBLIC KEY"):
		return errors.New("it is a public key: the private one is needed")
	case label != pemLabel:
		return fmt.Errorf("it is a %q: an %s is needed", label, pemLabel)
	case !strings.HasSuffix(text, pemEnd):
		return errors.New("its last line is not " + pemEnd + ": it was cut")
	}
	return nil
}
