package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"time"
)

// A file goes into an archive.
type file struct {
	name string
	mode os.FileMode
	text []byte
}

// tarred packs files below a directory. The bytes are a function of the
// arguments: owners, names of users and times of the machine stay out.
func tarred(dir string, files []file, date time.Time) ([]byte, error) {
	var b bytes.Buffer
	compressor, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	writer := tar.NewWriter(compressor)
	for _, f := range files {
		header := &tar.Header{
			Typeflag: tar.TypeReg,
			Name:     path.Join(dir, f.name),
			Mode:     int64(f.mode.Perm()),
			Size:     int64(len(f.text)),
			ModTime:  date,
			Format:   tar.FormatUSTAR,
		}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(f.text); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	if err := compressor.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// zipped is tarred for Windows.
func zipped(dir string, files []file, date time.Time) ([]byte, error) {
	// The format cannot say anything before 1980.
	if earliest := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); date.Before(earliest) {
		date = earliest
	}
	var b bytes.Buffer
	writer := zip.NewWriter(&b)
	for _, f := range files {
		header := &zip.FileHeader{Name: path.Join(dir, f.name), Method: zip.Deflate, Modified: date.UTC()}
		header.SetMode(f.mode)
		part, err := writer.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := part.Write(f.text); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
