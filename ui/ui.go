// Package ui has what all widgets draw with (frame, theme, sanitized text, layout) and the small widgets. It knows
// nothing of Nango. Untrusted text must be a [Text] before it is drawn, and only the sanitizer makes one.
package ui
