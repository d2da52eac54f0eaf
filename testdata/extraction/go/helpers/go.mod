module example.org/hub

go 1.22
