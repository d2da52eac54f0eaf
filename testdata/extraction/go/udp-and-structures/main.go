package main

import (
	"context"
	"net"
	"net/netip"
)

func main() {
	net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP("127.0.0.1"), Port: 5354})
	addr, err := net.ResolveUDPAddr("udp4", ":5355")
	if err != nil {
		return
	}
	net.ListenUDP("udp4", addr)
	net.ListenMulticastUDP("udp6", nil, &net.UDPAddr{IP: net.ParseIP("ff02::fb"), Port: 5353})
	net.ListenTCP("tcp", net.TCPAddrFromAddrPort(netip.MustParseAddrPort("[::1]:7001")))
	net.ListenTCP("tcp", nil)
	lc := net.ListenConfig{}
	lc.Listen(context.Background(), "tcp6", ":7002")
	net.Listen("ip4:icmp", "0.0.0.0")
}
