import ListenerModel
import Reporting

/// Re-checks what the JSON schema of SARIF cannot say: the rules of Microsoft's multitool that apply (SARIF1001 to
/// SARIF2017, the GitHub profile GH1001 to GH2012), and bindlint's own contract. Written apart from the writer: it
/// reads only the document and the files.
final class SARIFChecker {
    struct Violation: Hashable, CustomStringConvertible {
        var rule: String
        var detail: String
        var description: String { "\(rule): \(detail)" }
    }

    private let log: JSONValue
    private let source: (String) -> SourceText?
    private var violations: [Violation] = []

    static func violations(
        in log: JSONValue, source: @escaping (String) -> SourceText?
    ) -> [Violation] {
        let checker = SARIFChecker(log: log, source: source)
        checker.check()
        return checker.violations
    }

    private init(log: JSONValue, source: @escaping (String) -> SourceText?) {
        self.log = log
        self.source = source
    }

    private func expect(_ condition: Bool, _ rule: String, _ detail: @autoclosure () -> String) {
        if !condition { violations.append(Violation(rule: rule, detail: detail())) }
    }

    // MARK: log and run

    private func check() {
        let schema = log["$schema"]?.string ?? ""
        expect(schema.hasPrefix("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/"), "SARIF1011", schema)
        expect(log["version"]?.string == "2.1.0", "GH1013", "version")
        expect(log["runs"]?.array?.count == 1, "one-run", "\(log["runs"]?.array?.count ?? 0) runs")
        for run in log["runs"]?.array ?? [] { check(run: run) }
        for object in log.allObjects {
            check(uris: object)
            if let region = object["region"] { check(region: region) }
            if let region = object["contextRegion"] { check(region: region) }
            if object["artifactLocation"] != nil { check(physicalLocation: object) }
        }
    }

    private func check(run: JSONValue) {
        let driver = run["tool"]?["driver"]
        let name = driver?["name"]?.string ?? ""
        expect(!name.isEmpty, "GH1018", "no driver name")
        expect(name.split(separator: " ").count <= 3, "SARIF2005", "name of more than three words")
        expect(driver?["version"] != nil || driver?["semanticVersion"] != nil, "SARIF2005", "no version")
        expect(driver?["version"] == driver?["semanticVersion"], "contract", "version is not semanticVersion")
        expect(driver?["informationUri"] != nil, "SARIF2005", "no informationUri")
        expect(driver?["rules"]?.array != nil, "GH1018", "no rules")
        expect(run["results"]?.array != nil, "GH1014", "no results")
        expect(run["columnKind"]?.string == "utf16CodeUnits", "columnKind", "absent or not UTF-16")
        expect((run["automationDetails"]?["id"]?.string ?? "").hasSuffix("/"), "contract", "automationDetails.id")
        for (id, base) in run["originalUriBaseIds"]?.object ?? [:] {
            // Absent is allowed (3.14.14) and gives nothing away; present it must be absolute or rest on another.
            expect(base["uri"] == nil || Self.isAbsolute(base["uri"]!.string ?? ""), "SARIF1004", id)
        }
        let rules = driver?["rules"]?.array ?? []
        let ids = rules.compactMap { $0["id"]?.string }
        expect(Set(ids).count == rules.count, "contract", "rule ids are not unique")
        expect(ids == ids.sorted(), "contract", "rules are not in a stable order")
        for rule in rules { check(rule: rule) }
        for invocation in run["invocations"]?.array ?? [] { check(invocation: invocation, rules) }
        let results = run["results"]?.array ?? []
        expect(results.count <= 25_000, "GH1004", "\(results.count) results")
        for result in results { check(result: result, rules, run["originalUriBaseIds"]?.object ?? [:]) }
        let suppressed = results.count { $0["suppressions"] != nil }
        expect(
            suppressed == 0 || suppressed == results.count, "mixed-suppressions", "\(suppressed) of \(results.count)")
    }

    private func check(invocation: JSONValue, _ rules: [JSONValue]) {
        let code = invocation["exitCode"]?.number
        let successful = invocation["executionSuccessful"] == .bool(true)
        expect(successful == (code == 0 || code == 1), "contract", "executionSuccessful with exit code \(code ?? -1)")
        for override in invocation["ruleConfigurationOverrides"]?.array ?? [] {
            let index = override["descriptor"]?["index"]?.number ?? -1
            expect(rules.indices.contains(index), "SARIF1009", "override index \(index)")
            if rules.indices.contains(index) {
                expect(rules[index]["id"] == override["descriptor"]?["id"], "SARIF1009", "override of another rule")
            }
        }
        for key in ["toolExecutionNotifications", "toolConfigurationNotifications"] {
            for notification in invocation[key]?.array ?? [] {
                expect(notification["message"]?["text"]?.string != nil, "GH1007", key)
            }
        }
    }

    // MARK: rules

