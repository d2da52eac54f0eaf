import ListenerModel

/// One value of a `port` or `target` predicate or of a port set.
enum PortTerm: Sendable, Hashable {
    case range(PortRange)
    case set(String)
    case ephemeral
    case unknown

    init(_ text: String) throws(ScalarProblem) {
        switch text {
        case "ephemeral": self = .ephemeral
        case "unknown": self = .unknown
        case _ where ScalarGrammar.isName(text): self = .set(text)
        default: self = .range(try Self.range(text))
        }
    }

    private static func range(_ text: String) throws(ScalarProblem) -> PortRange {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count) else { throw notAPort(text) }
        var numbers: [UInt16] = []
        for end in ends {
            guard let number = ScalarGrammar.decimal(end) else { throw notAPort(text) }
            if number == 0 {
                throw ScalarProblem(
                    message: "port 0 is no port that anybody connects to",
                    hint: "'ephemeral' means a port that the system picks")
            }
            guard let port = UInt16(exactly: number) else {
                throw ScalarProblem(message: "port \(end) is above 65535")
            }
            numbers.append(port)
        }
        guard numbers[0] <= numbers[numbers.count - 1] else {
            throw ScalarProblem(
                message: "the range \(text) ends before it starts", hint: "\(numbers[1])-\(numbers[0])")
        }
        return PortRange(numbers[0], numbers[numbers.count - 1])
    }

    private static func notAPort(_ text: String) -> ScalarProblem {
        ScalarProblem(
            message: "'\(text)' is not a port", hint: "1-65535, a range such as 9000-9009, or the name of a port set")
    }
}
