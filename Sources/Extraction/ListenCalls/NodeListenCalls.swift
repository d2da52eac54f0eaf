public import Dialects
public import ListenerModel
internal import Threading

/// One row of `Tables/node-listen-calls.tsv`: a call by which a program listens, and where its address stands.
public struct NodeListenCall: Sendable {
    public enum Form: Sendable, Hashable {
        /// `listen(port, host, backlog, callback)`, `listen(path)`, `listen({ port, host, path })`
        case arguments
        /// The object that is this argument.
        case options(Int)
        /// The object that the receiver was made with, as this argument.
        case constructed(Int)
        /// A number as this argument listens, anything else does not.
        case port(Int)
        /// `host:port` in one text.
        case target(Int)
        case hostFirst
        case callbackBeforeHost
        case datagram
        case inspector
        /// Nest's `{ transport, options }`
        case microservice(Int)
        /// Gives back this argument.
        case passes(Int)
        /// Known to open nothing.
        case none
    }

    public struct Keys: Sendable {
        public var host = ["host"]
        public var port = ["port"]
        public var path = ["path"]
        /// The key of the object that holds the others.
        public var inside: String?
        /// Keys whose presence means that nothing is opened.
        public var unless: [String] = []
        public var unlessFalse: [String] = []
        /// `host: true` is every interface.
        public var everyInterface = false
    }

    public var form: Form
    public var keys = Keys()
    public var dialect = NodeDialect.server
    /// What the receiver must have been made with.
    public var with: String?
    public var purpose: [Purpose] = []
    /// Holds beside the row before it for the same call, not instead of it.
    public var isBeside = false
    /// The socket is UDP.
    public var isDatagram = false

    /// Keys that look like a host to who writes them and are read by nobody (`lib/net.js` reads `host` alone).
    public var ignoredHostKeys: [String] { ["hostname", "address", "host"].filter { !keys.host.contains($0) } }

    init(form: Form) {
        self.form = form
        switch form {
        case .inspector: dialect = .inspector
        case .datagram: dialect = NodeDialect(.datagram)
        case .target: dialect.form = .target
        case .options, .constructed, .microservice: dialect.form = .options
        case .arguments, .port, .hostFirst, .callbackBeforeHost, .passes, .none: break
        }
    }
}

public enum NodeListenCalls {
    /// The rows for a call named as in the table.
    public static func rows(for name: String) -> [NodeListenCall] {
        if let known = known.withLock({ $0[name] }) { return known }
        let lines = index.rows(of: name).map { $0.parts(at: "\t") }.filter { $0[0].words().contains(name[...]) }
        let rows = lines.map(row)
        if !rows.isEmpty { known.withLock { $0[name] = rows } }
        return rows
    }

    /// Whether some row listens on what a call of this name gives: `http.createServer`.
    public static func isServer(_ name: String) -> Bool { servers.contains(name) }

    /// Whether a call whose callee ends in this name may be in the table.
    public static func mayEnd(in name: String) -> Bool { lastNames.contains(name) }

    /// Whether a file that imports these modules may hold a call of the table, or a comment that is for bindlint.
    static func mayOccur(in bytes: [UInt8], importing modules: [String]) -> Bool {
        needles.occurs(in: bytes) || modules.contains { packages.contains(package(of: $0)) }
    }

    /// `socket.io/dist/index.js` is of `socket.io`, `@hapi/hapi/lib` of `@hapi/hapi`.
    private static func package(of module: String) -> Substring {
        let name = module.hasPrefix("node:") ? module.dropFirst(5) : module[...]
        let slashes = name.utf8.indices.lazy.filter { name.utf8[$0] == UInt8(ascii: "/") }
        return slashes.dropFirst(name.hasPrefix("@") ? 1 : 0).first.map { name[..<$0] } ?? name
    }

    private static let signs = TableRows.of(EmbeddedFiles.node_listen_calls_tsv).flatMap { fields in
        fields[4] == "-" ? [] : fields[4].words(at: "|")
    }
    private static let packages = Set(signs.filter { $0.hasPrefix("import:") }.map { $0.dropFirst(7) })
    private static let needles = NeedleSet(
        signs.filter { !$0.hasPrefix("import:") }.map(String.init) + ["bindlint:"])

    /// Every row, for checks of the table itself.
    static var all: [NodeListenCall] { TableRows.of(EmbeddedFiles.node_listen_calls_tsv).map(row) }

    private static let index = TableIndex(EmbeddedFiles.node_listen_calls_tsv, column: 0)
    /// The rows that were asked for and are there.
    private static let known = Lock<[String: [NodeListenCall]]>([:])
    private static let names = TableRows.of(EmbeddedFiles.node_listen_calls_tsv).flatMap { $0[0].words() }
    private static let servers = Set(
        names.compactMap { name in name.firstRange(of: "()").map { String(name[..<$0.lowerBound]) } })
    private static let lastNames = Set(names.map { String($0.words(at: ".").last ?? $0) })

    private static func row(_ fields: [Substring]) -> NodeListenCall {
        guard fields.count == 6, var row = NodeListenCall.Form(word: fields[1]).map(NodeListenCall.init) else {
            preconditionFailure("node-listen-calls.tsv: \(fields)")
        }
        row.read(attributes: fields[2])
        if fields[3] != "-" { row.purpose = [Purpose(rawValue: String(fields[3]))] }
        return row
    }
}

extension NodeListenCall.Form {
    fileprivate init?(word: Substring) {
        let parts = word.words(at: ":")
        let position = parts.count == 2 ? Int(parts[1]) : nil
        switch (parts[0], position) {
        case ("arguments", nil): self = .arguments
        case ("options", let position?): self = .options(position)
        case ("constructed", nil): self = .constructed(0)
        case ("constructed", let position?): self = .constructed(position)
        case ("port", let position?): self = .port(position)
        case ("target", let position?): self = .target(position)
        case ("host-first", nil): self = .hostFirst
        case ("callback-before-host", nil): self = .callbackBeforeHost
        case ("datagram", nil): self = .datagram
        case ("inspector", nil): self = .inspector
        case ("microservice", let position?): self = .microservice(position)
        case ("passes", let position?): self = .passes(position)
        case ("none", nil): self = .none
        default: return nil
        }
    }
}

extension NodeListenCall {
    /// `host=a,b absent-port=80 every-address`
    mutating func read(attributes: Substring) {
        for attribute in attributes.words() where attribute != "-" {
            let parts = attribute.parts(at: "=", limit: 2)
            let value = parts.count == 2 ? String(parts[1]) : ""
            let list = value[...].words(at: ",").map(String.init)
            switch parts[0] {
            case "host": keys.host = list
            case "port": keys.port = list
            case "path": keys.path = list
            case "inside": keys.inside = value
            case "unless": keys.unless = list
            case "unless-false": keys.unlessFalse = list
            case "every-interface": keys.everyInterface = true
            case "with": with = value
            case "beside": isBeside = true
            case "udp": isDatagram = true
            case "every-address": dialect.everyAddress = true
            case "absent-host": dialect.absentHost = Self.absentHost(value)
            case "absent-port": dialect.absentPort = UInt16(value)
            default: preconditionFailure("table of listen calls: no attribute \(attribute)")
            }
        }
    }

    private static func absentHost(_ value: String) -> NodeDialect.AbsentHost {
        switch value {
        case "0.0.0.0": .everyInterface(.ipv4Only)
        case "::": .everyInterface(.dualStack)
        case "127.0.0.1": .everyInterface(.loopbackIPv4)
        default: .name(value)
        }
    }
}
