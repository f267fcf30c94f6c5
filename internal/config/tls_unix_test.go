//go:build unix

package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// newPair returns a certificate and its private key, in PEM.
func newPair(t *testing.T) (certificate, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "acme"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}))
}

func TestTLSFiles(t *testing.T) {
	certificate, key := newPair(t)
	_, other := newPair(t)
	folder := t.TempDir()
	for name, text := range map[string]string{
		"ca.pem": certificate, "cert.pem": certificate, "key.pem": key, "other.pem": other, "empty.pem": "", "text.pem": "no certificate\n",
		"locked.pem": strings.ReplaceAll(key, "PRIVATE", "ENCRYPTED PRIVATE"), "seen.pem": key, "shared.pem": certificate,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{"seen.pem": 0o644, "shared.pem": 0o666, "ca.pem": 0o644} {
		if err := os.Chmod(filepath.Join(folder, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	env := Environment{Home: folder}
	for files, want := range map[TLSFiles]string{
		{CA: "ca.pem"}: "", {CA: "~/ca.pem"}: "", {CA: filepath.Join(folder, "ca.pem")}: "",
		{Cert: "cert.pem", Key: "key.pem"}: "", {CA: "ca.pem", Cert: "cert.pem", Key: "key.pem"}: "",
		{CA: "empty.pem"}: "has no certificate", {CA: "text.pem"}: "has no certificate", {CA: "key.pem"}: "has no certificate",
		{CA: "missing.pem"}: "tls: ca: cannot open", {CA: "shared.pem"}: "writable by other users",
		{Cert: "cert.pem", Key: "other.pem"}:  "does not match",
		{Cert: "cert.pem", Key: "seen.pem"}:   "tls: key: " + folder + "/seen.pem is readable",
		{Cert: "cert.pem", Key: "locked.pem"}: "is encrypted", {Cert: "key.pem", Key: "key.pem"}: "can't be used",
		{Cert: "cert.pem", Key: "missing.pem"}: "tls: key: cannot open", {Cert: "missing.pem", Key: "key.pem"}: "tls: cert: cannot open",
		{Cert: "cert.pem", Key: "cert.pem"}: "can't be used",
	} {
		config, err := files.Load(env, folder)
		if want != "" {
			if err == nil || !strings.Contains(err.Error(), want) || config != nil {
				t.Errorf("%+v: %v, want %s", files, err, want)
			}
			continue
		}
		if err != nil || (config.RootCAs != nil) != (files.CA != "") || (len(config.Certificates) == 1) != (files.Cert != "") {
			t.Errorf("%+v: %v", files, err)
		}
	}
	if config, err := (TLSFiles{}).Load(env, folder); config != nil || err != nil {
		t.Errorf("no files: %v, %v", config, err)
	}
}
