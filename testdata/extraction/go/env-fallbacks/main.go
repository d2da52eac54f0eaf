package main

import (
	"cmp"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
)

const defaultPort = "8080"

func getenv(key, fallback string) string {
	if value, ok := os.LookupEnv(key); ok {
		return value
	}
	return fallback
}

func intEnv(key string, fallback int) int {
	value := os.Getenv(key)
	if value == "" {
		return fallback
	}
	number, err := strconv.Atoi(value)
	if err != nil {
		return fallback
	}
	return number
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = defaultPort
	}
	go http.ListenAndServe(":"+port, nil)

	go http.ListenAndServe(net.JoinHostPort(getenv("ADMIN_HOST", "127.0.0.1"), getenv("ADMIN_PORT", "9000")), nil)

	addr := ":7000"
	if p := os.Getenv("API_PORT"); p != "" {
		addr = ":" + p
	}
	go http.ListenAndServe(addr, nil)

	go http.ListenAndServe(fmt.Sprintf("0.0.0.0:%d", intEnv("OPS_PORT", 9100)), nil)

	go http.ListenAndServe(cmp.Or(os.Getenv("WEB_ADDR"), ":3000"), nil)

	// Nothing stands in for this one: unset, it is a random port on every interface.
	log.Fatal(http.ListenAndServe(":"+os.Getenv("DEBUG_PORT"), nil))
}
