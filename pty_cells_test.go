//go:build unix

package main

import (
	"image"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// cells is the screen cell by cell, as it is now.
func (x *display) cells() uv.ScreenBuffer {
	b := uv.NewScreenBuffer(x.em.Width(), x.em.Height())
	x.em.Draw(b, b.Bounds())
	return b
}

// half is the colour of the upper or the lower half of a cell. A terminal is dark where the program does not say otherwise.
func half(cell *uv.Cell, lower bool) color.Color {
	ink, ground := color.Color(color.White), color.Color(color.Black)
	if cell == nil {
		return ground
	}
	if cell.Style.Fg != nil {
		ink = cell.Style.Fg
	}
	if cell.Style.Bg != nil {
		ground = cell.Style.Bg
	}
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		ink, ground = ground, ink
	}
	switch {
	case cell.Content == "█", cell.Content == "▀" && !lower, cell.Content == "▄" && lower:
		return ink
	}
	return ground
}

// photo is the screen as a phone's camera sees it. A cell is twice as high as it is wide.
func photo(cells uv.ScreenBuffer) image.Image {
	const zoom = 4
	size := cells.Bounds().Size()
	picture := image.NewGray(image.Rect(0, 0, size.X*zoom, 2*size.Y*zoom))
	for y := range 2 * size.Y * zoom {
		for x := range size.X * zoom {
			picture.Set(x, y, half(cells.CellAt(x/zoom, y/zoom/2), y/zoom%2 == 1))
		}
	}
	return picture
}

// scan reads the QR code in a picture.
func scan(picture image.Image) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}
