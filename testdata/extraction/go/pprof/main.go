package main

import (
	"log"
	"net/http"
	_ "net/http/pprof"
)

func main() {
	go func() {
		log.Println(http.ListenAndServe("0.0.0.0:6060", nil))
	}()
	srv := &http.Server{Handler: http.NewServeMux()}
	srv.Addr = ":8080"
	log.Fatal(srv.ListenAndServe())
}
