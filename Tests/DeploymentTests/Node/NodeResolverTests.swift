import Dialects
import Extraction
import ListenerModel
import Testing

@testable import Deployment

@Suite struct NodeResolverTests {
    /// The declarations of a tree's files, all read as Node does.
    static func declarations(_ files: [String: String]) -> [Declaration] {
        let units = files.filter { NodeExtractor().claim(path: $0.key) == .byExtension }.map { path, text in
            NodeExtractor().extract(SourceText(path: path, bytes: Array(text.utf8)))
        }
        return NodeResolver.declarations(units, in: MemoryTree(files))
    }

    static func address(_ declaration: Declaration) -> String {
        guard case .request(let request, let dialect) = declaration.meaning else { return "bound" }
        let resolved = request.resolved { _ in .unknown }.request
        let binding = dialect.binding(of: resolved, in: .standard)
        return "\(binding.host ?? "?") \(binding.port?.description ?? "?")"
    }

    /// Ways in which programs write a port or host.
    @Test(arguments: [
        ("const p = 3000; S.listen(p)", ":: 3000"),
        ("const p = process.env.PORT || 3000; S.listen(p)", ":: 3000"),
        ("const { PORT = 3000, HOST = '0.0.0.0' } = process.env; S.listen(PORT, HOST)", "0.0.0.0 3000"),
        ("S.listen(parseInt(process.env.PORT ?? '3000', 10))", ":: 3000"),
        ("S.listen(Number(process.env.PORT) || 3000)", ":: 3000"),
        ("S.listen(process.env.PORT ? +process.env.PORT : 3000)", ":: 3000"),
        ("S.listen(process.env['PORT'])", ":: ?"),
        ("let p = process.env.PORT; if (!p) { p = 3000; } S.listen(p)", ":: 3000"),
        ("let p = process.env.PORT; if (p == null || p === '') p = 3000; S.listen(p)", ":: 3000"),
        (
            "const c = { server: { port: 80, host: '127.0.0.1' } }; S.listen(c.server.port, c.server.host)",
            "127.0.0.1 80"
        ),
        ("const c = { a: { port: 80 } }; const { a: { port } } = c; S.listen(port)", ":: 80"),
        ("const c = { ...{ port: 80 }, host: '::1' }; S.listen(c)", "::1 80"),
        ("const o = { port: 80 }; o.host = '::1'; S.listen(o)", "::1 80"),
        ("S.listen(Object.assign({}, { port: 80 }))", ":: 80"),
        ("enum P { A = 80, B } S.listen(P.B)", ":: 81"),
        ("function f(p = 80) { S.listen(p) } f()", ":: 80"),
        ("const f = (p, h) => S.listen(p, h); f(80, '::1')", "::1 80"),
        ("class A { constructor(p) { this.p = p } run() { S.listen(this.p) } } new A(80).run()", ":: 80"),
        ("class A { port = 80; run() { S.listen(this.port) } }", ":: 80"),
        ("class A { static port = 80 } S.listen(A.port)", ":: 80"),
        ("const base = 8000; S.listen(base + 80)", ":: 8080"),
        (
            "function normalizePort(v) { const p = parseInt(v, 10); if (isNaN(p)) return v; if (p >= 0) return p; return false }"
                + " S.listen(normalizePort(process.env.PORT || '3000'))", ":: 3000"
        ),
        ("const app = express(); app.set('port', 3000); S.listen(3000, () => {})", ":: 3000"),
        ("S.listen(3000, 'localhost', 511, cb)", "localhost 3000"),
        ("S.listen(3000, cb)", ":: 3000"),
        ("S.listen(3000, config.host)", "? 3000"),
        ("S.listen(options)", "? ?"),
        ("S.listen(...args)", "? ?"),
        ("for (const p of [80, 81]) S.listen(p)", ":: 80"),
        ("S.listen(process.env.A || process.env.B || 3000)", ":: 3000"),
        ("S.listen(process.env.A || config.port || 3000)", ":: 3000"),
        ("S.listen(3000, process.env.HOST || undefined)", ":: 3000"),
        ("const h = process.env.LOCAL ? '127.0.0.1' : '0.0.0.0'; S.listen(3000, h)", "0.0.0.0 3000"),
        ("class A { #p = 80; get port() { return this.#p } set port(v) { x(v) } } S.listen(new A().port)", ":: 80"),
        ("class A { static get port() { return 80 } } S.listen(A.port)", ":: 80"),
        ("const o = { set port(v) { x(v) }, get port() { return 80 } }; S.listen(o.port)", ":: 80"),
        ("const a = [80, '::1']; S.listen(...a)", "::1 80"),
        ("const a = b ? ['x.sock'] : [80, '::1']; S.listen(...[80, '::1'].concat([cb]))", "::1 80"),
        ("function f(...a) { S.listen(a[0], a[1]) } f(80, '::1')", "::1 80"),
        ("(function (p) { S.listen(p) })(80)", ":: 80"),
        ("function load(done) { done({ port: 80 }) } load((c) => S.listen(c.port))", ":: 80"),
        ("Promise.resolve(80).then((p) => S.listen(p))", ":: 80"),
        ("[80].forEach((p) => S.listen(p))", ":: 80"),
        ("new Promise((res) => S.listen(80, res))", ":: 80"),
        ("S.listen(process.env.LISTEN_PORT.trim(), '::1')", "::1 ?"),
        ("const p = parseInt(options.port); S.listen(p)", ":: ?"),
        ("const { port } = new URL('http://[::1]:80/x'); S.listen(Number(port))", ":: 80"),
        ("S.listen(['::1', 80].at(-1), ['::1', 80].shift())", "::1 80"),
        ("import env from 'env-var'; S.listen(env.get('PORT').default(80).asPortNumber())", ":: 80"),
        ("S.listen(Object.assign({ host: '::1' }, o, { port: 80 }))", "::1 80"),
        ("const o = { port: 80 }; Object.assign(o, { host: '::1' }); S.listen(o)", "::1 80"),
        ("import _ from 'lodash'; S.listen(_.defaults({ port: 80 }, { port: 81, host: '::1' }))", "::1 80"),
        ("import getPort from 'get-port'; S.listen(await getPort({ port: 80 }))", ":: 80"),
        ("S.listen(config.socketPath)", "? ?"),
        (
            "import { program } from 'commander'; program.option('--web-port <n>', 'x', '80').action((o) => run({ ...o })); function run(o) { S.listen(o.webPort) }",
            ":: 80"
        ),
        ("S.listen(parseInt(process.env.PORT || '', 10) || 3000)", ":: 3000"),
        ("const p = parseInt(process.env.PORT || '', 10); S.listen(isNaN(p) ? 3000 : p)", ":: 3000"),
        ("function f(o) { if (x) return f({ port: 0 }); S.listen(o.port) } f({ port: 80 })", ":: 80"),
        ("S.listen.bind(S, 80)()", ":: 80"),
        (
            "import convict from 'convict'; const c = convict({ p: { default: 80, env: 'P' } }); S.listen(c.get('p') + 1)",
            ":: 81"
        ),
        ("import { getEnv } from 'x'; S.listen(Number(getEnv('PORT') || 80))", ":: 80"),
    ])
    func evaluation(_ code: String, _ expected: String) {
        let program = "import http from 'http'; import express from 'express'; const S = http.createServer();\n" + code
        #expect(Self.declarations(["a.ts": program]).map(Self.address) == [expected])
    }

