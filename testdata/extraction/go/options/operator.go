package main

import (
	"flag"

	ctrl "sigs.k8s.io/controller-runtime"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
)

func operator() {
	var metrics, probes string
	flag.StringVar(&metrics, "metrics-bind-address", ":8443", "metrics endpoint")
	flag.StringVar(&probes, "health-probe-bind-address", ":8081", "probe endpoint")
	hooks := webhook.NewServer(webhook.Options{CertDir: "/certs"})
	ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{
		Metrics:                metricsserver.Options{BindAddress: metrics},
		WebhookServer:          hooks,
		HealthProbeBindAddress: probes,
	})
	// Metrics on the default address, no probes.
	ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{})
	// Nothing at all.
	ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{Metrics: metricsserver.Options{BindAddress: "0"}})
}
