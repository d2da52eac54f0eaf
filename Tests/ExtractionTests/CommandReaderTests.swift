import Dialects
import Extraction
import ListenerModel
import Testing

/// `host:port sockets certainty`, one listener after the other; `-` where there are no sockets.
private func listeners(_ shell: String, _ environment: [String: String] = [:]) -> String {
    let source = SourceText(path: "Procfile", bytes: Array(shell.utf8))
    let reader = CommandReader(shell: PlacedText(source, 0..<source.bytes.count))
    return reader.declarations.map { show($0, source, environment) }.joined(separator: " + ")
}

private func show(_ declaration: Declaration, _ source: SourceText, _ environment: [String: String]) -> String {
    guard case .request(let request, let dialect) = declaration.meaning else { return "bound" }
    let resolved = request.resolved { name in
        environment[name].map { .value(SymbolicText($0), at: nil) } ?? .unknown
    }
    let binding = dialect.binding(of: resolved.request, in: .standard)
    // What is reported must stand at the place that is reported.
    #expect(source.text(declaration.location.range) == declaration.text)
    let sockets = binding.sockets.map { socket in
        switch socket.address {
        case .unix(let path): path
        case .ip(let address, _):
            socket.dualStack ? "*" : address.hostForm
        }
    }
    return [
        "\(binding.transport == .tcp ? "" : "\(binding.transport) ")\(binding.host ?? "?"):\(binding.port?.description ?? "?")",
        sockets.isEmpty ? "-" : sockets.joined(separator: ","), declaration.certainty.rawValue,
        binding.refusal == nil ? "" : "refused",
    ].filter { !$0.isEmpty }.joined(separator: " ")
}

