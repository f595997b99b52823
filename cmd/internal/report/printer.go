package report

import (
	"bufio"
	"fmt"
	"io"
)

// printer writes text. It keeps the first error, which flush returns, and
// writes nothing after it.
type printer struct {
	w *bufio.Writer
}

func newPrinter(w io.Writer) printer { return printer{bufio.NewWriterSize(w, 64<<10)} }

func (p printer) printf(format string, args ...any) { _, _ = fmt.Fprintf(p.w, format, args...) }

func (p printer) flush() error { return p.w.Flush() }
