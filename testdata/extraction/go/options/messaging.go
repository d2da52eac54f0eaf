package main

import (
	"github.com/hashicorp/memberlist"
	"github.com/hashicorp/raft"
	"github.com/libp2p/go-libp2p"
	"github.com/nats-io/nats-server/v2/server"
	"go.etcd.io/etcd/server/v3/embed"
)

func messaging() {
	opts := &server.Options{Host: "127.0.0.1", Port: 4333, HTTPPort: 8333}
	broker, _ := server.NewServer(opts)
	go broker.Start()

	random, _ := server.NewServer(&server.Options{Port: -1})
	go random.Start()

	plain, _ := server.NewServer(&server.Options{ServerName: "plain"})
	go plain.Start()

	gossip := memberlist.DefaultLANConfig()
	memberlist.Create(gossip)

	local := memberlist.DefaultLocalConfig()
	local.BindAddr, local.BindPort = "10.0.0.5", 7000
	memberlist.Create(local)

	raft.NewTCPTransport("10.0.0.5:8300", nil, 3, 0, nil)
	embed.StartEtcd(embed.NewConfig())
	libp2p.New(libp2p.ListenAddrStrings("/ip4/0.0.0.0/tcp/4001", "/ip6/::1/udp/4001/quic-v1", "/p2p-circuit"))
}
