package main

import (
	"fmt"
	"net"
	"net/http"
)

func main() {
	host := "::1"
	go http.ListenAndServe(fmt.Sprintf("%s:%d", host, 8080), nil)
	go http.ListenAndServe("8080", nil)
	go net.Listen("udp", ":5353")
	net.ListenPacket("udp", ":5353")
}
