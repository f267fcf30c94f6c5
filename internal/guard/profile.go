package guard

import "time"

// DefaultArmFor is how long a production profile stays armed if the profile doesn't say.
const DefaultArmFor = 15 * time.Minute

// Profile is an environment of a Nango server, and how carefully it is treated.
type Profile struct {
	Name string
	Host string
	// Production requires arming before anything is changed. Configuration sets it unless the profile says "production: false".
	Production bool
	// ReadOnly allows only reads. MayRefresh also allows reads that may refresh a token.
	ReadOnly, MayRefresh bool
	// Insecure means that the profile allows sending the key over http to another machine.
	Insecure bool
	// ArmFor is how long arming lasts; zero means [DefaultArmFor].
	ArmFor time.Duration
}

// ArmingTime is how long arming lasts.
func (p Profile) ArmingTime() time.Duration {
	if p.ArmFor > 0 {
		return p.ArmFor
	}
	return DefaultArmFor
}

// CheckArming returns why the profile can't be armed; nil if it can.
func (p Profile) CheckArming() *Denial {
	switch {
	case p.ReadOnly:
		return &Denial{Reason: ReadOnly, Profile: p.Name}
	case !p.Production:
		return &Denial{Reason: NeedsNoArming, Profile: p.Name}
	}
	return nil
}
