package settings

import (
	"os"

	"gopkg.in/yaml.v3"
)

func decode(s *Settings) {
	if data, err := os.ReadFile("hub.yaml"); err == nil {
		yaml.Unmarshal(data, s)
	}
}
