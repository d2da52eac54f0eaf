package server

import (
	"net"
	"testing"
)

func TestAnyPort(t *testing.T) {
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
}
