internal import Threading

/// One row of `Tables/go_listen_calls.tsv`: a function or method of a Go package that opens a socket.
///
/// Columns: package (without `/vN`; `@N` limits a row to that major version), receiver (`-`: a package function),
/// call, kind, address, network, empty, absent, handler, proof. A call that opens several sockets has a row for each.
///
/// Sources of arguments are `N` (the argument at that place, from 0), `*` (each argument), `.Name` (a field of the
/// receiver), `N.Name.Name` (a field of an argument), `new.N` and `new.N.Name` (the argument that the receiver was made
/// with), `pkg.Name.Name` (a variable of the package itself). Forms after a `|` count where nothing is written for
/// those before. After a `=` stands what the library reads in place of other values: `4222;-1=0` is 4222 for nothing,
/// an empty text or zero, and 0 for -1; `off` opens nothing.
public struct GoListenCall: Sendable {
    public enum Kind: String, Sendable {
        /// Takes stream networks and unix ones.
        case listen
        /// Takes packet networks.
        case packet
        /// Takes either.
        case any
        /// Uses a socket that somebody else has made.
        case adopt
        /// For tests.
        case test
    }

    public enum Argument: Hashable, Sendable {
        case position(Int)
        /// Each of the arguments: a socket for every one.
        case each([String])
        case receiverField(String)
        case field(Int, [String])
        case constructed(Int, [String])
        /// A variable of the package that the function is of.
        case packageVariable([String])
    }

    /// What a library reads in place of some values.
    public struct Replacements: Hashable, Sendable {
        public enum Reading: Hashable, Sendable {
            case text(String)
            /// Nothing is opened.
            case off
            /// A configuration file says it.
            case unknown
        }

        /// By what is given; the empty text stands for nothing and for zero too.
        public var readings: [String: Reading]

        public init(readings: [String: Reading] = [:]) { self.readings = readings }

        public subscript(value: String) -> Reading? { readings[value] }
    }

    public enum Form: Hashable, Sendable {
        /// `host:port`, or a path for unix networks.
        case text(Argument)
        /// The same, where a text without a colon is a port.
        case barePort(Argument)
        /// A `*net.TCPAddr` and the like.
        case structure(Argument)
        /// The same, of which the address is a multicast group.
        case group(Argument)
        /// `network://host:port`
        case url(Argument)
        /// `/ip4/0.0.0.0/tcp/4001` (https://multiformats.io/multiaddr)
        case multiaddress(Argument)
        /// The options of exporter-toolkit, whose default was given to `kingpinflag.AddFlags`.
        case exporterFlags(Argument)
        case parts(host: Part?, port: Part?)
        /// No argument says where.
        case none
    }

    /// A host or a port.
    public struct Part: Hashable, Sendable {
        public var source: Argument
        public var replacements: Replacements
    }

    public enum Network: Hashable, Sendable {
        case fixed([String])
        case from(Argument, default: String?)
    }

    public let package: String
    public let version: Int?
    public let receiver: String?
    public let call: String
    public let kind: Kind
    /// In the order of preference; never empty.
    public var address: [Form]
    public let network: Network
    /// What other addresses stand for, above all the empty one.
    public let replacements: Replacements
    /// What stands in where the argument is absent; may hold `${NAME:-fallback}`.
    public let whenAbsent: String?
    /// The handler, nil for net/http's default one.
    public let handler: Argument?
    /// The file that was read, or false where nobody has checked the row.
    public let isVerified: Bool

    /// What the empty address stands for.
    public var whenEmpty: String? {
        if case .text(let text)? = replacements[""] { text } else { nil }
    }
}

extension GoListenCall {
    /// The row for each of `count` arguments, where it is about each of them.
    public func expanded(_ count: Int) -> [GoListenCall] {
        func each(_ form: Form) -> [String]? {
            switch form {
            case .text(.each(let path)), .url(.each(let path)), .multiaddress(.each(let path)): path
            default: nil
            }
        }
        guard address.contains(where: { each($0) != nil }) else { return [self] }
        return (0..<count).map { position in
            var row = self
            row.address = address.map { form in
                guard let path = each(form) else { return form }
                let source: Argument = path.isEmpty ? .position(position) : .field(position, path)
                switch form {
                case .url: return .url(source)
                case .multiaddress: return .multiaddress(source)
                default: return .text(source)
                }
            }
            return row
        }
    }
}

public enum GoListenCalls {
    /// Every row, for checks of the table itself.
    static var all: [GoListenCall] { TableRows.of(EmbeddedFiles.go_listen_calls_tsv).compactMap(row) }

    /// Whether a call of this name may be in the table.
    public static func mayBeNamed(_ call: String) -> Bool { calls.contains(call) }

    private static let calls = Set(heads.map(\.call))
    private static let index = TableIndex(EmbeddedFiles.go_listen_calls_tsv, column: 2)
    /// The rows that were asked for and are there, by the last name of the call.
    private static let known = Lock<[String: [GoListenCall]]>([:])

    private static func rows(named call: String) -> [GoListenCall] {
        if !mayBeNamed(call) { return [] }
        if let known = known.withLock({ $0[call] }) { return known }
        let rows = index.rows(of: call).compactMap { row($0.parts(at: "\t")) }.filter { $0.call == call }
        known.withLock { $0[call] = rows }
        return rows
    }

    public static let packages: Set<String> = Set(heads.map(\.package))

