module example.org/options

go 1.22