    /// Receivers: what is a server and what is not.
    @Test(arguments: [
        ("const s = require('http').createServer(); s.listen(1)", 1),
        ("const { createServer } = require('node:net'); createServer().listen(1)", 1),
        ("const express = require('express'); const app = module.exports = express(); app.listen(1)", 1),
        ("import { Server } from 'http'; function f(s: Server) { s.listen(1) }", 1),
        (
            "import type { FastifyInstance } from 'fastify'; export async function f(s: FastifyInstance) { await s.listen({ port: 1 }) }",
            1
        ),
        ("import Koa from 'koa'; class App extends Koa {} new App().listen(1)", 1),
        ("import http from 'http'; let s; function a() { s = http.createServer() } function b() { s.listen(1) }", 1),
        ("import http from 'http'; const s = tls ? https.createServer() : http.createServer(); s.listen(1)", 1),
        ("import stoppable from 'stoppable'; import http from 'http'; stoppable(http.createServer(), 5).listen(1)", 1),
        ("import * as express_1 from 'express'; const app = (0, express_1.default)(); app.listen(1)", 1),
        ("import { io } from 'socket.io-client'; io('http://x').listen(1)", 0),
        ("const s = new Thing(); s.listen(1)", 0),
        ("class Server { listen(p) {} } new Server().listen(1)", 0),
        ("const s = { listen() {} }; s.listen(1)", 0),
        ("export function f(history) { history.listen(1) }", 0),
        ("export function f(server) { server.listen(process.env.PORT) }", 1),
        ("export function f(server) { server.listen(() => {}) }", 0),
        ("import http from 'http'; const a = http.createServer(); http.createServer().listen(a)", 0),
        ("import { Server } from 'socket.io'; import http from 'http'; new Server(http.createServer())", 0),
        ("import { WebSocketServer } from 'ws'; new WebSocketServer({ server: x() })", 0),
        ("import Hapi from '@hapi/hapi'; Hapi.server({ port: 1, autoListen: false }).start()", 0),
        (
            "import { NestFactory } from '@nestjs/core'; NestFactory.createMicroservice(M, { transport: Transport.NATS, options: { url: 'x' } })",
            0
        ),
        ("import { WebSocketGateway } from '@nestjs/websockets'; @WebSocketGateway(81) class G {}", 1),
        ("import { WebSocketServer } from 'ws'; new WebSocketServer({ server: this.server, path: '/x' })", 0),
        ("import { WebSocketServer } from 'ws'; new WebSocketServer({ server: a ? undefined : b })", 0),
        ("import http from 'http'; const s = http.createServer(); s.listen.call(s, 1); s.listen.apply(s, [1])", 2),
        (
            "import http from 'http'; import util from 'util'; const s = http.createServer(); util.promisify(s.listen).bind(s)(1)",
            1
        ),
        (
            "import { createServer } from 'http'; import { promisify } from 'util'; const s = createServer(); promisify(s.listen.bind(s, 1))()",
            1
        ),
        (
            "import { InversifyExpressServer } from 'inversify-express-utils'; const s = new InversifyExpressServer(c); s.build().listen(1)",
            1
        ),
        ("import uWS from 'uWebSockets.js'; function f(app: uWS.TemplatedApp) { app.listen(o.host, o.port, cb) }", 1),
        ("const dns2 = require('dns2'); dns2.createServer({}).listen({ udp: 5300, tcp: { port: 5301 } })", 2),
        ("const dns2 = require('dns2'); dns2.createServer({}).listen({ udp: 5300 })", 1),
        ("import { createServer } from 'http'; createServer().listen({ fd: options.fd })", 0),
        ("import { WebSocketGateway } from '@nestjs/websockets'; @WebSocketGateway({ cors: true }) class G {}", 0),
    ])
    func receivers(_ code: String, _ count: Int) {
        #expect(Self.declarations(["a.ts": code]).count == count)
    }

