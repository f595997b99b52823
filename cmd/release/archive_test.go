package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"testing"
	"time"
)

var testFiles = []file{
	{"LICENSE", 0o644, []byte("do what is right\n")},
	{"kconfig-ls", 0o755, bytes.Repeat([]byte("program "), 1000)},
}

var testDate = time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC)

func TestTarred(t *testing.T) {
	archive, err := tarred("kconfig-ls", testFiles, testDate)
	if err != nil {
		t.Fatal(err)
	}
	decompressor, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	reader := tar.NewReader(decompressor)
	for _, want := range testFiles {
		header, err := reader.Next()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		if header.Name != "kconfig-ls/"+want.name || header.Mode != int64(want.mode) || !bytes.Equal(text, want.text) {
			t.Errorf("%s: mode %o, %d bytes", header.Name, header.Mode, len(text))
		}
		if !header.ModTime.Equal(testDate) || header.Uid != 0 || header.Uname != "" {
			t.Errorf("%s: %v, owner %d %q", header.Name, header.ModTime, header.Uid, header.Uname)
		}
	}
	if _, err := reader.Next(); err != io.EOF {
		t.Errorf("after the last file: %v", err)
	}
}

func TestZipped(t *testing.T) {
	archive, err := zipped("kconfig-ls", testFiles, testDate)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	if len(reader.File) != len(testFiles) {
		t.Fatalf("%d files", len(reader.File))
	}
	for i, want := range testFiles {
		got := reader.File[i]
		if got.Name != "kconfig-ls/"+want.name || got.Mode() != want.mode || !got.Modified.Equal(testDate) {
			t.Errorf("%s: mode %v, %v", got.Name, got.Mode(), got.Modified)
		}
	}
}

// TestSameBytes packs the same files in another time zone.
func TestSameBytes(t *testing.T) {
	elsewhere := testDate.In(time.FixedZone("elsewhere", 7*3600))
	for name, pack := range map[string]func(string, []file, time.Time) ([]byte, error){"tar": tarred, "zip": zipped} {
		first, err := pack("d", testFiles, testDate)
		if err != nil {
			t.Fatal(err)
		}
		second, err := pack("d", testFiles, elsewhere)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two runs give different archives", name)
		}
	}
}

// TestZippedBeforeItsTime packs with the date of a build without git.
func TestZippedBeforeItsTime(t *testing.T) {
	if _, err := zipped("d", testFiles, time.Unix(0, 0)); err != nil {
		t.Error(err)
	}
}

func TestStamp(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1772368200")
	mark, err := stampOf("v1.2.3-rc.1")
	if err != nil {
		t.Fatal(err)
	}
	if mark.version != "v1.2.3-rc.1" || !mark.date.Equal(testDate) {
		t.Errorf("%+v", mark)
	}
	for _, version := range []string{"1.0 -X main.date=never", "-1", "a/b"} {
		if _, err := stampOf(version); err == nil {
			t.Errorf("version %q is taken", version)
		}
	}
}
