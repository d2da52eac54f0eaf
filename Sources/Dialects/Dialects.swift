/// The runtimes whose reading of an address `explain` shows.
public enum Dialects {
    /// Those that it asks by itself, in the order in which it answers.
    public static let all: [any Dialect] = [
        NginxDialect(),
        GoDialect(whenEmpty: ":http"),
        NodeDialect.server,
        ComposeDialect(),
    ]

    /// The words of `explain --source`: `all`, then the programs of `ServerDialects`.
    public static let names: [String] = all.map(\.name) + ServerDialects.all.map(\.name)

    public static func named(_ name: String) -> (any Dialect)? {
        all.first { $0.name == name } ?? ServerDialects.named(name)
    }
}
