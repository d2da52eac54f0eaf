// Package settings reads the environment with helpers of its own.
package settings

import (
	"net/url"
	"os"
	"strconv"
)

// Endpoint is one address; several sections have one.
type Endpoint struct {
	valid bool
	url   *url.URL
}

// Settings hold all sections.
type Settings struct {
	Host    string
	Port    int
	Admin   string
	Web     WebSection
	Mail    MailSection
	Metrics string
}

// WebSection is what the program listens on.
type WebSection struct{ Address *Endpoint }

// MailSection is what it sends to.
type MailSection struct{ Address *Endpoint }

var defaultMail = MailSection{Address: &Endpoint{true, &url.URL{Scheme: "smtp", Host: "localhost:25"}}}
var defaultWeb = WebSection{Address: &Endpoint{true, &url.URL{Scheme: "tcp", Host: ":9191"}}}

// HostPort is what package net takes.
func (e *Endpoint) HostPort() string {
	if !e.valid {
		return ""
	}
	return e.url.Host
}

func lookup(name string) (string, bool, error) {
	if value, ok := os.LookupEnv(name); ok {
		return value, true, nil
	}
	path, ok := os.LookupEnv(name + "_FILE")
	if !ok {
		return "", false, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", false, err
	}
	return string(data), true, nil
}

func text(target *string, name string) error {
	value, ok, err := lookup(name)
	if err != nil {
		return err
	}
	if ok {
		*target = value
	}
	return nil
}

func number(target *int, name string) error {
	value, ok, err := lookup(name)
	if err != nil || !ok {
		return err
	}
	parsed, err := strconv.Atoi(value)
	*target = parsed
	return err
}

// Load gives the settings with the defaults that a file may leave out.
func Load() *Settings {
	s := &Settings{Port: 9190}
	text(&s.Host, "HUB_HOST")
	number(&s.Port, "HUB_PORT")
	decode(s)
	fill(s)
	return s
}

func fill(s *Settings) {
	if s.Admin == "" {
		s.Admin = "http://127.0.0.1:9192"
	}
	if s.Web.Address == nil {
		s.Web.Address = defaultWeb.Address
	}
	if s.Mail.Address == nil {
		s.Mail.Address = defaultMail.Address
	}
}
