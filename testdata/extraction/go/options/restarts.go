package main

import (
	"net"
	"net/http"

	"github.com/beego/beego/v2/server/web"
	"github.com/caddyserver/certmagic"
	"github.com/cloudflare/tableflip"
	"github.com/facebookgo/grace/gracehttp"
	"github.com/facebookgo/grace/gracenet"
	"github.com/fvbock/endless"
	"github.com/ory/graceful"
	"github.com/zenazn/goji"
)

var listen = net.Listen

func restarts(handler http.Handler) {
	upgrader, _ := tableflip.New(tableflip.Options{})
	upgrader.Listen("tcp", "localhost:9001")
	upgrader.Fds.Listen("tcp", "localhost:9002")

	var family gracenet.Net
	family.Listen("tcp4", ":9003")
	gracehttp.Serve(&http.Server{Addr: ":9004"}, &http.Server{Addr: ":9005"})

	endless.ListenAndServe(":9006", handler)
	again := endless.NewServer(":9007", handler)
	again.ListenAndServe()

	server := graceful.WithDefaults(&http.Server{Addr: ":9008"})
	graceful.Graceful(server.ListenAndServe, server.Shutdown)

	certmagic.HTTPS([]string{"example.org"}, handler)
	goji.Serve()

	web.BConfig.Listen.HTTPPort = 9009
	web.Run()

	listen("tcp", ":9010")
	bound(net.Listen)
}

func bound(open func(network, address string) (net.Listener, error)) {
	open("tcp", "127.0.0.1:9011")
}

func main() {
	messaging()
	operator()
	restarts(nil)
}
