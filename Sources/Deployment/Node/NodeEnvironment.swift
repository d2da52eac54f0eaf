internal import Extraction
internal import ListenerModel

/// Where programs read the process environment.
enum NodeEnvironment {
    /// Objects whose members are variables.
    private static let objects: Set<String> = ["process.env", "Bun.env", "process.process.env", "process.default.env"]

    /// `process.env.PORT`
    static func variable(_ name: String, of symbol: Symbol, at location: Location?) -> Alternatives? {
        objects.contains(symbol.name) ? variable(name, at: location) : nil
    }

    static func variable(_ name: String, at location: Location?) -> Alternatives {
        Alternatives(.text(SymbolicText(Unknown(.environment(name), at: location))))
    }

    /// Whether something is the environment as a whole: `process.env`.
    static func isWhole(_ value: Value) -> Bool {
        if case .symbol(let symbol) = value { objects.contains(symbol.name) } else { false }
    }
}
