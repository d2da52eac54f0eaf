package main

import (
	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"github.com/valyala/fasthttp"
)

type app struct {
	router *gin.Engine
}

func (a *app) start() error { return a.router.Run(":8081") }

func serve(server *echo.Echo) error {
	return server.Start("127.0.0.1:1323")
}

func main() {
	router := gin.Default()
	router.GET("/ping", func(c *gin.Context) { c.String(200, "pong") })
	go router.Run()
	go (&app{router: gin.New()}).start()

	go serve(echo.New())

	web := fiber.New()
	go web.Listen(":3000")
	dual := fiber.New(fiber.Config{Network: "tcp"})
	go dual.Listen(":3001")

	go fasthttp.ListenAndServe("[::1]:8082", nil)
	fasthttp.ListenAndServe(":8083", nil)
}
