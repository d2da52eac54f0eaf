package settings

import "net"

// Listener opens what the endpoint says.
func (e *Endpoint) Listener() (net.Listener, error) {
	return net.Listen("tcp", e.HostPort())
}

// Dial connects to it.
func (e *Endpoint) Dial() (net.Conn, error) { return net.Dial("tcp", e.HostPort()) }
