/// JUnit's XML, whatever its cases are: suites of cases that have passed, failed, or could not be run.
struct JUnitDocument {
    let name: String
    let suites: [(name: String, cases: [Case])]

    struct Case {
        enum Outcome { case passed, failed(level: String), error, skipped }
        var name: String
        var outcome: Outcome
        var message = ""
        var details = ""
    }

    var rendered: String {
        let all = suites.flatMap(\.cases)
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites\(Self.attributes([("name", name)] + Self.counts(all)))>")
        for (path, cases) in suites {
            lines.append("  <testsuite\(Self.attributes([("name", path)] + Self.counts(cases)))>")
            for item in cases { lines += Self.element(item, path) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.map { $0 + "\n" }.joined()
    }

    private static func counts(_ cases: [Case]) -> [(String, String)] {
        var failures = 0
        var errors = 0
        var skipped = 0
        for item in cases {
            switch item.outcome {
            case .passed: break
            case .failed: failures += 1
            case .error: errors += 1
            case .skipped: skipped += 1
            }
        }
        return [
            ("tests", String(cases.count)), ("failures", String(failures)), ("errors", String(errors)),
            ("skipped", String(skipped)),
        ]
    }

    private static func element(_ item: Case, _ path: String) -> [String] {
        let head = "    <testcase" + attributes([("name", item.name), ("classname", path)])
        let child: String
        switch item.outcome {
        case .passed: return [head + "/>"]
        case .failed(let level):
            child =
                "<failure\(attributes([("message", item.message), ("type", level)]))>\(escaped(item.details))</failure>"
        case .error:
            child =
                "<error\(attributes([("message", item.message), ("type", "unreadable")]))>\(escaped(item.details))</error>"
        case .skipped: child = "<skipped\(attributes([("message", item.message)]))/>"
        }
        return [head + ">", "      " + child, "    </testcase>"]
    }

    private static func attributes(_ pairs: [(String, String)]) -> String {
        pairs.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    }

    /// Also leaves out what XML 1.0 does not allow (section 2.2) and what hides, and breaks up the `##[` that job
    /// runners act on.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "#" where result.hasSuffix("#"): result += "&#35;"
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case _ where scalar.isInvisibleControl || scalar.value & 0xfffe == 0xfffe: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
