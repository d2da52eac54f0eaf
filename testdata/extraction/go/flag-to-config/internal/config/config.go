// Package config holds what the command line says.
package config

// Config is filled by flags.
type Config struct {
	Name        string
	Addr        string
	MetricsAddr string
}
