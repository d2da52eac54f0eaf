package web

import (
	"fmt"
	"net"
	"strings"

	"example.org/hub/internal/settings"
)

// Start opens every listener of the program.
func Start(s *settings.Settings) {
	main, _ := network(s.Host, s.Port)
	net.Listen("tcp", main)
	s.Web.Address.Listener()
	open(scheme(s.Admin), address(s.Admin))
	if s.Metrics != "" {
		net.Listen("tcp", s.Metrics)
	}
}

func network(host string, port int) (string, string) {
	if path, ok := strings.CutPrefix(host, "unix:"); ok {
		return path, "unix"
	}
	return fmt.Sprintf("%s:%d", host, port), "tcp"
}

func scheme(text string) string {
	var scheme string
	if i := strings.Index(text, "://"); i > -1 {
		scheme = text[:i]
	}
	switch scheme {
	case "", "http":
		return "tcp"
	default:
		return scheme
	}
}

func address(text string) string {
	parts := strings.SplitN(text, "//", 2)
	return parts[len(parts)-1]
}

func open(network, address string) (net.Listener, error) {
	if network == "unix" {
		path := strings.Split(address, ",")[0]
		return net.Listen(network, path)
	}
	return net.Listen(network, address)
}
