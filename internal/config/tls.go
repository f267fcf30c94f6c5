package config

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"nango-tui/internal/securefile"
)

// maxCertificates is the largest file of certificates or of a private key, in bytes.
const maxCertificates = 1 << 20

// TLSFiles are the files of a server with its own certificates, in PEM. Paths are like those of [KeySource].
type TLSFiles struct {
	// CA is a file of certificates. If it is set, the server's certificate must be issued by one of them.
	CA string
	// Cert and Key are the certificate that the client shows and its private key; both or none are set.
	Cert, Key string
}

type tlsYAML struct {
	CA   text `yaml:"ca"`
	Cert text `yaml:"cert"`
	Key  text `yaml:"key"`
}

// readTLSFiles reads the names of the files. They are only useful for an https host.
func readTLSFiles(file yamlFile, node ast.Node, host string) (f TLSFiles, err error) {
	var content tlsYAML
	if err := file.decode(node, &content); err != nil {
		return f, err
	}
	f = TLSFiles{CA: string(content.CA), Cert: string(content.Cert), Key: string(content.Key)}
	switch {
	case f.CA == "" && f.Cert == "" && f.Key == "":
		return f, file.errorAt(node, "tls: expected ca, or cert and key")
	case f.Key == "" && f.Cert != "":
		return f, file.errorAt(node, "tls: cert needs key, the file of its private key")
	case f.Cert == "" && f.Key != "":
		return f, file.errorAt(node, "tls: key needs cert, the file of its certificate")
	case !strings.HasPrefix(host, "https://"):
		return f, file.errorAt(node, "tls: the host of the profile is not https")
	}
	return f, nil
}

// Load reads the files. Relative paths begin at folder. It returns nil if no file is set. Errors never contain what was read.
func (f TLSFiles) Load(env Environment, folder string) (*tls.Config, error) {
	if f == (TLSFiles{}) {
		return nil, nil
	}
	config := &tls.Config{}
	if f.CA != "" {
		path := expandPath(f.CA, env.Home, folder)
		data, err := securefile.Read(path, securefile.OthersWrite, maxCertificates)
		if err != nil {
			return nil, fmt.Errorf("tls: ca: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("tls: ca: %s has no certificate: expected PEM, which begins with -----BEGIN CERTIFICATE-----", path)
		}
	}
	if f.Cert != "" {
		certificate, err := loadPair(expandPath(f.Cert, env.Home, folder), expandPath(f.Key, env.Home, folder))
		if err != nil {
			return nil, fmt.Errorf("tls: %w", err)
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	return config, nil
}

// loadPair reads a certificate, and its private key, which others must not be able to read.
func loadPair(certPath, keyPath string) (pair tls.Certificate, err error) {
	cert, err := securefile.Read(certPath, securefile.OthersWrite, maxCertificates)
	if err != nil {
		return pair, fmt.Errorf("cert: %w", err)
	}
	key, err := securefile.Read(keyPath, securefile.OthersAccess, maxCertificates)
	if err != nil {
		return pair, fmt.Errorf("key: %w", err)
	}
	if strings.Contains(string(key), "ENCRYPTED") {
		return pair, fmt.Errorf("key: %s is encrypted: store it without a password, readable only by you", keyPath)
	}
	if pair, err = tls.X509KeyPair(cert, key); err != nil {
		reason := strings.TrimPrefix(err.Error(), "tls: ")
		return pair, errors.New("the certificate " + certPath + " and the key " + keyPath + " can't be used: " + reason)
	}
	return pair, nil
}
