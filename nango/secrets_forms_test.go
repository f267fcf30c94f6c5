package nango

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// oneOfEach are secrets of different kinds.
var oneOfEach = []string{
	"3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1", `hunter2 "quoted"/and&more`, "8letters", "PASSWORT", "überlangesgeheimnis", "a+b/c=d?e&f%20g",
	"ab>?ab>?ab>?~~~", "line one\nline two\n", strings.Repeat("long ", 100) + "!", "0123456789", "sk_live_\xff\xfe",
}

// escapedWhole percent-encodes every byte.
func escapedWhole(text, format string) string {
	var out strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&out, format, text[i])
	}
	return out.String()
}

// encodings returns a secret as it can come back.
func encodings(secret string) map[string]string {
	all := map[string]string{
		"itself": secret, "upper case": upper(secret), "lower case": lower(secret),
		"query": url.QueryEscape(secret), "path": url.PathEscape(secret),
		"lower escapes": strings.ToLower(url.QueryEscape(secret)), "all escaped": escapedWhole(secret, "%%%02X"),
		"all escaped, lower": escapedWhole(secret, "%%%02x"), "escaped twice": url.QueryEscape(url.QueryEscape(secret)),
		"all escaped twice": escapedWhole(escapedWhole(secret, "%%%02x"), "%%%02X"),
	}
	for name, encoding := range map[string]*base64.Encoding{
		"base64": base64.StdEncoding, "base64 unpadded": base64.RawStdEncoding, "base64url": base64.URLEncoding,
		"base64url unpadded": base64.RawURLEncoding,
	} {
		for _, text := range []string{secret, secret + ":", ":" + secret} {
			encoded := encoding.EncodeToString([]byte(text))
			all[name+" of "+text] = encoded
			all[name+" in a query of "+text] = url.QueryEscape(encoded)
			all[name+" in lower case of "+text] = strings.ToLower(encoded)
		}
	}
	return all
}

// upper and lower change ASCII letters only: others are not compared without case.
func upper(text string) string { return inCase(text, 'a', 'z') }
func lower(text string) string { return inCase(text, 'A', 'Z') }

func inCase(text string, from, to byte) string {
	bytes := []byte(text)
	for i, c := range bytes {
		if from <= c && c <= to {
			bytes[i] ^= 0x20
		}
	}
	return string(bytes)
}

func TestSecretsAreMaskedInAnyEncoding(t *testing.T) {
	for _, secret := range oneOfEach {
		secrets := NewSecrets()
		secrets.Add("another-secret", secret, "3d8f1c5e-9a44-4b1e-8a52-aaaaaaaaaaaa")
		for name, encoded := range encodings(secret) {
			for _, around := range []string{"%s", "x %s.", "https://x.example/%s?a=%%20b", "a%%20\n%s\n%%", `{"a":"%s"}`, "%%zz%% %s%%"} {
				want := fmt.Sprintf(around, Masked)
				if got := secrets.Mask(fmt.Sprintf(around, encoded)); got != want && !strings.Contains(name, "base64") {
					t.Errorf("%s of %.40q in %s: %.200q", name, secret, around, got)
				} else if strings.Contains(got, encoded) || around == "%s" && got != want {
					t.Errorf("%s of %.40q in %s: %.200q", name, secret, around, got)
				}
			}
		}
	}
}

func TestBase64OfMoreThanASecretIsMasked(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add(oneOfEach...)
	for _, secret := range oneOfEach {
		for _, before := range []string{"", "u", "us", "user:", "https://user:"} {
			for _, after := range []string{"", "@", "@x", "@host", `"}`} {
				for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
					encoded := encoding.EncodeToString([]byte(before + secret + after))
					got := secrets.Mask("Basic " + encoded)
					decoded, _ := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.ReplaceAll(got[len("Basic "):], Masked, ""), "="))
					if strings.Contains(string(decoded), secret[:4]) || len(got) > len("Basic ")+len(before)*4/3+len(Masked)+len(after)*4/3+4 {
						t.Errorf("%.40q between %q and %q: %s", secret, before, after, got)
					}
				}
			}
		}
	}
}

func TestJSONWithEncodedSecretsIsMasked(t *testing.T) {
	for _, secret := range oneOfEach {
		if !json.Valid([]byte(fmt.Sprintf("%q", secret))) {
			continue // not text
		}
		secrets := NewSecrets()
		secrets.Add(secret)
		for name, encoded := range encodings(secret) {
			inner, _ := json.Marshal([]any{encoded, map[string]string{encoded: "x"}})
			outer, _ := json.Marshal(map[string]any{"body": string(inner), "list": []string{encoded}})
			const want = `{"body":"[\"••••••••\",{\"••••••••\":\"x\"}]","list":["••••••••"]}`
			if got := string(secrets.MaskJSON(outer)); got != want {
				t.Errorf("%s of %.40q: %.300s", name, secret, got)
			}
		}
	}
}

// Texts that only look alike are shown.
func TestOtherTextsAreNotMasked(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1", "hunter2 hunter2")
	for _, text := range []string{
		"3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c2", "%33d8f1c5e%2D9a44", "100 % of %2 and %zz, %", "hunter2%2Dhunter2", "hunter2",
		base64.StdEncoding.EncodeToString([]byte("3d8f1c5e-9a44-4b1e")), "%",
	} {
		if got := secrets.Mask(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Whatever is around an encoded secret, it is masked, and the rest of the text stays.
func FuzzEncodedSecret(f *testing.F) {
	f.Add("3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1", "a %20 b\n", "%2")
	f.Add(`hunter2 "quoted"/and&more`, "%E4%", "=+/")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		if len(secret) < MinSecret || len(secret) > 100 || strings.Contains(secret, "%") || strings.ContainsAny(before+after, secret) {
			return
		}
		secrets := NewSecrets()
		secrets.Add(secret)
		for _, encoded := range []string{secret, upper(secret), escapedWhole(secret, "%%%02x"), url.QueryEscape(secret)} {
			got := secrets.Mask(before + " " + encoded + " " + after)
			if want := (*Secrets)(nil).Mask(before + " " + Masked + " " + after); got != want {
				t.Errorf("%q became %q, not %q", before+" "+encoded+" "+after, got, want)
			}
		}
	})
}