@Suite struct CommandReaderTests {
    @Test(arguments: [
        ("uvicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
        ("uvicorn app:app --host 0.0.0.0 --port 80", "0.0.0.0:80 0.0.0.0 certain"),
        ("uvicorn app:app --host=:: --port=80", ":::80 [::] certain"),
        ("uvicorn app:app --host ''", "0.0.0.0:8000 0.0.0.0,[::] default"),
        ("uvicorn app:app --port $PORT", "127.0.0.1:? - default"),
        ("uvicorn app:app --host 0.0.0.0 --port ${PORT:-8080}", "0.0.0.0:8080 0.0.0.0 certain"),
        ("uvicorn app:app --uds /tmp/s", ""),
        ("uvicorn --help", ""),
        ("gunicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
        ("PORT=5000 gunicorn app:app", "0.0.0.0:5000 0.0.0.0 default"),
        ("gunicorn -b 0.0.0.0:80 -b [::1]:81 app:app", "0.0.0.0:80 0.0.0.0 certain + ::1:81 [::1] certain"),
        ("gunicorn -b :8080 app:app", "0.0.0.0:8080 0.0.0.0 certain"),
        ("gunicorn --bind=unix:/run/app.sock app:app", "unix /run/app.sock:? /run/app.sock certain"),
        ("gunicorn -c conf.py app:app", ""),
        ("gunicorn -c conf.py -b 0.0.0.0 app:app", "0.0.0.0:8000 0.0.0.0 default"),
        ("flask --app x run", "127.0.0.1:5000 127.0.0.1 default"),
        ("flask run -h 0.0.0.0", "0.0.0.0:5000 0.0.0.0 default"),
        ("flask db upgrade", ""),
        ("python manage.py runserver", "127.0.0.1:8000 127.0.0.1 default"),
        ("python manage.py runserver 0.0.0.0:80", "0.0.0.0:80 0.0.0.0 certain"),
        ("python manage.py runserver 0:80", "0.0.0.0:80 0.0.0.0 certain"),
        ("python manage.py runserver 9000 --settings x", "127.0.0.1:9000 127.0.0.1 default"),
        ("python manage.py runserver :80", "?:80 - certain refused"),
        ("python manage.py migrate", ""),
        ("python3 -m http.server", "0.0.0.0:8000 0.0.0.0 default"),
        ("python3 -m http.server 9000 --bind 127.0.0.1", "127.0.0.1:9000 127.0.0.1 certain"),
        ("python3 -m http.server -p HTTP/1.1", "0.0.0.0:8000 0.0.0.0 default"),
        ("python -m debugpy --listen 0.0.0.0:5678 app.py", "0.0.0.0:5678 0.0.0.0 certain"),
        ("python -m debugpy --listen 5678 -m app", "127.0.0.1:5678 127.0.0.1 default"),
        ("python -m debugpy --connect host:5678 app.py", ""),
        ("streamlit run app.py --server.port=80", ":::80 * default"),
        ("streamlit run app.py --browser.serverAddress=0.0.0.0", ":::8501 * default"),
        ("jupyter lab --ip=* --port 8888", "0.0.0.0:8888 0.0.0.0,[::] certain"),
        ("poetry run uvicorn app:app --host 0.0.0.0", "0.0.0.0:8000 0.0.0.0 default"),
        ("uv run --with x uvicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
    ])
    func python(command: String, expected: String) { #expect(listeners(command) == expected) }

    @Test(arguments: [
        ("node --inspect server.js", "127.0.0.1:9229 127.0.0.1 default"),
        ("node --inspect=0.0.0.0:9229 server.js", "0.0.0.0:9229 0.0.0.0 certain"),
        ("node --inspect=9230 server.js", "127.0.0.1:9230 127.0.0.1 default"),
        ("node --inspect=0.0.0.0 server.js", "0.0.0.0:9229 0.0.0.0 default"),
        ("node --inspect-brk=80 server.js", "127.0.0.1:80 - default refused"),
        ("node server.js --inspect", ""),
        ("nodemon server.js --inspect=0.0.0.0", "0.0.0.0:9229 0.0.0.0 default"),
        ("nodemon --exec \"node --inspect=0.0.0.0\" server.js", "0.0.0.0:9229 0.0.0.0 default"),
        ("next dev", ":::3000 * default"),
        ("next start -p 80 -H 127.0.0.1", "127.0.0.1:80 127.0.0.1 certain"),
        ("next build", ""),
        ("vite", "localhost:5173 [::1] default"),
        ("vite --host", ":::5173 * default"),
        ("vite --host 0.0.0.0 --port 80", "0.0.0.0:80 0.0.0.0 certain"),
        ("vite build", ""),
        ("vite preview --port 9000", "localhost:9000 [::1] default"),
        ("npx http-server -p 80 -a 127.0.0.1 ./public", "127.0.0.1:80 127.0.0.1 certain"),
        ("http-server", ":::8080 * default"),
        ("serve -s build -l 80", ":::80 * default"),
        ("serve -l tcp://127.0.0.1:80", "127.0.0.1:80 127.0.0.1 certain"),
        ("cross-env NODE_ENV=production HOST=127.0.0.1 react-scripts start", "127.0.0.1:3000 127.0.0.1 default"),
        (
            "concurrently \"vite --host\" \"node --inspect api.js\"",
            ":::5173 * default + 127.0.0.1:9229 127.0.0.1 default"
        ),
        ("webpack serve --host 0.0.0.0", "0.0.0.0:8080 0.0.0.0 default"),
        ("wrangler dev --ip 0.0.0.0", "0.0.0.0:8787 0.0.0.0 default"),
        ("fastify start server.js", "localhost:3000 [::1],127.0.0.1 default"),
        ("npm run build && node server.js", ""),
        ("yarn vite --port 3000", "localhost:3000 [::1] default"),
        ("ng serve --host 0.0.0.0 --public-host x:1", "0.0.0.0:4200 0.0.0.0 default"),
    ])
    func node(command: String, expected: String) { #expect(listeners(command) == expected) }

    @Test(arguments: [
        ("redis-server", "0.0.0.0:6379 0.0.0.0,[::] default"),
        ("redis-server --port 6380 --bind 127.0.0.1 -::1", "127.0.0.1:6380 127.0.0.1 certain + ::1:6380 [::1] certain"),
        ("redis-server /etc/redis.conf", ""),
        ("redis-server --appendonly yes", "0.0.0.0:6379 0.0.0.0,[::] default"),
        ("redis-cli -h redis -p 6379", ""),
        ("postgres -c listen_addresses='*' -c port=5433", "0.0.0.0:5433 0.0.0.0,[::] certain"),
        ("postgres -c max_connections=100", ""),
        ("mysqld --bind-address=0.0.0.0", "0.0.0.0:3306 0.0.0.0 default"),
        ("mysqld --default-authentication-plugin=x", ""),
        ("mongod --bind_ip_all", "0.0.0.0:27017 0.0.0.0 default"),
        ("memcached -l 127.0.0.1 -p 11212", "127.0.0.1:11212 127.0.0.1 certain"),
        ("memcached -m 64", "0.0.0.0:11211 0.0.0.0,[::] default"),
        ("psql -h db -p 5432", ""),
        (
            "etcd --listen-client-urls http://0.0.0.0:2379,http://127.0.0.1:4001 --listen-peer-urls http://0.0.0.0:2380 --advertise-client-urls http://x:1",
            "0.0.0.0:2379 * certain + 127.0.0.1:4001 127.0.0.1 certain + 0.0.0.0:2380 * certain"
        ),
        ("minio server /data --console-address :9001", ":::9000 * default + :::9001 * certain"),
        ("traefik --api.insecure=true --entrypoints.web.address=:80", ":::8080 * default + :::80 * certain"),
        ("traefik --entryPoints.dns.address=:53/udp", "udp :::53 * certain"),
        (
            "prometheus --web.listen-address=127.0.0.1:9090 --web.external-url=http://0.0.0.0:1",
            "127.0.0.1:9090 127.0.0.1 certain"
        ),
        (
            "dockerd -H tcp://0.0.0.0:2375 -H unix:///var/run/docker.sock",
            "0.0.0.0:2375 * certain + unix /var/run/docker.sock:? /var/run/docker.sock certain"
        ),
        ("dockerd -H tcp://:2375", "127.0.0.1:2375 127.0.0.1 certain"),
        ("docker -H tcp://0.0.0.0:2375 ps", ""),
        ("dlv debug --headless --listen=:2345 ./cmd", ":::2345 * certain"),
        ("hugo server -b http://0.0.0.0:1313", "127.0.0.1:1313 127.0.0.1 default"),
        ("java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 -jar a.jar", ":::5005 * certain"),
        (
            "java -agentlib:jdwp=transport=dt_socket,server=y,address=5005 -jar a.jar",
            "127.0.0.1:5005 127.0.0.1 default"
        ),
        ("java -agentlib:jdwp=transport=dt_socket,server=n,address=x:5005 -jar a.jar", ""),
        ("java -Dserver.port=8081 -jar a.jar", ":::8081 * default"),
        ("java -jar a.jar", ""),
        ("php -S 0.0.0.0:80 -t public", "0.0.0.0:80 0.0.0.0 certain"),
        ("php artisan serve --host=0.0.0.0", "0.0.0.0:8000 0.0.0.0 default"),
        ("bundle exec rails s -b 0.0.0.0", "0.0.0.0:3000 0.0.0.0 default"),
        ("bundle exec puma -b tcp://0.0.0.0:9292", "0.0.0.0:9292 0.0.0.0 certain"),
        ("bundle exec puma -C config/puma.rb", ""),
        ("kubectl port-forward --address 0.0.0.0 svc/x 8080:80", "0.0.0.0:8080 * certain"),
        ("socat TCP-LISTEN:80,fork,bind=127.0.0.1 TCP:db:5432", "127.0.0.1:80 127.0.0.1 certain"),
        ("ssh -N -L 8080:db:80 host", "127.0.0.1:8080 127.0.0.1,[::1] default"),
        ("ssh -L 0.0.0.0:8080:db:80 host", "0.0.0.0:8080 0.0.0.0 certain"),
        ("nc -lvnp 4444", "0.0.0.0:4444 0.0.0.0,[::] default"),
        ("nc -z host 80", ""),
        ("ollama serve", "127.0.0.1:11434 127.0.0.1 default"),
        ("OLLAMA_HOST=0.0.0.0 ollama serve", "0.0.0.0:11434 * default"),
        (
            "dotnet App.dll --urls 'http://+:80;http://localhost:81'",
            ":::80 * certain + localhost:81 [::1],127.0.0.1 certain"
        ),
    ])
    func servers(command: String, expected: String) { #expect(listeners(command) == expected) }

    @Test(arguments: [
        "mkdir -p 8080", "docker run -p 8080:80 x", "scp -P 22 a b", "cp -p 80 81", "nginx -p /etc/nginx",
        "ngrok http 80", "curl --bind-address", "app --advertise-address 0.0.0.0:80", "app --addr 0.0.0.0:80",
        "nomad agent -advertise=0.0.0.0:1", "serve --help", "psql --host 0.0.0.0", "echo uvicorn app:app",
        "wait-for-it 0.0.0.0:80", "kube --initial-advertise-peer-urls=http://0.0.0.0:2380",
        "locust -H http://0.0.0.0:80 --headless",
        "deno run --allow-net=0.0.0.0:80 x.ts", "caddy reload --address 0.0.0.0:2019",
    ])
    func mustNotMatch(command: String) { #expect(listeners(command) == "") }

    @Test(arguments: [
        ("app --listen 0.0.0.0:80", "0.0.0.0:80 0.0.0.0 likely"),
        ("app --listen-address=:9000", ":::9000 * likely"),
        ("app --listen yes", ""),
        ("/manager --metrics-bind-address=127.0.0.1:8080", "127.0.0.1:8080 127.0.0.1 certain"),
        ("/manager --metrics-bind-address=0", ""),
        ("my_exporter --web.listen-address=:9200", ":::9200 * certain"),
    ])
    func genericFlags(command: String, expected: String) { #expect(listeners(command) == expected) }

    @Test(arguments: [
        ("sh -c 'exec uvicorn app:app --host 0.0.0.0'", "0.0.0.0:8000 0.0.0.0 default"),
        ("bash -lc \"cd x && uvicorn app:app\"", "127.0.0.1:8000 127.0.0.1 default"),
        ("tini -- uvicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
        ("gosu app timeout -k 5 10 nohup uvicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
        ("sudo -u app env -i A=b uvicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
        ("./wait-for-it.sh db:5432 -- uvicorn app:app", "127.0.0.1:8000 127.0.0.1 default"),
        ("/docker-entrypoint.sh redis-server --port 7000", "0.0.0.0:7000 0.0.0.0,[::] default"),
        ("export H=0.0.0.0; uvicorn app:app --host $H --port 81", "0.0.0.0:81 0.0.0.0 certain"),
        ("if true; then uvicorn app:app; fi", "127.0.0.1:8000 127.0.0.1 default"),
        ("uvicorn app:app > log 2>&1 &", "127.0.0.1:8000 127.0.0.1 default"),
        ("uvicorn app:app \\\n  --host 0.0.0.0 # wide\n", "0.0.0.0:8000 0.0.0.0 default"),
        ("# uvicorn app:app", ""),
        ("uvicorn $(cat app) --host `hostname`", "?:8000 - default"),
    ])
    func shells(command: String, expected: String) { #expect(listeners(command) == expected) }

    @Test(arguments: [
        (["HOST": "127.0.0.1"], "127.0.0.1:3000 127.0.0.1 default"), (["PORT": "80"], "0.0.0.0:80 0.0.0.0 default"),
    ])
    func variablesOfTheServiceCount(environment: [String: String], expected: String) {
        #expect(listeners("react-scripts start", environment) == expected)
    }

    @Test func gunicornOpensEveryInterfaceOnThePortOfTheEnvironment() {
        #expect(listeners("gunicorn app:app", ["PORT": "80"]) == "0.0.0.0:80 0.0.0.0 default")
    }

    @Test func locationsAreThoseOfTheValue() {
        let shell = "uvicorn app:app --host=\"0.0.0.0\" --port 80"
        let source = SourceText(path: "Procfile", bytes: Array(shell.utf8))
        let found = CommandReader(shell: PlacedText(source, 0..<source.bytes.count)).declarations
        #expect(found.map(\.text) == ["0.0.0.0"])
        #expect(found.first?.trace.map { source.text($0.location.range) } == ["uvicorn", "80"])
    }

    @Test func everyPrefixAndOneByteChangeIsRead() {
        let commands = [
            "A=b sh -c 'cd \"$X\" && exec env P=${P:-\"80\"} uvicorn a:b --host=$(x) --port `y`' | tee > l 2>&1 &",
            "java -agentlib:jdwp=server=y,address=*:1,x -Dserver.port=80; php artisan serve; ssh -L [::1]:1:a:2",
            "socat TCP-LISTEN:80,bind=::1,fork x; kubectl port-forward a :80; redis-server --bind -::1 a; npx yarn run",
        ]
        for command in commands {
            let bytes = Array(command.utf8)
            for end in 0...bytes.count { read(Array(bytes[..<end])) }
            for index in bytes.indices {
                for byte: UInt8 in [0, 0x0a, 0x22, 0x24, 0x5c, 0xef] {
                    var changed = bytes
                    changed[index] = byte
                    read(changed)
                }
            }
        }
    }

    @Test func deepNestingIsCutOff() {
        for text in [
            String(repeating: "${a:-", count: 20000), String(repeating: "sh -c ", count: 20000),
            String(repeating: "\"$(", count: 20000), String(repeating: "exec ", count: 20000),
            String(repeating: "\"${a:-", count: 20000),
        ] {
            read(Array(text.utf8))
        }
    }

    private func read(_ bytes: [UInt8]) {
        let source = SourceText(path: "Procfile", bytes: bytes)
        for declaration in CommandReader(shell: PlacedText(source, 0..<bytes.count)).declarations {
            #expect(declaration.location.range.upperBound <= bytes.count)
            guard case .request(let request, let dialect) = declaration.meaning else { continue }
            _ = dialect.binding(of: request.resolved { _ in .unknown }.request, in: .standard)
        }
    }
}
