package main

import (
	"example.org/hub/internal/settings"
	"example.org/hub/internal/web"
)

func main() {
	s := settings.Load()
	s.Mail.Address.Dial()
	web.Start(s)
}