    @Test func places() {
        let text = """
            import http from 'http';
            const host = '127.0.0.1';
            http.createServer().listen(8080, host, () => {});
            http.createServer().listen();
            http.createServer().listen({ port: 1 });
            """
        let found = Self.declarations(["a.js": text])
        #expect(found.map(\.text) == ["8080, host", "listen", "{ port: 1 }"])
        #expect(found.map(\.location.start.line) == [3, 4, 5])
        #expect(found[0].trace.map(\.location.start.line) == [2])
        #expect(found[2].trace.map(\.location.start.line) == [5])
    }

    @Test func modules() {
        let files = [
            "package.json":
                #"{"main": "bin/www.js", "scripts": {"start": "node ./bin/www"}, "workspaces": ["packages/*"]}"#,
            "bin/www.js": "const app = require('../app'); const c = require('../config'); app.listen(c.port, c.host)",
            "app.js": "const express = require('express'); const app = express(); module.exports = app;",
            "config/index.js": "exports.port = require('./ports').web; exports.host = require('./data.json').host;",
            "config/ports.js": "module.exports = { web: process.env.PORT || 3000 };",
            "config/data.json": #"{"host": "10.0.0.1"}"#,
            "packages/api/package.json": #"{"name": "@acme/api"}"#,
            "packages/api/src/index.ts": "export * from './server'",
            "packages/api/src/server.ts":
                "import Koa from 'koa'; export function run(port: number) { new Koa().listen(port) }",
            "packages/web/package.json": #"{"name": "@acme/web"}"#,
            "packages/web/src/main.ts": "import { run } from '@acme/api'; run(4000)",
        ]
        let found = Self.declarations(files)
        #expect(
            found.map { "\($0.location.path) \(Self.address($0))" } == [
                "bin/www.js 10.0.0.1 3000", "packages/api/src/server.ts :: 4000",
            ])
        #expect(found.map(\.entryPoints) == [["bin/www.js"], ["packages/web/src/main.ts"]])
        #expect(found[0].trace.last?.location.path == "config/data.json")
    }

    /// Options that the command's own file declares.
    @Test func commandsOfTheirOwnFiles() {
        let files = [
            "cli.js":
                "const yargs = require('yargs'); const serve = require('./serve'); const argv = yargs.command('serve', 'x', serve.build).argv; serve.run(argv);",
            "serve.js":
                "exports.build = (y) => y.options({ port: { default: 9001 } }); exports.run = (o) => require('http').createServer().listen(o.port);",
        ]
        #expect(Self.declarations(files).map(Self.address) == [":: 9001"])
    }

    /// Programs that turn in circles end.
    @Test(
        arguments: [
            [
                "a.js":
                    "const b = require('./b'); require('http').createServer().listen(b.port); exports.port = b.port;",
                "b.js": "const a = require('./a'); exports.port = a.port;",
            ],
            [
                "a.ts":
                    "export * from './b'; import { p } from './b'; import http from 'http'; http.createServer().listen(p)",
                "b.ts": "export * from './a'",
            ],
            ["a.js": "const f = (p) => f(p); require('http').createServer().listen(f(1))"],
            ["a.js": "let p = p || p; p = p; require('http').createServer().listen(p)"],
            ["a.js": "class A extends A { go() { this.listen(1); this.s.listen(this.p) } } new A().go()"],
        ] as [[String: String]])
    func circles(_ files: [String: String]) {
        #expect(Self.declarations(files).count <= 1)
    }

    /// A file that asks at the limit of depth for what another one asks as well does not spoil its answer.
    @Test(arguments: [1, 2]) func filesAskForThemselves(jobs: Int) {
        for depth in 0..<60 {
            let nested = String(repeating: "same(", count: depth) + "port()" + String(repeating: ")", count: depth)
            let files = [
                "a.js": """
                const { port } = require('./shared')
                const same = (x) => x
                require('http').createServer().listen(\(nested))
                """,
                "b.js": "require('http').createServer().listen(require('./shared').port())",
                "main.js": "require('./shared').init(8080)",
                "shared.js": """
                let saved
                exports.init = function init(port) { saved = port }
                exports.port = () => saved
                """,
            ]
            let units = files.map { path, text in
                NodeExtractor().unit(of: Array(text.utf8), path: path)
            }
            let found = NodeResolver.declarations(units, in: MemoryTree(files), jobs: jobs)
            #expect(found.filter { $0.location.path == "b.js" }.map(Self.address) == [":: 8080"], "\(depth)")
        }
    }
}
