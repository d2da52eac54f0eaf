// Package config reads the environment.
package config

import "os"

// Config is what the server needs to start.
type Config struct {
	Addr        string
	DatabaseURL string
	Blocked     []string
}

// Load reads the configuration from the environment.
func Load() Config {
	return Config{
		Addr:        getenv("API_ADDR", "127.0.0.1:8080"),
		DatabaseURL: os.Getenv("DATABASE_URL"),
		Blocked:     []string{"0.0.0.0", "[::]", "255.255.255.255"},
	}
}

func getenv(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}
