package nango

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// eventStream is the media type of server-sent events.
const eventStream = "text/event-stream"

// maxEvent is the maximum size of one event, in bytes. All events together have at most [MaxResponse].
const maxEvent = 32 << 20

// errTooLong is a stream of events beyond its bounds.
var errTooLong = fmt.Errorf("the response is larger than %d MB, or one of its events than %d MB, the maximum",
	MaxResponse>>20, maxEvent>>20)

// eventBounds are the maximum sizes of a stream of events, and of one event, in bytes.
type eventBounds struct{ stream, event int }

// readEvents reads server-sent events and calls use with the data of each message, until use returns true. It returns the number of
// bytes read, and an error if the stream ends before that: [io.ErrUnexpectedEOF] or that of the reader. Comments and other events are
// skipped. A stream that never ends is ended by the reader.
func readEvents(from io.Reader, most eventBounds, use func(data []byte) (done bool)) (size int64, err error) {
	limited := &io.LimitedReader{R: from, N: int64(most.stream) + 1}
	lines := eventLines{from: bufio.NewReader(limited), most: most.event}
	var event eventData
	for err == nil {
		var line []byte
		line, err = lines.next()
		size = int64(most.stream) + 1 - limited.N
		switch {
		case limited.N == 0 || len(event.data)+len(line) > most.event:
			return size, errTooLong
		case err != nil && len(line) == 0:
		case len(line) > 0:
			event.add(line)
			continue
		}
		// An empty line, or the end, completes an event. One that was cut off is no JSON.
		if event.isMessage() && use(event.data) {
			return size, nil
		}
		event = eventData{}
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return size, err
}

// eventLines reads lines that end in LF, CR or both.
type eventLines struct {
	from *bufio.Reader
	most int    // of a line, in bytes
	rest []byte // lines that were read already
	more bool   // there are some
	err  error
}

func (l *eventLines) next() ([]byte, error) {
	if !l.more {
		if l.err != nil {
			return nil, l.err
		}
		l.rest, l.err = l.read()
		l.rest = bytes.TrimSuffix(l.rest, []byte("\n"))
		l.rest = bytes.TrimSuffix(l.rest, []byte("\r"))
		if len(l.rest) == 0 && l.err != nil {
			return nil, l.err
		}
	}
	var line []byte
	line, l.rest, l.more = bytes.Cut(l.rest, []byte("\r"))
	return line, nil
}

// read reads up to a line feed, or a little more than the maximum.
func (l *eventLines) read() (line []byte, err error) {
	for len(line) <= l.most {
		piece, err := l.from.ReadSlice('\n')
		line = append(line, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
	return line, nil
}

// eventData is an event whose lines are being read.
type eventData struct {
	name string
	data []byte
	set  bool
}

func (e *eventData) add(line []byte) {
	name, value, _ := bytes.Cut(bytes.TrimPrefix(line, []byte("\ufeff")), []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch string(name) {
	case "event":
		e.name = string(value)
	case "data":
		if e.set {
			e.data = append(e.data, '\n')
		}
		e.data, e.set = append(e.data, value...), true
	}
}

func (e *eventData) isMessage() bool { return e.set && (e.name == "" || e.name == "message") }
