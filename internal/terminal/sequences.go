package terminal

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// This file keeps what the terminal sends in pieces from becoming keys.
//
// Ultraviolet, which reads the input for Bubble Tea, waits 50 ms for the rest of an escape sequence. Then it takes what there is
// for keys: alt+], 1, 1, r, g, b. Over a slow connection a reply, a click or the mark of a paste comes in pieces further apart,
// and its characters do whatever these keys do. The time was introduced in github.com/charmbracelet/ultraviolet/pull/13; Bubble Tea
// v2.1.1 has no option for it, and a longer one would delay esc.
//
// So an incomplete sequence is held back here until it is complete, and only ESC alone becomes a key after 50 ms. A sequence that
// doesn't end is dropped. TestUltravioletStillTakesPiecesForKeys fails when this file isn't necessary any more.

const (
	// escDelay is how long ESC alone waits for the rest of a sequence. Bubble Tea waits as long.
	escDelay = 50 * time.Millisecond
	// maxPause and maxAge are the longest pause within a sequence, and the longest time until it is complete. After ESC became a
	// key, what follows within maxPause is still recognized by its form.
	maxPause = 5 * time.Second
	maxAge   = 10 * time.Second
	// maxSequence is the longest sequence in bytes. The longest reply that the program asks for has 30.
	maxSequence = 1024
)

// escKey is the esc key, as terminals with the Kitty protocol send it. Unlike ESC alone, it is complete.
const escKey = "\x1b[27u"

const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// restOfSequence matches what follows after ESC in a sequence, and what a user doesn't type in one piece right after esc.
var restOfSequence = regexp.MustCompile(`^(?:\[[0-9<=>?A-Z]|\][0-9]|P[0-9!>]|_G|O[0-9]?[A-DFHMP-S]$)`)

// sequenceState says what has begun.
type sequenceState uint8

const (
	noSequence    sequenceState = iota
	afterESC                    // ESC, or ESC ESC
	inCSI                       // until a final byte
	inSS3                       // until a letter
	inString                    // until BEL or ST: OSC, DCS, APC, PM, SOS
	inStringESC                 // ESC within a string, which begins ST
	inFixed                     // a known number of bytes
	inRune                      // a character of several bytes
	inMarkOfPaste               // what may be the end of a paste
)

// sequences cuts the input into whole keys, characters and sequences.
type sequences struct {
	state sequenceState
	held  []byte
	// missing is the number of bytes that inFixed and inRune wait for.
	missing int
	tooLong bool
	inPaste bool
	out     []byte

	began, last time.Time // of what is held
	escAt       time.Time // when ESC alone became a key; zero after the next input
	// isReplyOwed says whether the terminal owes a reply; arrived gets each complete sequence.
	isReplyOwed func(time.Time) bool
	arrived     func(sequence []byte)
}

// add returns the input that is complete now.
func (s *sequences) add(data []byte, now time.Time) []byte {
	if s.state != noSequence && !s.inPaste && (now.Sub(s.last) > maxPause || now.Sub(s.began) > maxAge) {
		s.drop()
	}
	if s.isRest(data, now) {
		s.next(ansi.ESC, now)
	}
	s.last, s.escAt = now, time.Time{}
	for _, b := range data {
		s.next(b, now)
	}
	out := s.out
	s.out = nil
	return out
}

// isRest reports whether the input continues the ESC that has become a key already.
func (s *sequences) isRest(data []byte, now time.Time) bool {
	if s.state != noSequence || s.inPaste || len(data) == 0 || now.Sub(s.escAt) > maxPause {
		return false
	}
	return restOfSequence.Match(data) || s.isReplyOwed(now) && strings.IndexByte("[]P", data[0]) >= 0
}

// isESCAlone reports whether nothing but ESC is held.
func (s *sequences) isESCAlone() bool { return s.state == afterESC }

// escKeys returns what is held as keys.
func (s *sequences) escKeys(now time.Time) []byte {
	keys := strings.Repeat(escKey, len(s.held))
	s.drop()
	s.escAt = now
	return []byte(keys)
}

func (s *sequences) begin(state sequenceState, b byte, now time.Time) {
	s.state, s.held, s.began = state, append(s.held[:0], b), now
}

func (s *sequences) drop() { s.state, s.held, s.tooLong = noSequence, s.held[:0], false }

func (s *sequences) hold(state sequenceState, b byte) {
	s.state = state
	if len(s.held) == maxSequence {
		s.tooLong = true
		return
	}
	s.held = append(s.held, b)
}

// complete passes on what is held, unless it was too long.
func (s *sequences) complete(b byte) {
	s.hold(s.state, b)
	if !s.tooLong {
		s.out = append(s.out, s.held...)
		s.arrived(s.held)
		s.inPaste = s.inPaste && string(s.held) != pasteEnd || string(s.held) == pasteBegin
	}
	s.drop()
}

