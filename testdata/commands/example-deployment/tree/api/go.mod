module parcels.example/api

go 1.22
