//go:build !linux

package main

import "errors"

func (m measurements) configure(string, string, string) error {
	return errors.New("only measured on Linux")
}
