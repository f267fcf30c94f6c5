package curlline

import (
	"slices"
	"strings"
)

// reader builds a request from curl's arguments, one after the other.
type reader struct {
	command
	pos int // in words

	req       Request
	urls      []word
	query     data // of --url-query
	data      data // of -d and similar options
	bodyFlag  string
	method    string
	head, get bool
	json      bool
	globOff   bool
	target    string   // of --request-target
	upload    string   // the file of -T; "-" is standard input
	defaults  []Header // of options other than -H
	done      bool     // by --next
}

func (r *reader) read() error {
	for r.pos < len(r.words) && !r.done {
		w := r.words[r.pos]
		r.pos++
		var err error
		switch {
		case w.text == "--":
			r.urls = append(r.urls, r.words[r.pos:]...)
			r.pos = len(r.words)
		case strings.HasPrefix(w.text, "--"):
			err = r.long(w)
		case len(w.text) > 1 && w.text[0] == '-':
			err = r.short(w)
		default:
			r.urls = append(r.urls, w)
		}
		if err != nil {
			return err
		}
	}
	return r.finish()
}

// long handles a long option. A value may follow "=", as newer versions of curl allow.
func (r *reader) long(w word) error {
	name, value, with := strings.Cut(w.text[2:], "=")
	known, found := options()[name]
	positive, off := strings.CutPrefix(name, "no-")
	switched, exists := options()[positive]
	switch {
	case !found && off && exists && !switched.value: // an option that is switched off
		return nil
	case !found || with && !known.value:
		r.unknown(w.text)
		return nil
	case !known.value:
		return r.option(known.name, "--"+name, word{pos: w.pos})
	case with:
		return r.option(known.name, "--"+name, word{text: value, pos: w.pos})
	}
	return r.withNext(known.name, "--"+name, w.pos)
}

// short handles letters after a dash. The value of a letter is the rest of the word, or the next word.
func (r *reader) short(w word) error {
	for i := 1; i < len(w.text); i++ {
		flag := "-" + w.text[i:i+1]
		known, found := options()[flag]
		switch {
		case !found:
			r.unknown("-" + w.text[i:])
			return nil
		case !known.value:
			if err := r.option(known.name, flag, word{pos: w.pos}); err != nil {
				return err
			}
		case i+1 < len(w.text):
			return r.option(known.name, flag, word{text: w.text[i+1:], pos: w.pos})
		default:
			return r.withNext(known.name, flag, w.pos)
		}
	}
	return nil
}

func (r *reader) withNext(name, flag string, at int) error {
	if r.pos == len(r.words) {
		return errorAt(at, errNoValue, flag)
	}
	value := r.words[r.pos]
	r.pos++
	return r.option(name, flag, value)
}

// unknown stores an unknown option. The next word may be its value: see [reader.chooseURL].
func (r *reader) unknown(option string) {
	if r.pos < len(r.words) && !strings.HasPrefix(r.words[r.pos].text, "-") && !strings.Contains(option, "=") {
		value := r.words[r.pos]
		value.maybeValue = true
		r.urls = append(r.urls, value)
		option += " " + value.text
		r.pos++
	}
	r.req.Unknown = append(r.req.Unknown, option)
}

func (r *reader) option(name, flag string, value word) error {
	switch name {
	case "url":
		r.urls = append(r.urls, value)
	case "url-query":
		r.addQuery(flag, value.text)
	case "request":
		r.method = strings.ToUpper(value.text)
	case "get":
		r.get = true
	case "head":
		r.head = true
	case "header":
		r.addHeader(flag, value.text)
	case "user-agent", "referer", "range", "continue-at":
		r.addHeaderOption(name, flag, value.text)
	case "request-target":
		r.target = value.text
	case "globoff":
		r.globOff = true
	case "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json":
		return r.addData(name, flag, value)
	case "form", "form-string":
		return r.addPart(name, flag, value)
	case "upload-file":
		return r.addUpload(flag, value)
	case "next":
		r.done = true
		r.addNote(noteNext, flag)
	default:
		if reason, said := droppedOptions()[name]; said {
			r.addNote(noteOption, flag, reason)
		}
	}
	return nil
}

// Ways to send a body. Curl refuses two of them in one request.
const (
	sendsData = "data"
	sendsForm = "a form"
	sendsFile = "a file"
)

// sendsBy sets how the body is sent.
func (r *reader) sendsBy(flag, way string, at int) error {
	if r.bodyFlag != "" && r.bodyFlag != way {
		return errorAt(at, errTwoBodies, flag, way, r.bodyFlag)
	}
	r.bodyFlag = way
	return nil
}

// chooseURL returns the URL among the words that may be one.
func (r *reader) chooseURL() (word, error) {
	sure := slices.DeleteFunc(slices.Clone(r.urls), func(a word) bool { return a.maybeValue && !strings.Contains(a.text, "://") })
	if len(sure) == 0 {
		sure = r.urls
	}
	if len(sure) == 0 {
		return word{}, errorAt(r.end, errNoURL)
	}
	if len(sure) > 1 {
		r.addNote(noteURLs, len(sure))
	}
	chosen := sure[0]
	if chosen.maybeValue {
		for i, text := range r.req.Unknown {
			r.req.Unknown[i] = strings.TrimSuffix(text, " "+chosen.text)
		}
	}
	return chosen, nil
}
