package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

type profile struct {
	Addr string
	Port int
}

var root = &cobra.Command{
	Use: "notes",
	RunE: func(cmd *cobra.Command, args []string) error {
		p := &profile{Addr: viper.GetString("addr"), Port: viper.GetInt("port")}
		health, err := cmd.Flags().GetString("health-addr")
		if err != nil {
			return err
		}
		go http.ListenAndServe(health, nil)
		return http.ListenAndServe(fmt.Sprintf("%s:%d", p.Addr, p.Port), nil)
	},
}

func init() {
	root.Flags().String("addr", "", "address")
	root.Flags().IntP("port", "p", 5230, "port")
	root.PersistentFlags().String("health-addr", "127.0.0.1:5231", "health checks")
	viper.BindPFlag("addr", root.Flags().Lookup("addr"))
	viper.BindPFlag("port", root.Flags().Lookup("port"))
	viper.SetEnvPrefix("notes")
	viper.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	viper.AutomaticEnv()
}

func main() { root.Execute() }
