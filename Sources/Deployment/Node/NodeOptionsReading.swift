internal import Dialects
internal import Extraction
internal import ListenerModel

/// Addresses that stand in an object: `listen({ port, host, path })`, `new Server({ port })`.
extension NodeAddressReading {
    func inner(_ values: Alternatives) -> Alternatives {
        guard let key = row.keys.inside else { return values }
        let inner = evaluatorMember(key, values) ?? Alternatives(.undefined)
        // A number in place of the options: `{ udp: 53 }`.
        guard case .number = usable(inner).value else { return inner }
        return Alternatives(.object(ObjectValue(.fields([row.keys.port[0]: inner]), scope: scope)))
    }

    func evaluatorMember(_ key: String, _ values: Alternatives) -> Alternatives? {
        guard case .object = usable(values).value else { return nil }
        let end = file.text.bytes.count
        let place = EvaluationSite(Expression(.opaque([]), call?.argumentsRange ?? end..<end), in: scope)
        return evaluator.member(key, of: Alternatives([usable(values)]), place)
    }

    /// The first of these keys that the options have with a value.
    func field(_ keys: [String], _ values: Alternatives) -> Alternatives? {
        for key in keys {
            if let found = evaluatorMember(key, values), found.first.value.isPresent { return found }
        }
        return nil
    }

    /// `{ port, host, path }` under the row's names for them.
    mutating func options(_ values: Alternatives, _ range: Range<Int>) -> Request? {
        let keys = row.keys
        guard case .object = usable(values).value else {
            if case .unknown(let written) = usable(values).value {
                let unknown = SymbolicText(Unknown(.expression(written)))
                return Request(request: ListenRequest(.tcp, .parts(host: unknown, port: unknown)), range: range)
            }
            return Request(request: ListenRequest(.tcp, .parts(host: nil, port: nil)), range: range)
        }
        trace += usable(values).trace
        let isOff = keys.unless.contains { key in
            guard let value = evaluatorMember(key, values)?.first.value else { return false }
            if case .bool(false) = value { return false }
            if value.isGiven { return true }
            // `{ server: options.server }`: whoever writes the key has something for it.
            guard isWritten(key, values) else { return false }
            return value.isUnknown || evaluatorMember(keys.port[0], values)?.first.value.isPresent != true
        }
        if isOff { return nil }
        for key in keys.unlessFalse {
            if case .bool(false)? = evaluatorMember(key, values)?.first.value { return nil }
        }
        let port = evaluatorMember(keys.port[0], values)
        if port?.first.value.isPresent != true, let path = field(keys.path, values), path.first.value.isGiven {
            let text = text(path) ?? SymbolicText(Unknown(.expression("path")))
            return Request(request: ListenRequest(.unix, .parts(host: nil, port: text)), range: range)
        }
        let host = field(keys.host, values)
        if host == nil, let ignored = field(row.ignoredHostKeys, values), ignored.first.value.isGiven {
            dialect.ignoresHost = true
        }
        var portText: SymbolicText?
        if let port, hasKey(keys.port[0], values) {
            portText = text(port) ?? SymbolicText(Unknown(.expression("port")))
        }
        var ipv6Only: Bool?
        if case .bool(let only)? = evaluatorMember("ipv6Only", values)?.first.value { ipv6Only = only }
        return Request(
            request: ListenRequest(
                row.isDatagram ? .udp4 : .tcp, .parts(host: host.flatMap { optionHost($0) }, port: portText),
                ipv6Only: ipv6Only),
            range: range)
    }

    /// Whether a key is written, be its value undefined.
    private func hasKey(_ key: String, _ values: Alternatives) -> Bool {
        guard case .object(let object) = usable(values).value else { return false }
        if case .literal = object.origin { return evaluator.field(key, of: object) != nil || object.alias != nil }
        return evaluatorMember(key, values)?.first.value.isPresent ?? false
    }

    func isWritten(_ key: String, _ values: Alternatives) -> Bool {
        guard case .object(let object) = usable(values).value, case .literal(let literal) = object.origin else {
            return false
        }
        return literal[key] != nil
    }

    private mutating func optionHost(_ values: Alternatives) -> SymbolicText? {
        switch usable(values).value {
        case .bool(true) where row.keys.everyInterface: return "::"
        case .bool, .null, .undefined: return nil
        default: return text(values) ?? SymbolicText(Unknown(.expression("host")))
        }
    }
}
