package screen

import tea "charm.land/bubbletea/v2"

// Searchable is a text with a search.
type Searchable interface {
	Key(k tea.KeyPressMsg) bool
	Type(text string)
	EndSearch()
	PrevMatch()
	NextMatch()
}

// TypeSearch passes keys and pastes to the search.
func TypeSearch(text Searchable, msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		text.Key(msg)
	case tea.PasteMsg:
		text.Type(msg.Content)
	}
}

// SearchActions returns the actions while the user types into the search.
func SearchActions(text Searchable) []Action {
	return []Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: func(*Turn) { text.Key(tea.KeyPressMsg{Code: tea.KeyEnter}) }},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*Turn) { text.EndSearch() }},
		{ID: FilterUp, Title: "Previous match", WhileTyping: true, Motion: true, Do: func(*Turn) { text.PrevMatch() }},
		{ID: FilterDown, Title: "Next match", WhileTyping: true, Motion: true, Do: func(*Turn) { text.NextMatch() }},
	}
}
