/// One row of `Tables/go_listen_calls.tsv`: a function or method of a Go package that opens a socket.
///
/// Columns: package (without `/vN`; `@N` limits a row to that major version), receiver (`-`: a package function),
/// call, kind, address, network, empty, absent, handler, proof. Sources of arguments are `N` (the argument at that
/// place, from 0), `.Name` (a field of the receiver), `N.Name` (a field of an argument), `new.Name` (a field of the
/// argument that the receiver was made with).
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
        case receiverField(String)
        case field(Int, String)
        case constructorField(String)
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
        /// The options of exporter-toolkit, whose default was given to `kingpinflag.AddFlags`.
        case exporterFlags(Argument)
        case parts(host: Argument?, port: Argument?)
        /// No argument says where.
        case none
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
    public let address: Form
    public let network: Network
    /// What an empty address stands for.
    public let whenEmpty: String?
    /// What stands in where the argument is absent; may hold `${NAME:-fallback}`.
    public let whenAbsent: String?
    /// The handler, nil for net/http's default one.
    public let handler: Argument?
    /// The file that was read, or false where nobody has checked the row.
    public let isVerified: Bool
}

public enum GoListenCalls {
    public static let all: [GoListenCall] = TableRows.of(EmbeddedFiles.go_listen_calls_tsv).compactMap(row)
    /// The rows by the last name of the call.
    public static let byCall: [String: [GoListenCall]] = Dictionary(grouping: all, by: \.call)
    public static let packages: Set<String> = Set(all.map(\.package))

    /// The types that package functions return, by `package.function`.
    public static let constructors: [String: String] = Dictionary(
        TableRows.of(EmbeddedFiles.go_constructors_tsv).map { ("\($0[0]).\($0[1])", String($0[2])) },
        uniquingKeysWith: { first, _ in first })

    /// `github.com/gofiber/fiber/v2/middleware` without its version, and the version; 1 where none is written.
    public static func unversioned(_ path: String) -> (path: String, version: Int) {
        var version = 1
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
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

    public static func rows(package: String, receiver: String?, call: String) -> [GoListenCall] {
        guard let named = byCall[call] else { return [] }
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
            receiver: optional(cells[1]), call: String(cells[2]), kind: kind, address: form(cells[4]),
            network: network(cells[5]), whenEmpty: optional(cells[6]), whenAbsent: optional(cells[7]),
            handler: argument(cells[8]), isVerified: cells[9] != "unverified")
    }

    private static func argument(_ text: Substring) -> GoListenCall.Argument? {
        if let position = Int(text) { return .position(position) }
        let parts = text.parts(at: ".", limit: 2)
        guard parts.count == 2 else { return nil }
        if parts[0].isEmpty { return .receiverField(String(parts[1])) }
        if parts[0] == "new" { return .constructorField(String(parts[1])) }
        return Int(parts[0]).map { .field($0, String(parts[1])) }
    }

    private static func form(_ cell: Substring) -> GoListenCall.Form {
        var host: GoListenCall.Argument?
        var port: GoListenCall.Argument?
        for part in cell.words(at: ",") {
            let pair = part.parts(at: ":", limit: 2)
            guard let value = argument(pair.last ?? "") else { return .none }
            guard pair.count == 2 else { return .text(value) }
            switch pair[0] {
            case "bare": return .barePort(value)
            case "addr": return .structure(value)
            case "group": return .group(value)
            case "url": return .url(value)
            case "flags": return .exporterFlags(value)
            case "host": host = value
            case "port": port = value
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
