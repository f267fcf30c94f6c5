package guard

import "time"

// DefaultArmFor is how long a production profile stays armed if the profile doesn't say.
const DefaultArmFor = 15 * time.Minute

// DefaultReload is how old data on the screen becomes before it is read again, if the profile doesn't say.
const DefaultReload = 5 * time.Minute

// NoReload is a [Profile.ReloadAfter] that reads nothing again by itself.
const NoReload time.Duration = -1

// Profile is an environment of a Nango server, and how carefully it is treated.
type Profile struct {
	Name string
	Host string
	// Dashboard is the address of the environment in Nango's web dashboard; empty if it is not known.
	Dashboard string
	// Logs is the address of Nango's log tools that the profile names; empty for that of the cloud or of the host.
	Logs string
	// Production requires arming before anything is changed. Configuration sets it unless the profile says "production: false".
	Production bool
	// ReadOnly allows only reads. MayRefresh also allows reads that may refresh a token.
	ReadOnly, MayRefresh bool
	// Insecure means that the profile allows sending the key over http to another machine.
	Insecure bool
	// ArmFor is how long arming lasts; zero means [DefaultArmFor].
	ArmFor time.Duration
	// ReloadAfter is how old data on the screen becomes before it is read again; zero means [DefaultReload]. With [NoReload] only
	// the user's key reads again.
	ReloadAfter time.Duration
}

// ReloadInterval is how old data on the screen becomes before it is read again, and whether that happens by itself. Without that,
// opening a list still reads data older than [DefaultReload].
func (p Profile) ReloadInterval() (age time.Duration, byItself bool) {
	if p.ReloadAfter > 0 {
		return p.ReloadAfter, true
	}
	return DefaultReload, p.ReloadAfter == 0
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
