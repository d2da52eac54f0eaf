package notify

import "testing"

func TestNothing(t *testing.T) {
	text := "func main() { http.ListenAndServe(\":80\", nil) }"
	raw := `net.Listen("tcp", ":81")`
	// net.Listen("tcp", ":82")
	_, _ = text, raw
}
