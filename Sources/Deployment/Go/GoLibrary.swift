internal import Extraction
internal import ListenerModel

/// Functions of the standard library and of configuration packages that addresses are made with.
struct GoLibrary {
    let language: GoLanguage
    let evaluator: Evaluator
    let site: EvaluationSite

    /// Variables and constants of packages outside the tree.
    static func value(_ symbol: Symbol) -> Alternatives? {
        guard let name = symbol.path.last else { return nil }
        switch (GoListenCalls.unversioned(symbol.module).path, name) {
        case ("net", "IPv4zero"): return .text("0.0.0.0")
        case ("net", "IPv6zero"), ("net", "IPv6unspecified"): return .text("::")
        case ("net", "IPv6loopback"): return .text("::1")
        case ("github.com/gofiber/fiber", "NetworkTCP"): return .text("tcp")
        case ("github.com/gofiber/fiber", "NetworkTCP4"): return .text("tcp4")
        case ("github.com/gofiber/fiber", "NetworkTCP6"): return .text("tcp6")
        case ("github.com/gofiber/fiber", "NetworkUnix"): return .text("unix")
        default: return nil
        }
    }

    func call(_ callee: Value, _ call: CallExpression) -> Alternatives? {
        if case .symbol(let symbol) = callee, symbol.path.count == 1 {
            return function(GoListenCalls.unversioned(symbol.module).path, symbol.path[0], call)
        }
        if case .function = callee { return nil }
        switch call.callee.kind {
        case .name(let name) where site.scope.lookup(name) == nil: return builtin(name, call)
        case .type(.slice, _): return argument(0, call)
        case .type(let type, _) where site.scope.lookup("") == nil && type == .pointer: return argument(0, call)
        case .name:
            // A conversion to a type of the tree.
            if case .type = callee { return argument(0, call) }
            return nil
        case .member(let object, let name, _): return method(name, of: object, call)
        default: return nil
        }
    }

    func argument(_ index: Int, _ call: CallExpression) -> Alternatives? {
        guard index < call.arguments.count else { return nil }
        return evaluator.value(call.arguments[index], in: site.scope, frame: site.frame)
    }

    private func builtin(_ name: String, _ call: CallExpression) -> Alternatives? {
        switch name {
        case "string", "int", "int16", "int32", "int64", "uint", "uint16", "uint32", "uint64": return argument(0, call)
        case "len": return length(call)
        case "new":
            return call.arguments.first.map { Alternatives(language.zero(of: $0, in: site.scope)) }
        case "append":
            return argument(0, call)?.map { outcome in
                var elements: [Alternatives] = []
                if case .list(let present) = outcome.value { elements = present }
                for index in call.arguments.indices.dropFirst() {
                    if let value = argument(index, call) { elements.append(value) }
                }
                return Alternatives(.list(elements))
            }
        default: return nil
        }
    }

