internal import ListenerModel
internal import Reporting

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

@main
struct Bindlint {
    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    /// The exit status.
    static func run(_ arguments: [String]) -> Int32 {
        let invocation: Invocation
        do throws(UsageError) {
            invocation = try Invocation(arguments) { access($0, F_OK) == 0 }
        } catch {
            StandardStream.error.write("bindlint: \(error)".sanitisedLines + "\nTry `bindlint --help`.\n")
            return 2
        }
        if let text = invocation.information { return StandardStream.output.write(text) ? 0 : 2 }
        do throws(Stop) {
            return try run(invocation)
        } catch {
            for diagnostic in error.diagnostics { StandardStream.error.write(diagnostic.line.sanitisedLines + "\n") }
            StandardStream.error.write("bindlint: \(error.message.sanitised)\n")
            return 2
        }
    }

    private static func run(_ invocation: Invocation) throws(Stop) -> Int32 {
        switch invocation {
        case .check(let arguments): return try arguments.run()
        case .list(let arguments): return try arguments.run()
        case .explain(let arguments): return try arguments.run()
        case .rules(let arguments): return try arguments.run()
        case .policy(let arguments): return try arguments.run()
        case .baseline(let arguments): return try arguments.run()
        case .completions, .help, .version, .manual: return 0
        }
    }
}

extension Diagnostic {
    /// `path:line:column: level: message (hint)`, for what stops a run before there is a report.
    var line: String {
        let place = location.map { "\($0.path):\($0.start.line):\($0.start.column): " } ?? ""
        return "\(place)\(level.rawValue): \(message)" + (hint.map { "; \($0)" } ?? "")
    }
}
