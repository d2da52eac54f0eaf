// Package server is the HTTP side of the courier API.
package server

import (
	"net/http"
	"time"

	"parcels.example/api/internal/config"
)

// Run serves until the listener fails.
func Run(cfg config.Config) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	srv := &http.Server{
		Addr:              cfg.Addr,
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
	}
	return srv.ListenAndServe()
}

// Metrics returns the handler of the metrics endpoint.
func Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/metrics", func(w http.ResponseWriter, r *http.Request) {})
	return mux
}
