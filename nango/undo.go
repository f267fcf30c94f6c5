package nango

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
)

// MaxUndo is the maximum size of an [Undo], in bytes of JSON. A larger one is not kept.
const MaxUndo = 32 << 10

// Content is what a change writes of a connection or of its syncs. Absent fields are not part of it.
type Content struct {
	Tags     *map[string]string `json:"tags,omitempty"`
	Metadata json.RawMessage    `json:"metadata,omitempty"`
	// Webhook is the webhook override; empty if there is none.
	Webhook *string `json:"webhook,omitempty"`
	// Frequency is a sync's, in the words of [FrequencyText].
	Frequency *string `json:"frequency,omitempty"`
	// Paused says which of some syncs are paused, by [SyncName.String].
	Paused map[string]bool `json:"paused,omitempty"`
}

// Undo is what the journal keeps of a change, so that it can be put back. The zero Undo keeps nothing.
type Undo struct {
	// ID names what is open until it is put back, such as a detour; empty for a change that needn't be.
	ID string
	// Before is the content before the change, and After what it writes; zero if that isn't known.
	Before, After Content
	// Until is when what is open ends by itself; zero if nothing is open.
	Until time.Time
	// Undoes is the id in the journal of the change that this one puts back.
	Undoes string
}

// IsZero reports whether nothing is part of the content.
func (s Content) IsZero() bool {
	return s.Tags == nil && s.Metadata == nil && s.Webhook == nil && s.Frequency == nil && s.Paused == nil
}