// next reads one byte.
func (s *sequences) next(b byte, now time.Time) {
	if s.continues(b) {
		return
	}
	switch state := introduced(b); {
	case s.inPaste && b == ansi.ESC:
		s.begin(inMarkOfPaste, b, now)
	case s.inPaste && state != noSequence: // no character; it would hide the end of the paste
	case b == ansi.ESC:
		s.begin(afterESC, b, now)
	case state != noSequence:
		s.begin(state, b, now)
	case b >= 0xc2 && b < 0xf5:
		s.begin(inRune, b, now)
		s.missing = runeLength(b) - 1
	default:
		s.out = append(s.out, b)
	}
}

// continues reports whether the byte belongs to what is held. If not, that is dropped, and the byte begins something new.
func (s *sequences) continues(b byte) bool {
	isPrintable := b >= 0x20 && b < 0x7f
	switch s.state {
	case afterESC:
		return s.afterESC(b)
	case inMarkOfPaste:
		return s.inMark(b)
	case inCSI:
		if isPrintable {
			s.csi(b)
			return true
		}
	case inSS3:
		if b >= '0' && b <= '9' {
			s.hold(inSS3, b)
			return true
		} else if isPrintable {
			s.complete(b)
			return true
		}
	case inFixed, inRune:
		if s.state == inFixed && b >= 0x20 || s.state == inRune && !utf8.RuneStart(b) {
			s.fixed(b)
			return true
		}
	case inString, inStringESC:
		return s.string(b)
	}
	if s.state != noSequence {
		s.drop()
	}
	return false
}

// afterESC reads the byte after ESC.
func (s *sequences) afterESC(b byte) bool {
	state := noSequence
	if b < 0x80 {
		state = introduced(b + 0x40) // ESC [ is CSI, and so on
	}
	switch {
	case b == ansi.ESC && len(s.held) == 1:
		s.hold(afterESC, b) // some terminals send alt+up as ESC ESC [ A
	case b == ansi.ESC:
		s.out = append(s.out, escKey...)
	case state != noSequence:
		s.hold(state, b)
	case b >= 0xc2 && b < 0xf5:
		s.hold(inRune, b)
		s.missing = runeLength(b) - 1
	default: // alt and a key
		s.complete(b)
	}
	return true
}

func (s *sequences) csi(b byte) {
	parameters := strings.TrimPrefix(strings.TrimLeft(string(s.held), "\x1b"), "[")
	switch {
	case parameters == "" && b == 'M': // a click without the modern protocol: button, column and row follow
		s.hold(inFixed, b)
		s.missing = 3
	case parameters == "" && b == '[': // a function key of the Linux console
		s.hold(inFixed, b)
		s.missing = 1
	case b >= 0x40, b == '$' && parameters != "" && strings.Trim(parameters, "0123456789") == "": // such as rxvt's shift+delete
		s.complete(b)
	default:
		s.hold(inCSI, b)
	}
}

func (s *sequences) fixed(b byte) {
	if s.missing--; s.missing == 0 {
		s.complete(b)
		return
	}
	s.hold(s.state, b)
}

// string reads a byte of a string, in which there are no control characters: a key ends it.
func (s *sequences) string(b byte) bool {
	switch {
	case s.state == inStringESC && b == '\\', b == ansi.ST, s.state == inString && b == ansi.BEL:
		s.complete(b)
	case s.state == inString && b == ansi.ESC:
		s.hold(inStringESC, b)
	case s.state == inString && b >= 0x20 && b != 0x7f:
		s.hold(inString, b)
	case s.state == inStringESC:
		s.drop()
		s.hold(afterESC, ansi.ESC)
		return s.afterESC(b)
	default:
		s.drop()
		return false
	}
	return true
}

// inMark reads a byte of what may be the end of a paste. If it isn't, it is text; but of what ultraviolet would read as a sequence,
// ESC is left out, because it could hide the end of the paste.
func (s *sequences) inMark(b byte) bool {
	text := string(append(s.held, b))
	switch {
	case text == pasteEnd:
		s.complete(b)
		return true
	case strings.HasPrefix(pasteEnd, text):
		s.hold(inMarkOfPaste, b)
		return true
	case len(s.held) == 1 && (b >= 0x80 || introduced(b+0x40) == noSequence):
		s.out = append(s.out, ansi.ESC)
	default:
		s.out = append(s.out, s.held[1:]...)
	}
	s.drop()
	return false
}

// introduced returns what a control character beyond ASCII begins.
func introduced(b byte) sequenceState {
	switch b {
	case ansi.CSI:
		return inCSI
	case ansi.SS3:
		return inSS3
	case ansi.OSC, ansi.DCS, ansi.APC, ansi.PM, ansi.SOS:
		return inString
	}
	return noSequence
}

// runeLength returns the number of bytes of a character by its first one.
func runeLength(first byte) int {
	switch {
	case first < 0xe0:
		return 2
	case first < 0xf0:
		return 3
	}
	return 4
}
