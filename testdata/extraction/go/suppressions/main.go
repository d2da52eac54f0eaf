package main

import "net/http"

func main() {
	go http.ListenAndServe(":9000", nil) // bindlint: ignore[some-rule] -- behind the VPN
	// bindlint: ignore[some-rule] -- local only
	http.ListenAndServe(":9001", nil)
}
