public import ListenerModel
import YAMLTree

extension Baseline {
    /// Reads a baseline file. Entries that are not understood are reported and left out.
    public static func read(_ path: String, _ bytes: [UInt8]) -> (baseline: Baseline, diagnostics: [Diagnostic]) {
        var reader = BaselineReader(file: PolicyFile(.repository, path: path, bytes: bytes))
        let entries = reader.read()
        return (Baseline(entries: entries), reader.problems.diagnostics)
    }

    /// JSON, an entry a line, sorted: a change of one finding is a change of one line.
    public var json: String {
        var text = "{\n  \"version\": 1,\n  \"findings\": ["
        for (index, entry) in entries.sorted(by: { ($0.key, $0.path) < ($1.key, $1.path) }).enumerated() {
            text += (index == 0 ? "\n    " : ",\n    ") + Self.json(entry)
        }
        return text + (entries.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
    }

    private static func json(_ entry: Entry) -> String {
        func text(_ value: String?) -> JSONText { value.map { .string($0) } ?? .null }
        var fields: [(String, JSONText)] = [("rule", .string(entry.key.rule)), ("service", text(entry.key.service))]
        switch entry.key.identity {
        case .sockets(let sockets): fields.append(("sockets", .strings(sockets.map(\.description))))
        case .text(let host, let port, let words):
            fields += [("host", text(host)), ("port", text(port)), ("text", .string(words))]
        }
        fields += [("count", .number(entry.count)), ("path", .string(entry.path))]
        return JSONText.object(fields).compact
    }
}

private struct BaselineReader {
    let file: PolicyFile
    var problems = Problems()

    init(file: PolicyFile) { self.file = file }

    mutating func read() -> [Baseline.Entry] {
        let stream = YAMLStream(file.text.bytes)
        if let error = stream.error {
            problems.error(
                .baseline, "the baseline is not JSON: \(error.problem)", hint: "bindlint baseline write",
                at: Place(file: file, range: error.range))
            return []
        }
        guard let root = stream.documents.first, root["version"]?.string == "1",
            let findings = root["findings"]?.sequence
        else {
            problems.error(
                .baseline, "this is not a baseline of version 1", hint: "bindlint baseline write", in: file.path)
            return []
        }
        return findings.compactMap { node in
            let entry = entry(node)
            if entry == nil {
                problems.error(
                    .baseline, "an entry of the baseline is not understood", hint: "bindlint baseline write",
                    at: Place(file: file, range: node.range))
            }
            return entry
        }
    }

    private func entry(_ node: YAMLNode) -> Baseline.Entry? {
        guard let rule = node["rule"]?.string, let count = node["count"]?.string.flatMap({ Int($0) }), count > 0 else {
            return nil
        }
        let identity: Baseline.Identity
        if let sockets = node["sockets"]?.sequence {
            let read = sockets.compactMap { $0.string.flatMap { RecordedSocket($0) } }
            guard read.count == sockets.count, !read.isEmpty else { return nil }
            identity = .sockets(read.sorted())
        } else if let text = node["text"]?.scalar?.text {
            identity = .text(host: node["host"]?.string, port: node["port"]?.string, text: text)
        } else {
            return nil
        }
        return Baseline.Entry(
            key: Baseline.Key(rule: rule, service: node["service"]?.string, identity: identity), count: count,
            path: node["path"]?.string ?? "", location: Place(file: file, range: node.range).location)
    }
}