    /// What of each row says which call it is about: enough to tell whether a file is worth reading.
    static let heads: [(package: String, receiver: String?, call: String)] =
        TableRows.lines(EmbeddedFiles.go_listen_calls_tsv).map { line in
            let cells = line.parts(at: "\t", limit: 4)
            let package = String(cells[0].utf8.prefix { $0 != UInt8(ascii: "@") }) ?? ""
            return (package, cells[1] == "-" ? nil : String(cells[1]), String(cells[2]))
        }

    /// What package functions return and fields of the package's types hold, by `package.function` and
    /// `package.type.field`.
    public static let constructors: [String: Constructed] = Dictionary(
        TableRows.of(EmbeddedFiles.go_constructors_tsv).map {
            ("\($0[0]).\($0[1])", $0[2].hasPrefix("=") ? .argument(Int($0[2].dropFirst()) ?? 0) : .type(String($0[2])))
        },
        uniquingKeysWith: { first, _ in first })

    public enum Constructed: Hashable, Sendable {
        /// A type of the same package.
        case type(String)
        /// The argument at this place, as it is.
        case argument(Int)
    }

    /// `github.com/gofiber/fiber/v2/middleware` without its version, and the version; 1 where none is written.
    public static func unversioned(_ path: String) -> (path: String, version: Int) {
        guard mayHaveVersion(path) else { return (path, 1) }
        var version = 1
        var parts: [Substring] = []
        for part in path[...].words(at: "/") {
            if part.first == "v", part.count > 1, let number = Int(part.dropFirst()), !parts.isEmpty {
                version = number
            } else if let dot = part.lastIndex(of: "."), part[part.index(after: dot)...].first == "v",
                let number = Int(part[part.index(dot, offsetBy: 2)...])
            {
                version = number  // gopkg.in/name.v1
                parts.append(part[..<dot])
            } else {
                parts.append(part)
            }
        }
        return (parts.joined(separator: "/"), version)
    }

    /// Most paths have none, and this is asked of every import of a tree.
    private static func mayHaveVersion(_ path: String) -> Bool {
        var previous: UInt8 = 0
        for byte in path.utf8 {
            if byte == UInt8(ascii: "v"), previous == UInt8(ascii: "/") || previous == UInt8(ascii: ".") { return true }
            previous = byte
        }
        return false
    }

    public static func rows(package: String, receiver: String?, call: String) -> [GoListenCall] {
        let named = rows(named: call)
        if named.isEmpty { return [] }
        let (path, version) = unversioned(package)
        return named.filter {
            $0.package == path && $0.receiver == receiver && ($0.version == nil || $0.version == version)
        }
    }

    private static func row(_ cells: [Substring]) -> GoListenCall? {
        guard cells.count == 10, let kind = GoListenCall.Kind(rawValue: String(cells[3])) else { return nil }
        func optional(_ cell: Substring) -> String? { cell == "-" ? nil : String(cell) }
        let package = cells[0].words(at: "@")
        return GoListenCall(
            package: String(package[0]), version: package.count > 1 ? Int(package[1]) : nil,
            receiver: optional(cells[1]), call: String(cells[2]), kind: kind,
            address: cells[4].words(at: "|").map(form), network: network(cells[5]),
            replacements: replacements(optional(cells[6]).map { $0[...] }), whenAbsent: optional(cells[7]),
            handler: argument(cells[8]), isVerified: cells[9] != "unverified")
    }

    private static func argument(_ text: Substring) -> GoListenCall.Argument? {
        if let position = Int(text) { return .position(position) }
        var names = text.parts(at: ".").map(String.init)
        let root = names.removeFirst()
        switch root {
        case "": return names.first.map { .receiverField($0) }
        case "*": return .each(names)
        case "pkg": return .packageVariable(names)
        case "new":
            guard let position = names.first.flatMap({ Int($0) }) else { return nil }
            return .constructed(position, Array(names.dropFirst()))
        default:
            guard !names.isEmpty else { return nil }
            return Int(root).map { .field($0, names) }
        }
    }

    /// `D;K=V`: D for the empty text, V for K.
    private static func replacements(_ text: Substring?) -> GoListenCall.Replacements {
        var result = GoListenCall.Replacements()
        for one in (text ?? "").words(at: ";") {
            let pair = one.parts(at: "=", limit: 2)
            let reading = pair[pair.count - 1]
            result.readings[pair.count > 1 ? String(pair[0]) : ""] =
                switch reading {
                case "off": .off
                case "?": .unknown
                default: .text(String(reading))
                }
        }
        return result
    }

    private static func form(_ cell: Substring) -> GoListenCall.Form {
        var host: GoListenCall.Part?
        var port: GoListenCall.Part?
        for part in cell.words(at: ",") {
            let pair = part.parts(at: ":", limit: 2)
            let written = (pair.last ?? "").parts(at: "=", limit: 2)
            guard let value = argument(written.first ?? "") else { return .none }
            guard pair.count == 2 else { return .text(value) }
            let read = GoListenCall.Part(
                source: value, replacements: replacements(written.count > 1 ? written[1] : nil))
            switch pair[0] {
            case "bare": return .barePort(value)
            case "addr": return .structure(value)
            case "group": return .group(value)
            case "url": return .url(value)
            case "multiaddr": return .multiaddress(value)
            case "flags": return .exporterFlags(value)
            case "host": host = read
            case "port": port = read
            default: return .none
            }
        }
        return .parts(host: host, port: port)
    }

    private static func network(_ cell: Substring) -> GoListenCall.Network {
        let parts = cell.parts(at: "=", limit: 2)
        if let source = argument(parts[0]) { return .from(source, default: parts.count > 1 ? String(parts[1]) : nil) }
        return .fixed(parts.count > 1 ? parts[1].split(separator: "+").map(String.init) : ["tcp"])
    }
}
