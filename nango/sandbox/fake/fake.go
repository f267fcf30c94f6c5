// Package fake makes up data that looks real: ids, names, organizations, and JSON by a schema. The same seed gives the
// same data. It knows JSON values (package js) and nothing of Nango.
package fake

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
)

// Hash returns one number made of several, evenly distributed.
func Hash(parts ...uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, p := range parts {
		h ^= p
		h *= 0xbf58476d1ce4e5b9
		h ^= h >> 29
		h *= 0x94d049bb133111eb
		h ^= h >> 32
	}
	return h
}

// HashString returns a number made of a string (FNV-1a).
func HashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// UUID returns a UUID of version 4.
func UUID(r *rand.Rand) string {
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], r.Uint64())
	binary.LittleEndian.PutUint64(b[8:], r.Uint64())
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	t := hex.EncodeToString(b[:])
	return t[:8] + "-" + t[8:12] + "-" + t[12:16] + "-" + t[16:20] + "-" + t[20:]
}

// Alphanumeric returns n letters and digits.
func Alphanumeric(r *rand.Rand, n int) string {
	return pick(r, n, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
}

// Hex returns n hexadecimal digits.
func Hex(r *rand.Rand, n int) string { return pick(r, n, "0123456789abcdef") }

func pick(r *rand.Rand, n int, letters string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[r.IntN(len(letters))]
	}
	return string(b)
}

// PEM returns something that has the shape of a private key.
func PEM(r *rand.Rand) string {
	return "-----BEGIN RSA PRIVATE KEY-----\n" + Alphanumeric(r, 64) + "\n-----END RSA PRIVATE KEY-----"
}
