/// The runtimes that `explain` asks about an address, in the order in which it answers.
public enum Dialects {
    public static let all: [any Dialect] = []

    /// The words of `explain --source`.
    public static var names: [String] { all.map(\.name) }
}
