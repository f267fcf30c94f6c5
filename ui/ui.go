// Package ui holds the widgets of the dashboard: table, form, dialog, JSON viewer, palette, help, toast.
// They know nothing of Nango. They draw into a [Frame] and take colours from its [Theme]; what they draw
// of strangers' text has to be a [Text] first, which nothing but cleaning makes.
package ui
