package options

import "flag"

// Options are read by a library that is not part of this tree.
type Options struct {
	ListenAddress string
	Upstream      string
}

var defaults = Options{
	ListenAddress: "0.0.0.0:9095",
	Upstream:      "127.0.0.1:9096",
}

const bindAddr = ":9097"

var (
	listen = flag.String("web.listen-address", ":9098", "address to listen on")
	dial   = flag.String("redis-addr", "localhost:6379", "address to connect to")
)
