package main

import (
	"net/http"
	"os"

	"github.com/kelseyhightower/envconfig"
	"github.com/urfave/cli/v2"
)

type settings struct {
	Address string `envconfig:"APP_ADDRESS" default:":8084"`
	Probe   string `env:"PROBE_ADDR" envDefault:"127.0.0.1:8085"`
}

func main() {
	var s settings
	envconfig.Process("", &s)
	app := &cli.App{
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "server-addr", EnvVars: []string{"SERVER_ADDR"}, Value: ":8000"},
		},
		Action: func(c *cli.Context) error {
			go http.ListenAndServe(s.Address, nil)
			go http.ListenAndServe(s.Probe, nil)
			return http.ListenAndServe(c.String("server-addr"), nil)
		},
	}
	app.Run(os.Args)
}
