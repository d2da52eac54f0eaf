internal import Extraction
internal import ListenerModel

/// Functions of packages strings, net and net/url on texts of which some parts may not be known.
extension GoLibrary {
    /// Package strings.
    func textFunction(_ name: String, _ call: CallExpression) -> Alternatives? {
        switch name {
        case "TrimSpace", "ToLower", "Clone": return argument(0, call)
        case "HasPrefix", "HasSuffix", "Contains", "ContainsRune", "Index", "IndexByte", "LastIndex":
            return search(name, call)
        case "TrimPrefix", "TrimSuffix":
            return changed(call) { text, affix in Self.trim(affix, from: text, atEnd: name == "TrimSuffix") }
        case "TrimLeft", "TrimRight", "Trim":
            return changed(call) { text, set in
                Self.trim(set, from: text, atStart: name != "TrimRight", atEnd: name != "TrimLeft")
            }
        case "CutPrefix", "CutSuffix":
            return read(call) { text, affix in
                let found = name == "CutPrefix" ? text.hasPrefix(affix) : text.hasSuffix(affix)
                let rest = found ? trimmed(text, affix, atEnd: name == "CutSuffix") : text
                return .list([.text(rest), Alternatives(.bool(found))])
            }
        case "Cut":
            return read(call) { text, separator in
                guard let range = text.firstRange(of: separator) else {
                    return .list([.text(text), .text(""), Alternatives(.bool(false))])
                }
                return .list([
                    .text(String(text[..<range.lowerBound])), .text(String(text[range.upperBound...])),
                    Alternatives(.bool(true)),
                ])
            }
        case "Split", "SplitN":
            let most = name == "Split" ? -1 : argument(2, call)?.first.value.text?.known.flatMap { Int($0) }
            guard let most, most != 0 else { return nil }
            return read(call) { text, separator in
                guard !separator.isEmpty else { return .unknown(site.written) }
                var parts: [Alternatives] = []
                var rest = text[...]
                while parts.count + 1 != most, parts.count < 64, let range = rest.firstRange(of: separator) {
                    parts.append(.text(String(rest[..<range.lowerBound])))
                    rest = rest[range.upperBound...]
                }
                return .list(parts + [.text(String(rest))])
            }
        case "Join":
            guard case .list(let elements)? = argument(0, call)?.first.value, let first = elements.first,
                let separator = argument(1, call)
            else { return nil }
            return elements.dropFirst().prefix(8).reduce(first) { join(join($0, separator), $1) }
        case "ReplaceAll":
            guard let new = argument(2, call)?.first.value.text?.known else { return nil }
            return read(call) { text, old in
                old.isEmpty ? .unknown(site.written) : .text(SymbolicText(text.replacing(old, with: new)))
            }
        default: return nil
        }
    }

    /// The first argument with its unknown parts, changed by the second.
    private func changed(_ call: CallExpression, _ change: (SymbolicText, String) -> SymbolicText) -> Alternatives? {
        guard let text = argument(0, call), let other = argument(1, call)?.first.value.text?.known else { return nil }
        return text.map { outcome in
            guard case .text(let text) = outcome.value else { return .unknown(site.written) }
            return Alternatives(.text(change(text, other)))
        }
    }

    /// What the first argument, as far as it is known or expected, and the second give.
    private func read(_ call: CallExpression, _ read: (String, String) -> Value) -> Alternatives? {
        guard let text = argument(0, call), let other = argument(1, call)?.first.value.text?.known else { return nil }
        return text.map { outcome in
            guard let expected = outcome.value.text?.expected else { return .unknown(site.written) }
            return Alternatives([Outcome(read(expected, other), isDefault: outcome.value.text?.known == nil)])
        }
    }

    private func trimmed(_ text: String, _ affix: String, atEnd: Bool) -> String {
        String(atEnd ? text.dropLast(affix.count) : text.dropFirst(affix.count))
    }

    /// `len(x)` of what is known.
    func length(_ call: CallExpression) -> Alternatives? {
        argument(0, call)?.map { outcome in
            if case .list(let elements) = outcome.value {
                return Alternatives(.number(SymbolicText(String(elements.count))))
            }
            guard let text = outcome.value.text?.expected else { return .unknown(site.written) }
            let count = Value.number(SymbolicText(String(text.utf8.count)))
            return Alternatives([Outcome(count, isDefault: outcome.value.text?.known == nil)])
        }
    }

    // MARK: Addresses

