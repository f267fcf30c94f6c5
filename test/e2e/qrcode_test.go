//go:build unix

package e2e

import (
	"image"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// halfCellColor returns the color of the upper or the lower half of a cell. The terminal is dark by default.
func halfCellColor(cell *uv.Cell, lower bool) color.Color {
	foreground, background := color.Color(color.White), color.Color(color.Black)
	if cell == nil {
		return background
	}
	if cell.Style.Fg != nil {
		foreground = cell.Style.Fg
	}
	if cell.Style.Bg != nil {
		background = cell.Style.Bg
	}
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		foreground, background = background, foreground
	}
	switch {
	case cell.Content == "█", cell.Content == "▀" && !lower, cell.Content == "▄" && lower:
		return foreground
	}
	return background
}

// drawCells returns the screen as a picture. A cell is twice as high as it is wide.
func drawCells(cells uv.ScreenBuffer) image.Image {
	const zoom = 4
	size := cells.Bounds().Size()
	picture := image.NewGray(image.Rect(0, 0, size.X*zoom, 2*size.Y*zoom))
	for y := range 2 * size.Y * zoom {
		for x := range size.X * zoom {
			picture.Set(x, y, halfCellColor(cells.CellAt(x/zoom, y/zoom/2), y/zoom%2 == 1))
		}
	}
	return picture
}

// scanQRCode returns the text of the QR code in a picture. The library misreads one of 300 codes in one direction, so the picture is
// turned then.
func scanQRCode(picture image.Image) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		if bitmap, err = bitmap.RotateCounterClockwise(); err != nil {
			return "", err
		}
		if result, err = qrcode.NewQRCodeReader().Decode(bitmap, hints); err != nil {
			return "", err
		}
	}
	return result.GetText(), nil
}
