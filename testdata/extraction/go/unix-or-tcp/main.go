package main

import (
	"flag"
	"log"
	"net"
	"net/http"
	"strings"
)

var listen = flag.String("listen", ":8086", "address, or unix:PATH")

func open(address string) (net.Listener, error) {
	network := "tcp"
	if strings.HasPrefix(address, "unix:") {
		network = "unix"
		address = strings.TrimPrefix(address, "unix:")
	}
	return net.Listen(network, address)
}

func main() {
	flag.Parse()
	listener, err := open(*listen)
	if err != nil {
		log.Fatal(err)
	}
	control, err := net.Listen("unix", "/run/example/control.sock")
	if err != nil {
		log.Fatal(err)
	}
	go http.Serve(control, nil)
	log.Fatal(http.Serve(listener, nil))
}