// JSON is the content as indented JSON with sorted keys, and numbers as they are written.
func (s Content) JSON() string {
	raw, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return string(raw)
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if encoder.Encode(value) != nil {
		return string(raw)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// Equal reports whether two contents say the same, in whatever order and with whatever white space.
func (s Content) Equal(other Content) bool { return s.JSON() == other.JSON() }

// TagContent is the content of tags.
func TagContent(tags map[string]string) Content {
	tags = maps.Clone(tags)
	if tags == nil {
		tags = map[string]string{}
	}
	return Content{Tags: &tags}
}

// MetadataContent is the content of metadata. Null and absent metadata is an empty object.
func MetadataContent(metadata json.RawMessage) Content {
	if text := string(bytes.TrimSpace(metadata)); text == "" || text == "null" {
		return Content{Metadata: json.RawMessage("{}")}
	}
	return Content{Metadata: slices.Clone(metadata)}
}

// WebhookContent is the content of a webhook override.
func WebhookContent(address string) Content { return Content{Webhook: &address} }

// FrequencyContent is the content of a sync's frequency; zero if the text can't be sent, such as an unknown one.
func FrequencyContent(text string) Content {
	every, err := ParseFrequency(text)
	if err != nil {
		return Content{}
	}
	text = FrequencyText(every)
	return Content{Frequency: &text}
}

// PausedContent says that syncs are paused, or that none of them is.
func PausedContent(names []SyncName, paused bool) Content {
	s := Content{Paused: map[string]bool{}}
	for _, name := range names {
		s.Paused[name.String()] = paused
	}
	return s
}

// IsPaused reports whether the sync is paused. Of one that runs, only its next run tells.
func (s SyncStatus) IsPaused() bool {
	return s.State == SyncStatePaused || s.State == SyncStateRunning && s.NextAt == nil
}

// pausedNow says which are paused of those syncs that another content has.
func pausedNow(all []SyncStatus, as Content) Content {
	s := Content{Paused: map[string]bool{}}
	for i := range all {
		name := all[i].Name.String()
		if _, asked := as.Paused[name]; asked {
			s.Paused[name] = all[i].IsPaused()
		}
	}
	return s
}

// errGone is the error of a content of something that no longer exists.
var errGone = errors.New("it no longer exists")

// Reading is a content that was read, or why it isn't known.
type Reading struct {
	Content Content
	Err     error
}

// ReadContent returns a read of the same fields as before, of what an intent was about. It is false if no read tells them: the
// webhook override is only in [GetConnection].
func ReadContent(i Intent) (_ Read[Reading], ok bool) {
	before := i.Undo.Before
	switch {
	case i.About.ID == "" || before.Webhook != nil:
	case before.Tags != nil || before.Metadata != nil:
		query := ConnectionQuery{ID: i.About.ID, Integrations: []string{i.About.Integration}, Limit: MaxPage}
		return Map(ListConnections(query), func(all []Connection) Reading { return connectionState(all, i.About, before) }), true
	case before.Frequency != nil && len(i.Syncs) == 1, len(before.Paused) > 0:
		selection := SyncSelection{Connection: i.About, Syncs: i.Syncs}
		if len(i.Syncs) == 0 {
			selection.All = true
		}
		return Map(ListSyncs(selection), func(all []SyncStatus) Reading { return syncState(all, before) }), true
	}
	return Read[Reading]{}, false
}

func connectionState(all []Connection, ref ConnectionRef, as Content) Reading {
	at := slices.IndexFunc(all, func(c Connection) bool { return c.Ref() == ref })
	if at < 0 {
		return Reading{Err: errGone}
	}
	return Reading{Content: all[at].content(as)}
}

// content returns those fields that another content has.
func (c *Connection) content(as Content) (s Content) {
	if as.Tags != nil {
		s.Tags = TagContent(c.Tags).Tags
	}
	if as.Metadata != nil {
		s.Metadata = MetadataContent(c.Metadata).Metadata
	}
	return s
}

func syncState(all []SyncStatus, as Content) Reading {
	switch {
	case len(all) == 0:
		return Reading{Err: errGone}
	case as.Frequency == nil:
		return Reading{Content: pausedNow(all, as)}
	}
	s := FrequencyContent(all[0].Frequency)
	if s.IsZero() { // Nango's own words, which it doesn't accept: shown as they are
		s.Frequency = &all[0].Frequency
	}
	return Reading{Content: s}
}

// WebhookOf returns the webhook content of a connection that was read.
func WebhookOf(c ConnectionDetail) Content {
	return WebhookContent(*cmp.Or(c.WebhookOverride, new(string)))
}

// PutBack returns the request that restores the content before a change, which has this id in the journal. Now is the content as it
// was read, with which the journal can put back this request.
func PutBack(i Intent, id string, now Content) (Request[Success], error) {
	before, ref := i.Undo.Before, i.About
	var r Request[Success]
	switch {
	case before.Metadata != nil:
		r = withoutValue(SetMetadata(ref.Integration, []string{ref.ID}, before.Metadata))
	case before.Tags != nil, before.Webhook != nil:
		r = UpdateConnection(ref, ConnectionPatch{Tags: before.Tags, WebhookOverride: before.Webhook})
	case before.Frequency != nil && len(i.Syncs) == 1:
		r = withoutValue(SetFrequency(ref, i.Syncs[0], *before.Frequency))
	case before.Paused != nil:
		var err error
		if r, err = restorePauses(ref, before, now); err != nil {
			return r, err
		}
	default:
		return r, errors.New("the journal doesn't have what it was before")
	}
	return r.Keeping(Undo{Before: now, After: before, Undoes: id}), nil
}

// restorePauses pauses or resumes the syncs that are not as before. One request can't do both.
func restorePauses(ref ConnectionRef, before, now Content) (Request[Success], error) {
	pause, resume := SyncSelection{Connection: ref}, SyncSelection{Connection: ref}
	for _, name := range slices.Sorted(maps.Keys(before.Paused)) {
		paused, known := now.Paused[name]
		switch short, variant, _ := strings.Cut(name, "::"); {
		case !known || paused == before.Paused[name]:
		case paused:
			resume.Syncs = append(resume.Syncs, SyncName{short, variant})
		default:
			pause.Syncs = append(pause.Syncs, SyncName{short, variant})
		}
	}
	switch {
	case len(pause.Syncs) > 0 && len(resume.Syncs) > 0:
		return Request[Success]{}, errors.New("some of its syncs would have to be paused and others resumed")
	case len(pause.Syncs) > 0:
		return PauseSyncs(pause), nil
	}
	return StartSyncs(resume), nil
}

// Keeping returns the request with what the journal keeps of it.
func (r Request[T]) Keeping(u Undo) Request[T] {
	r.call.Undo = u
	return r
}

// withoutValue returns the request, whose response only says that it succeeded.
func withoutValue[T any](r Request[T]) Request[Success] {
	return Request[Success]{call: r.call, refusal: r.refusal, decode: func(a Response) (Success, error) {
		_, err := r.decode(a)
		return Success{}, err
	}}
}

// CannotKeep returns why the journal can't keep what a change can be put back with; nil if it can. Mask masks the secrets that
// the program has seen; it may be nil.
func (u Undo) CannotKeep(mask func(string) string) error {
	size := 0
	for _, s := range []Content{u.Before, u.After} {
		raw, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if !bytes.Equal(raw, MaskJSONBy(raw, mask)) {
			return errors.New("it holds a secret, which the journal doesn't store")
		}
		size += len(raw)
	}
	return refuseIf(size > MaxUndo, "it has more than %d KB, which the journal doesn't store", MaxUndo>>10)
}

// keepable is what the journal keeps: without contents that it must not store. Without them nothing can be put back, so nothing is open.
func (c *Client) keepable(u Undo) Undo {
	if u.CannotKeep(c.config.Secrets.Mask) != nil {
		return Undo{Undoes: u.Undoes}
	}
	return u
}

// String says what of a connection or its syncs the content has.
func (s Content) String() string {
	var parts []string
	for name, has := range map[string]bool{"tags": s.Tags != nil, "metadata": s.Metadata != nil, "webhook override": s.Webhook != nil,
		"frequency": s.Frequency != nil, "paused syncs": s.Paused != nil} {
		if has {
			parts = append(parts, name)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, " and ")
}
