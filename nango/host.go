package nango

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// CloudHost is Nango's cloud API.
const CloudHost = "https://api.nango.dev"

// Errors about a host.
var (
	ErrHost     = errors.New("the host must be a URL, such as " + CloudHost)
	ErrInsecure = errors.New("the key would be sent unencrypted: http to another machine needs insecure: true in the profile")
)

// Host is the address of a server in its one canonical form: lower case, IDNA as ASCII, IP addresses as numbers, no default
// port, no dot and no slash at the end. Everything that depends on a host uses this form: whether it is this machine, whether
// the key may go there, what the screen shows, and what is dialed.
type Host struct {
	scheme string // http or https
	name   string // without brackets
	port   string // always set
	path   string // the prefix of all paths; it may be empty
}

// ParseHost parses a URL with scheme, host, and optionally port and path. Errors are [ErrHost]; they never contain the text,
// which may contain a password.
func ParseHost(text string) (Host, error) {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || parsed.RawQuery != "" || parsed.Fragment != "" {
		return Host{}, ErrHost
	}
	h := Host{scheme: parsed.Scheme, path: strings.TrimRight(parsed.EscapedPath(), "/")}
	if h.scheme != "http" && h.scheme != "https" {
		return Host{}, ErrHost
	}
	if h.name, err = canonicalName(parsed.Hostname()); err != nil {
		return Host{}, fmt.Errorf("%w: %w", ErrHost, err)
	}
	if h.port, err = canonicalPort(parsed.Port(), defaultPorts[h.scheme]); err != nil {
		return Host{}, fmt.Errorf("%w: %w", ErrHost, err)
	}
	return h, nil
}

// defaultPorts are the ports of the schemes of servers and proxies.
var defaultPorts = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// String returns the host as a URL without a slash at the end.
func (h Host) String() string {
	return h.scheme + "://" + shortAddress(h.scheme, h.name, h.port) + h.path
}

// Address returns name and port. Servers with the same address share a request budget.
func (h Host) Address() string { return net.JoinHostPort(h.name, h.port) }

// IsLoopback reports whether the host is this machine: a loopback address, localhost, or a name under localhost.
func (h Host) IsLoopback() bool {
	if isLocalName(h.name) {
		return true
	}
	address, err := netip.ParseAddr(h.name)
	return err == nil && address.IsLoopback()
}

func isLocalName(name string) bool {
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// Check returns [ErrInsecure] if the key must not be sent to the host.
func (h Host) Check(insecure bool) error {
	if h.scheme == "http" && !insecure && !h.IsLoopback() {
		return fmt.Errorf("%w (%s)", ErrInsecure, h.name)
	}
	return nil
}

// CheckHost returns the canonical form of a host, or an error if the key must not be sent there.
func CheckHost(text string, insecure bool) (string, error) {
	host, err := ParseHost(text)
	if err != nil {
		return "", err
	}
	return host.String(), host.Check(insecure)
}

// shortAddress returns a name and a port as in a URL, without the scheme's default port.
func shortAddress(scheme, name, port string) string {
	address := net.JoinHostPort(strings.Replace(name, "%", "%25", 1), port) // the zone of an IPv6 address
	return strings.TrimSuffix(address, ":"+defaultPorts[scheme])
}

// names maps and checks names as browsers do. Underscores are allowed: names of containers have some.
var names = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false), idna.CheckHyphens(false))

// Errors about the parts of a host. They don't contain the host.
var (
	errName = errors.New("its name is malformed")
	errIP   = errors.New("its IP address is malformed")
	errPort = errors.New("its port is not a number from 1 to 65535")
)

// canonicalName returns the canonical form of a name or an IP address without brackets.
func canonicalName(text string) (string, error) {
	if strings.Contains(text, ":") {
		address, err := netip.ParseAddr(text)
		if err != nil {
			return "", errIP
		}
		return canonicalIP(address), nil
	}
	name, err := names.ToASCII(text)
	name = strings.TrimSuffix(name, ".")
	if err != nil || !utf8.ValidString(text) || name == "" || strings.HasPrefix(name, ".") || strings.Contains(name, "..") ||
		strings.Trim(name, letters+digits+"-._") != "" {
		return "", errName
	}
	if labels := strings.Split(name, "."); isNumber(labels[len(labels)-1]) {
		address, err := parseIPv4(labels)
		if err != nil {
			return "", err
		}
		return canonicalIP(address), nil
	}
	return name, nil
}

// canonicalIP returns the address that is dialed. An unspecified address is dialed as this machine, and an IPv4 address inside
// an IPv6 one as itself.
func canonicalIP(address netip.Addr) string {
	address = address.Unmap()
	switch {
	case address.IsUnspecified() && address.Is4():
		return "127.0.0.1"
	case address.IsUnspecified():
		return netip.IPv6Loopback().String()
	case address.IsLoopback():
		return address.WithZone("").String()
	}
	return address.String()
}

// isNumber reports whether the last label of a name makes the name an IPv4 address.
func isNumber(label string) bool {
	hexadecimal, isHex := strings.CutPrefix(label, "0x")
	return strings.Trim(label, digits) == "" || isHex && strings.Trim(hexadecimal, digits+"abcdef") == ""
}

// parseIPv4 reads an IPv4 address as inet_aton and browsers do: one to four numbers, decimal, octal (017) or hexadecimal (0xf).
// The last one fills the remaining bytes, so that 127.1 is 127.0.0.1.
func parseIPv4(parts []string) (netip.Addr, error) {
	var value uint64
	for i, part := range parts {
		n, err := parseNumber(part)
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		if err != nil || len(parts) > 4 || n >= 1<<bits {
			return netip.Addr{}, errIP
		}
		value = value<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}), nil
}

func parseNumber(text string) (uint64, error) {
	switch {
	case text == "0x":
		return 0, nil
	case strings.HasPrefix(text, "0x"):
		return strconv.ParseUint(text[2:], 16, 64)
	case strings.HasPrefix(text, "0"):
		return strconv.ParseUint(text, 8, 64)
	}
	return strconv.ParseUint(text, 10, 64)
}

// canonicalPort returns the port without leading zeros, or the default one for none.
func canonicalPort(text, defaultPort string) (string, error) {
	if text == "" {
		return defaultPort, nil
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return "", errPort
	}
	return strconv.FormatUint(port, 10), nil
}