    /// net.SplitHostPort: a host without its brackets, a port, no error.
    func hostAndPort(_ address: Alternatives) -> Alternatives {
        address.map { outcome in
            let text = outcome.value.text ?? SymbolicText(Unknown(.expression(site.written)))
            let marked = text.marked
            guard let colon = marked.lastIndex(of: ":") else {
                let unknown = Alternatives.unknown(site.written)
                return Alternatives(.list([unknown, unknown, unknown]))
            }
            var host = marked[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            let port = text.slice(marked[marked.index(after: colon)...])
            return Alternatives(
                .list([
                    Alternatives(.text(text.slice(host))), Alternatives(.text(port)), Alternatives(.null),
                ]))
        }
    }

    /// url.Parse: the parts of `scheme://host:port/path` that addresses are made of.
    func url(_ outcome: Outcome) -> Alternatives {
        guard let text = outcome.value.text else { return .unknown(site.written) }
        let marked = text.marked
        guard let scheme = marked.firstRange(of: "://") else {
            return text.known == nil ? .unknown(site.written) : Self.url("", "", path: text)
        }
        let rest = marked[scheme.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        return Self.url(
            text.slice(marked[..<scheme.lowerBound]), text.slice(rest[..<end]), path: text.slice(rest[end...]))
    }

    private static func url(_ scheme: SymbolicText, _ host: SymbolicText, path: SymbolicText) -> Alternatives {
        Alternatives(
            .object(
                ObjectValue(
                    .fields([
                        "Scheme": Alternatives(.text(scheme)), "Host": Alternatives(.text(host)),
                        "Path": Alternatives(.text(path)),
                    ]))))
    }

    /// `u.Hostname()`, `u.Port()` of what url.Parse gave.
    func urlMethod(_ name: String, of object: Expression) -> Alternatives? {
        guard name == "Hostname" || name == "Port",
            case .object(let url) = evaluator.value(object, in: site.scope, frame: site.frame).first.value,
            let host = evaluator.field("Host", of: url)
        else { return nil }
        guard case .list(let parts) = hostAndPort(host).first.value else { return nil }
        if host.first.value.text?.marked.contains(":") == false { return name == "Port" ? .text("") : host }
        return parts[name == "Port" ? 1 : 0]
    }

    /// `addr.String()` of a `*net.TCPAddr`, a `netip.AddrPort` and the like.
    func addressText(_ object: Expression) -> Alternatives? {
        let type = language.types.named(language.types.type(of: object, in: site.scope))
        let values = evaluator.value(object, in: site.scope, frame: site.frame)
        if type == nil, case .object(let address) = values.first.value {
            // What net.ResolveTCPAddr or netip.AddrPortFrom gave.
            guard case .fields = address.origin else { return nil }
        } else if type.map({ ["net", "net/netip"].contains($0.package) }) != true {
            return nil
        }
        return values.map { outcome in
            // netip.MustParseAddrPort is read as its text.
            guard case .object(let address) = outcome.value else { return Alternatives(outcome.value) }
            if let text = evaluator.field("address", of: address) { return text }
            guard let port = evaluator.field("Port", of: address) else { return .unknown(site.written) }
            return joinHostPort(evaluator.field("IP", of: address) ?? .text(""), port)
        }
    }

    /// net.JoinHostPort: an address with colons in it gets brackets.
    func joinHostPort(_ host: Alternatives, _ port: Alternatives) -> Alternatives {
        host.combined(with: port) { host, port in
            guard let host = host.text, let port = port.text else { return .unknown(site.written) }
            let isIPv6 = host.marked.contains(":") || host.marked.contains("%")
            return .text((isIPv6 ? "[" + host + "]" : host) + ":" + port)
        }
    }

    // MARK: Parts of texts

    /// Questions about a text, also where it is known only by the fallbacks of its variables.
    private func search(_ name: String, _ call: CallExpression) -> Alternatives? {
        guard let text = argument(0, call), let part = part(call) else { return nil }
        return text.map { outcome in
            guard let text = outcome.value.text, let expected = text.expected else { return .unknown(site.written) }
            let answer: Value
            switch name {
            case "HasPrefix": answer = .bool(expected.hasPrefix(part))
            case "HasSuffix": answer = .bool(expected.hasSuffix(part))
            case "Contains", "ContainsRune": answer = .bool(expected.contains(part))
            default:
                let range = expected.firstRange(of: part)
                answer = .number(
                    SymbolicText(range.map { String(expected[..<$0.lowerBound].utf8.count) } ?? "-1"))
            }
            return Alternatives([Outcome(answer, isDefault: text.known == nil)])
        }
    }

    /// The text or character that is looked for.
    private func part(_ call: CallExpression) -> String? {
        guard call.arguments.count > 1 else { return nil }
        if case .number(let rune) = call.arguments[1].kind, rune.hasPrefix("'"), rune.hasSuffix("'") {
            return GoLiterals.string(Array(rune.utf8)[...])
        }
        return argument(1, call)?.first.value.text?.known
    }

    func join(_ left: Alternatives, _ right: Alternatives) -> Alternatives {
        left.combined(with: right) { left, right in
            guard let left = left.text, let right = right.text, left.parts.count < 64 else {
                return .unknown(site.written)
            }
            return .text(left + right)
        }
    }

    private static func trim(_ affix: String, from text: SymbolicText, atEnd: Bool) -> SymbolicText {
        var parts = text.parts
        let index = atEnd ? parts.count - 1 : 0
        guard parts.indices.contains(index), case .literal(let literal) = parts[index] else { return text }
        if atEnd {
            if literal.hasSuffix(affix) { parts[index] = .literal(String(literal.dropLast(affix.count))) }
        } else if literal.hasPrefix(affix) {
            parts[index] = .literal(String(literal.dropFirst(affix.count)))
        }
        return SymbolicText(parts)
    }

    /// fmt.Sprintf with the verbs that addresses are written with.
    func format(_ call: CallExpression) -> Alternatives? {
        guard let format = argument(0, call)?.first.value.text?.known else { return nil }
        var result = Alternatives.text("")
        var next = 1
        var literal = ""
        var rest = Substring(format)
        while let character = rest.popFirst() {
            guard character == "%" else {
                literal.append(character)
                continue
            }
            while let flag = rest.first, flag.isNumber || "+-# .".contains(flag) { rest.removeFirst() }
            guard let verb = rest.popFirst() else { break }
            if verb == "%" {
                literal.append("%")
                continue
            }
            result = join(result, .text(literal))
            literal = ""
            result = join(result, argument(next, call) ?? .unknown("%\(verb)"))
            next += 1
        }
        return join(result, .text(literal))
    }

    /// The text without the characters of `set` at its ends.
    private static func trim(_ set: String, from text: SymbolicText, atStart: Bool, atEnd: Bool) -> SymbolicText {
        var piece = text.marked[...]
        while atStart, let first = piece.first, set.contains(first) { piece = piece.dropFirst() }
        while atEnd, let last = piece.last, set.contains(last) { piece = piece.dropLast() }
        return text.slice(piece)
    }
}