    private func function(_ package: String, _ name: String, _ call: CallExpression) -> Alternatives? {
        if case .argument(let index)? = GoListenCalls.constructors["\(package).\(name)"] {
            return argument(index, call)
        }
        switch (package, name) {
        case ("fmt", "Sprintf"): return format(call)
        case ("fmt", "Sprint"):
            return call.arguments.indices.reduce(Alternatives.text("")) { result, index in
                join(result, argument(index, call) ?? .unknown(""))
            }
        case ("net", "JoinHostPort"):
            guard let host = argument(0, call), let port = argument(1, call) else { return nil }
            return joinHostPort(host, port)
        case ("strconv", "Itoa"), ("strconv", "FormatInt"), ("strconv", "FormatUint"):
            return argument(0, call)?.map { outcome in
                outcome.value.text.map { Alternatives(.text($0)) } ?? .unknown(site.written)
            }
        case ("strconv", "Atoi"), ("strconv", "ParseInt"), ("strconv", "ParseUint"):
            return argument(0, call).map { text in
                withError(
                    text.map { outcome in
                        outcome.value.text.map { Alternatives(.number($0)) } ?? .unknown(site.written)
                    })
            }
        case ("os", "Getenv"): return variable(call)
        case ("os", "LookupEnv"):
            return variable(call).map { Alternatives(.list([$0, .unknown("ok")])) }
        case ("syscall", "Getenv"):
            return variable(call).map { Alternatives(.list([$0, .unknown("ok")])) }
        case ("cmp", "Or"):
            let values = call.arguments.indices.compactMap { argument($0, call) }
            guard let last = values.last else { return nil }
            return values.dropLast().reversed().reduce(last) { evaluator.fallback($1, $0, whenEmpty: true) }
        case ("os", "ExpandEnv"), ("net", "ParseIP"), ("net/netip", "MustParseAddr"),
            ("net/netip", "MustParseAddrPort"):
            return argument(0, call)
        case ("net/netip", "ParseAddr"), ("net/netip", "ParseAddrPort"): return argument(0, call).map(withError)
        case ("net/netip", "IPv4Unspecified"): return .text("0.0.0.0")
        case ("net/netip", "IPv6Unspecified"): return .text("::")
        case ("net/netip", "AddrPortFrom"):
            guard let host = argument(0, call), let port = argument(1, call) else { return nil }
            return Alternatives(.object(ObjectValue(.fields(["IP": host, "Port": port]))))
        case ("strings", _): return textFunction(name, call)
        case ("net", "SplitHostPort"): return argument(0, call).map { hostAndPort($0) }
        case ("net/url", "Parse"), ("net/url", "ParseRequestURI"):
            return argument(0, call).map { withError($0.map { url($0) }) }
        case ("net", "IPv4"):
            let parts = (0..<4).compactMap { argument($0, call)?.first.value.text?.known }
            return parts.count == 4 ? .text(parts.joined(separator: ".")) : nil
        case ("net", "ResolveTCPAddr"), ("net", "ResolveUDPAddr"), ("net", "ResolveUnixAddr"):
            return argument(1, call).map { withError(Alternatives(.object(ObjectValue(.fields(["address": $0]))))) }
        case ("net", "TCPAddrFromAddrPort"), ("net", "UDPAddrFromAddrPort"):
            return argument(0, call)?.map { outcome in
                if case .object(let object) = outcome.value {
                    // netip.AddrPortFrom made it; any other one is filled in somewhere that is not read.
                    if case .fields = object.origin { return Alternatives(outcome.value) }
                    return .unknown(site.written)
                }
                return Alternatives(.object(ObjectValue(.fields(["address": Alternatives(outcome.value)]))))
            }
        case ("github.com/spf13/viper", "GetString"), ("github.com/spf13/viper", "GetInt"),
            ("github.com/spf13/viper", "GetUint16"), ("github.com/spf13/viper", "GetStringSlice"):
            guard let key = argument(0, call)?.first.value.text?.known else { return nil }
            return GoConfiguration(language: language, evaluator: evaluator, site: site)
                .viper(key: key, isNumber: name == "GetInt" || name == "GetUint16")
        case ("flag", _), ("github.com/spf13/pflag", _):
            guard let shape = GoFlags.shape(name), !shape.writes else { return nil }
            return GoFlags.value(shape, call, in: site, evaluator)
        default: return nil
        }
    }

    /// Methods of values outside the tree.
    private func method(_ name: String, of object: Expression, _ call: CallExpression) -> Alternatives? {
        let type = language.types.named(language.types.type(of: object, in: site.scope))
        if let shape = GoFlags.shape(name), !shape.writes {
            let isFlagSet: Bool
            if case .call(let inner) = object.kind {
                isFlagSet = ["Flags", "PersistentFlags", "LocalFlags"].contains(inner.lastName ?? "")
            } else {
                isFlagSet = type?.name == "FlagSet"
            }
            if isFlagSet { return GoFlags.value(shape, call, in: site, evaluator) }
        }
        let configuration = GoConfiguration(language: language, evaluator: evaluator, site: site)
        if call.arguments.isEmpty {
            if let part = urlMethod(name, of: object) { return part }
            if name == "String", let text = addressText(object) { return text }
            switch name {
            case "String", "IP", "TCP", "Int", "Uint16": return configuration.kingpin(object)
            case "Strings", "TCPList": return configuration.kingpin(object).map { Alternatives(.list([$0])) }
            default: return nil
            }
        }
        guard let key = argument(0, call)?.first.value.text?.known else { return nil }
        switch name {
        case "GetString", "GetInt", "GetUint16", "GetStringSlice":
            if type.map({ GoListenCalls.unversioned($0.package).path }) == "github.com/spf13/viper" {
                return configuration.viper(key: key, isNumber: name == "GetInt" || name == "GetUint16")
            }
            // cobra's `cmd.Flags().GetString(name)` also returns an error.
            return configuration.flag(named: key).map(withError)
        case "String", "Int", "Uint", "StringSlice", "GlobalString":
            return type?.name == "Context" || type?.name == "Command" ? configuration.flag(named: key) : nil
        default: return nil
        }
    }

    private func variable(_ call: CallExpression) -> Alternatives? {
        guard let name = argument(0, call)?.first.value.text?.known else { return nil }
        return Alternatives(.text(SymbolicText(Unknown(.environment(name), at: site.location))))
    }

    func withError(_ value: Alternatives) -> Alternatives {
        Alternatives(.list([value, Alternatives(.null)]))
    }
}
