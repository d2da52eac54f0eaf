package server

import (
	"net"
	"net/http"

	"example.org/shop/internal/config"
)

type Server struct {
	cfg  *config.Config
	http *http.Server
}

func New(cfg *config.Config) *Server {
	s := &Server{cfg: cfg}
	s.http = &http.Server{Addr: cfg.Addr, Handler: http.NewServeMux()}
	return s
}

func (s *Server) Run() error {
	metrics, err := net.Listen("tcp", s.cfg.MetricsAddr)
	if err != nil {
		return err
	}
	go http.Serve(metrics, nil)
	return s.http.ListenAndServe()
}
