package models

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// dashboardAction opens or copies the address of what is on the screen in Nango's web dashboard. A remote terminal has no browser.
func (a *App) dashboardAction() screen.Action {
	address, reason := a.dashboardAddress()
	return screen.Action{ID: Dashboard, Title: titleDashboard, HideInFooter: true, Disabled: reason, Do: func(t *screen.Turn) {
		if a.config.Remote || a.config.Browse == nil {
			t.Browse(address)
			return
		}
		t.Pick(textDashboard,
			screen.Option{Title: textOpenInBrowser, Detail: address, Do: func(t *screen.Turn) { t.Browse(address) }},
			screen.Option{Title: textCopyAddress, Do: func(t *screen.Turn) { t.CopyLine(textDashboardAddress, address) }})
	}}
}

// dashboardAddress returns the address of what is on the screen, or why there is none.
func (a *App) dashboardAddress() (address, reason string) {
	e := a.top()
	if e == nil || e.profile == nil {
		return "", textNoProfile
	}
	dashboard := nango.Dashboard(e.profile.Profile.Dashboard)
	if dashboard == "" {
		return "", textNoDashboard
	}
	if s, ok := e.screen.(screen.OperationSelector); ok && s.SelectedOperation() != "" {
		return dashboard.Operation(s.SelectedOperation()), ""
	}
	page := dashboardPage(e.route)
	if page == nil {
		return "", textNoDashboardPage
	}
	return dashboard.Page(page...), ""
}

// dashboardPage returns the page of the dashboard that shows what a route names, or nil. What belongs to a connection or an
// integration is on its page.
func dashboardPage(r screen.Route) []string {
	switch r.Name {
	case "connections", "integrations":
		return []string{r.Name}
	case "environment":
		return []string{"environment-settings"}
	case "connection", "syncs", "records", "proxy", "reconnect":
		if len(r.Args) == 2 {
			return []string{"connections", r.Arg(0), r.Arg(1)}
		}
	}
	switch r.Name {
	case "integration", "actions", "run", "functions", "function", "syncs":
		if r.Arg(0) != "" {
			return []string{"integrations", r.Arg(0)}
		}
	}
	return nil
}