    private func check(rule: JSONValue) {
        let id = rule["id"]?.string ?? ""
        let name = rule["name"]?.string ?? ""
        expect(!id.isEmpty, "GH2012", "a rule without id")
        expect(name != id, "SARIF1001", id)
        expect(name.first?.isUppercase == true && name.allSatisfy { $0.isLetter || $0.isNumber }, "SARIF2012", name)
        expect(rule["helpUri"] != nil, "SARIF2012", "\(id) has no helpUri")
        for key in ["shortDescription", "fullDescription", "help"] {
            let text = rule[key]?["text"]?.string ?? ""
            expect(!text.isEmpty, "GH2012", "\(id) has no \(key)")
            expect(text.isEmpty || text.hasSuffix(".") || text.hasSuffix("…"), "SARIF2001", "\(key) of \(id)")
        }
        expect(
            (rule["fullDescription"]?["text"]?.string ?? "").utf16.count <= 1024, "contract", "fullDescription of \(id)"
        )
        expect(rule["help"]?["markdown"]?.string != nil, "contract", "\(id) has no help.markdown")
        expect(rule["messageStrings"] == nil, "SARIF2014", "messageStrings without placeholders")
        expect(rule["defaultConfiguration"]?["level"]?.string != nil, "contract", "\(id) has no level")
        let properties = rule["properties"]
        expect((properties?["tags"]?.array?.count ?? 0) <= 10, "tags", "\(id) has more than 10 tags")
        expect(
            ["very-high", "high", "medium", "low"].contains(properties?["precision"]?.string), "contract",
            "precision of \(id)")
        expect(
            ["error", "warning", "recommendation"].contains(properties?["problem.severity"]?.string), "contract",
            "problem.severity of \(id)")
        if let severity = properties?["security-severity"] {
            let number = severity.string.flatMap(Double.init) ?? -1
            expect((0...10).contains(number), "security-severity", "of \(id) is no number in a string")
            expect(
                properties?["tags"]?.array?.contains(.string("security")) == true, "security-severity",
                "\(id) lacks the tag")
        }
    }

    // MARK: results

    private func check(result: JSONValue, _ rules: [JSONValue], _ bases: [String: JSONValue]) {
        let id = result["ruleId"]?.string ?? ""
        expect(!id.isEmpty, "SARIF1010", "a result without ruleId")
        if let other = result["rule"]?["id"] { expect(other.string == id, "SARIF1010", id) }
        let index = result["ruleIndex"]?.number ?? -1
        expect(rules.indices.contains(index), "SARIF1009", "ruleIndex \(index)")
        if rules.indices.contains(index) {
            expect(rules[index]["id"]?.string == id, "ruleIndex", "\(index) is not \(id)")
        }
        let message = result["message"]?["text"]?.string ?? ""
        expect(!message.isEmpty, "GH1007", "no message text")
        expect(result["message"]?["id"] == nil, "SARIF1012", "a message by id")
        expect(message.hasSuffix("."), "SARIF2001", message)
        let locations = result["locations"]?.array ?? []
        expect(locations.count == 1, "GH1015", "\(locations.count) locations")
        checkLinks(message, result["relatedLocations"]?.array ?? [])
        for location in locations { check(primary: location, result, bases) }
        for flow in result["codeFlows"]?.array ?? [] {
            for thread in flow["threadFlows"]?.array ?? [] {
                let steps = thread["locations"]?.array ?? []
                expect(steps.count >= 2, "contract", "a flow of \(steps.count) steps")
                for step in steps {
                    expect(step["location"] != nil && step["index"] == nil, "GH1002", "a step elsewhere")
                }
            }
        }
        for suppression in result["suppressions"]?.array ?? [] {
            expect(suppression["justification"]?.string?.isEmpty == false, "contract", "no justification")
            expect(suppression["status"]?.string == "accepted", "contract", "status")
        }
    }

    /// `[text](1)` in the message and the ids of the related locations are the same.
    private func checkLinks(_ message: String, _ related: [JSONValue]) {
        let ids = related.compactMap { $0["id"]?.number }
        expect(ids.count == related.count && Set(ids).count == ids.count, "links", "ids \(ids)")
        var linked: Set<Int> = []
        for part in message.split(separator: "](").dropFirst() {
            if let number = Int(part.prefix { $0 != ")" }) { linked.insert(number) }
        }
        expect(linked == Set(ids), "links", "\(linked) are linked, \(ids) are there")
    }

