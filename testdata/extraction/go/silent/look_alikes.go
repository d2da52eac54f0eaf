package notify

import (
	"context"
	"net"
	"net/http"
	"os/exec"
	"testing"

	"golang.org/x/crypto/ssh"
	"google.golang.org/grpc/test/bufconn"
)

type history struct{ callbacks []func() }

// Listen subscribes; it opens nothing.
func (h *history) Listen(callback func()) { h.callbacks = append(h.callbacks, callback) }

type runner interface{ Run(address string) error }

func use(r runner, t *testing.T, client *ssh.Client) {
	h := &history{}
	h.Listen(func() {})
	r.Run(":8080")
	t.Run(":8080", func(*testing.T) {})
	exec.Command("server", "--listen", ":8080").Run()
	client.Listen("tcp", "127.0.0.1:9000")
	bufconn.Listen(1 << 20)
	net.Dial("tcp", "127.0.0.1:5432")
	(&net.Dialer{}).DialContext(context.Background(), "tcp", "10.0.0.1:80")
	server := &http.Server{Addr: ":8080"}
	server.Close()
	_ = http.Request{RequestURI: "http://127.0.0.1:8080/"}
	redis := struct{ Addr string }{Addr: "localhost:6379"}
	_ = redis
}
