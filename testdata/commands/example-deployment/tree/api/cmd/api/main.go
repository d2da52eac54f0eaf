// Command api serves the courier API.
package main

import (
	"flag"
	"log"
	"net/http"
	"time"

	"parcels.example/api/internal/config"
	"parcels.example/api/internal/server"
)

var metricsAddr = flag.String("metrics-addr", "127.0.0.1:9102", "address of the metrics endpoint")

func main() {
	flag.Parse()
	cfg := config.Load()

	go func() {
		log.Println(http.ListenAndServe(*metricsAddr, server.Metrics()))
	}()

	// The probe dials; it opens nothing.
	go probe("http://0.0.0.0:8080/healthz")

	log.Fatal(server.Run(cfg))
}

func probe(url string) {
	for range time.Tick(time.Minute) {
		if response, err := http.Get(url); err == nil {
			response.Body.Close()
		}
	}
}