    private func check(primary: JSONValue, _ result: JSONValue, _ bases: [String: JSONValue]) {
        guard let place = primary["physicalLocation"] else { return expect(false, "GH1016", "no physicalLocation") }
        let uri = place["artifactLocation"]?["uri"]?.string ?? ""
        expect(!uri.isEmpty, "GH1001", "no uri")
        let base = place["artifactLocation"]?["uriBaseId"]?.string ?? ""
        expect(bases[base] != nil, "SARIF1004", "\(base) is not declared")
        expect(base == "%SRCROOT%", "SARIF2007", base)
        guard let region = place["region"] else { return expect(false, "GH1003", "no region") }
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            expect(region[key]?.number != nil, "SARIF2017", "no \(key)")
        }
        let prints = result["partialFingerprints"]
        let hash = prints?["primaryLocationLineHash"]?.string ?? ""
        expect(!hash.isEmpty, "lineHash", "absent")
        expect(prints?["bindlint/v1"]?.string?.isEmpty == false, "contract", "no fingerprint of our own")
        guard let text = source(Self.decoded(uri)) else { return expect(false, "file", "\(uri) does not exist") }
        let hashes = ReferenceLineHash.hashes(text.bytes)
        let line = region["startLine"]?.number ?? 0
        expect(hashes.indices.contains(line - 1) && hashes[line - 1] == hash, "lineHash", "of \(uri):\(line)")
        if !uri.hasSuffix(".env") {
            expect(region["snippet"] != nil, "SARIF2010", "no snippet for \(uri):\(line)")
        } else {
            expect(place["contextRegion"] == nil, "contract", "context of an environment file")
        }
        if let context = place["contextRegion"] {
            expect(context["snippet"] != nil, "SARIF2011", "context without snippet")
        }
    }

    // MARK: places

    private func check(physicalLocation place: JSONValue) {
        let uri = place["artifactLocation"]?["uri"]?.string ?? ""
        for key in ["region", "contextRegion"] {
            guard let region = place[key], let text = source(Self.decoded(uri)) else { continue }
            guard let range = Self.range(of: region, in: text) else {
                expect(false, "region", "\(key) outside \(uri)")
                continue
            }
            if let snippet = region["snippet"]?["text"]?.string {
                expect(snippet == text.text(range), "snippet", "\(snippet) is not the text of \(uri)")
            }
        }
        guard let context = place["contextRegion"] else { return }
        guard let region = place["region"] else { return expect(false, "SARIF1008", "a context without region") }
        let (inner, outer) = (Self.positions(region), Self.positions(context))
        expect(
            outer.start <= inner.start && inner.end <= outer.end
                && (outer.start < inner.start || inner.end < outer.end),
            "SARIF1008", "the context is no proper superset")
    }

    private func check(region: JSONValue) {
        let (start, end) = Self.positions(region)
        expect(start.line >= 1 && start.column >= 1, "SARIF1007", "starts at \(start)")
        expect(end.line >= start.line, "SARIF1007", "endLine before startLine")
        expect(end >= start, "SARIF1007", "endColumn before startColumn")
    }

    private static func positions(_ region: JSONValue) -> (start: Position, end: Position) {
        let start = Position(line: region["startLine"]?.number ?? 0, column: region["startColumn"]?.number ?? 1)
        return (
            start, Position(line: region["endLine"]?.number ?? start.line, column: region["endColumn"]?.number ?? .max)
        )
    }

    /// The bytes of a region by walking the file's UTF-16 columns.
    private static func range(of region: JSONValue, in text: SourceText) -> Range<Int>? {
        let (start, end) = positions(region)
        guard let first = offset(start, text), let last = offset(end, text), first <= last else { return nil }
        return first..<last
    }

    private static func offset(_ position: Position, _ text: SourceText) -> Int? {
        guard let line = text.line(position.line), position.column >= 1 else { return nil }
        let units = Array(String(decoding: line, as: UTF8.self).utf16)
        guard position.column <= units.count + 1 else { return nil }
        return line.startIndex + String(decoding: units[..<(position.column - 1)], as: UTF16.self).utf8.count
    }

    // MARK: URIs

    private func check(uris object: JSONValue) {
        for key in ["uri", "helpUri", "informationUri", "$schema"] {
            guard let uri = object[key]?.string else { continue }
            expect(Self.isURIReference(uri), "SARIF1002", uri)
            if key == "uri" {
                expect(!Self.isAbsolute(uri) && !uri.hasPrefix("/"), "absolute-uri", uri)
                expect(!uri.split(separator: "/").contains(".."), "SARIF1002", uri)
            } else {
                expect(Self.isAbsolute(uri), "SARIF1005", uri)
            }
        }
    }

    private static func isAbsolute(_ uri: String) -> Bool {
        let scheme = uri.prefix { $0 != ":" && $0 != "/" }
        return scheme.first?.isLetter == true && uri.dropFirst(scheme.count).first == ":"
    }

    private static func isURIReference(_ uri: String) -> Bool {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%")
        let escapes = uri.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
        return !uri.isEmpty && uri.allSatisfy(allowed.contains)
            && escapes.allSatisfy { $0.count >= 2 && $0.prefix(2).allSatisfy(\.isHexDigit) }
    }

    private static func decoded(_ uri: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(uri.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
