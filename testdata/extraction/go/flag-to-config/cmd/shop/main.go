package main

import (
	"flag"
	"log"

	"example.org/shop/internal/config"
	"example.org/shop/internal/server"
)

func main() {
	cfg := &config.Config{Name: "shop"}
	flag.StringVar(&cfg.Addr, "addr", "127.0.0.1:8090", "address to serve on")
	flag.StringVar(&cfg.MetricsAddr, "metrics-addr", ":9102", "address of the metrics")
	flag.Parse()
	if err := server.New(cfg).Run(); err != nil {
		log.Fatal(err)
	}
}
