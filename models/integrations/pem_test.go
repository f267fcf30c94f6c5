package integrations

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"sync"
	"testing"
)

// somePEM is a private key as GitHub gives it, made once.
var somePEM = sync.OnceValue(func() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: pemLabel, Bytes: x509.MarshalPKCS1PrivateKey(key)}))
})

func TestValidPrivateKeys(t *testing.T) {
	for _, around := range []string{"", "\n", "\n\n", " \n"} {
		if err := checkPrivateKey(around + somePEM() + around); err != nil {
			t.Errorf("refused: %v", err)
		}
	}
	if sent := privateKey(somePEM()); strings.HasSuffix(sent, "\n") || !strings.HasSuffix(sent, pemEnd) {
		t.Error("a line break at its end is sent")
	}
}

func TestInvalidPrivateKeysAreExplained(t *testing.T) {
	key := privateKey(somePEM())
	lines := strings.Split(key, "\n")
	for name, test := range map[string]struct{ text, why string }{
		"nothing":         {"", "is missing"},
		"words":           {"nope", "must begin with " + pemBegin},
		"PKCS#8":          {strings.ReplaceAll(key, "RSA PRIVATE", "PRIVATE"), "openssl rsa -traditional"},
		"PKCS#8 locked":   {strings.ReplaceAll(key, "RSA PRIVATE", "ENCRYPTED PRIVATE"), "passphrase"},
		"locked":          {pemBegin + "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n" + pemEnd, "passphrase"},
		"public":          {strings.ReplaceAll(key, "RSA PRIVATE", "PUBLIC"), "public key"},
		"RSA public":      {strings.ReplaceAll(key, "PRIVATE", "PUBLIC"), "public key"},
		"another curve":   {strings.ReplaceAll(key, "RSA PRIVATE", "EC PRIVATE"), `this is a "EC PRIVATE KEY"`},
		"of ssh":          {strings.ReplaceAll(key, "RSA PRIVATE", "OPENSSH PRIVATE"), "Paste an RSA PRIVATE KEY"},
		"cut":             {strings.Join(lines[:len(lines)-1], "\n"), "incomplete"},
		"changed":         {lines[0] + "\n!!!!\n" + lines[len(lines)-1], "not base64"},
		"one line":        {strings.Join(lines, " "), "on one line"},
		"escaped":         {strings.Join(lines, `\n`), "two characters"},
		"two":             {key + "\n" + key, "more than one key"},
		"only the begin":  {"-----BEGIN ", "must begin"},
		"begin of begins": {pemBegin, "incomplete"},
	} {
		if err := checkPrivateKey(test.text); err == nil || !strings.Contains(err.Error(), test.why) {
			t.Errorf("%s: said %v, want %q", name, err, test.why)
		}
	}
}

func FuzzPrivateKey(f *testing.F) {
	f.Add("")
	f.Add(pemBegin + "\nAAAA\n" + pemEnd)
	f.Fuzz(func(t *testing.T, text string) {
		if checkPrivateKey(text) != nil {
			return
		}
		sent := privateKey(text)
		if !strings.HasPrefix(sent, pemBegin) || !strings.HasSuffix(sent, pemEnd) {
			t.Errorf("%q exists already", sent)
		}
	})
}
