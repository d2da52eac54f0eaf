internal import Threading

/// How resolvers spread their work: each share of it has a memory of its own for what it reads on the way. Those of
/// source code parse what they need into a program, and forget it when that is much. What is found depends on neither.
enum ResolverShares {
    /// In bytes of source, of which the syntax takes some twenty times as much.
    static let mostParsed = 1 << 19

    /// The results in the order of the places.
    static func map<Place: Sendable, Result: Sendable>(
        _ places: [Place], jobs: Int, _ read: @Sendable (ArraySlice<Place>) -> [Result]
    ) -> [Result] {
        // Some a thread, since places differ in what they ask for.
        let count = jobs < 2 ? min(places.count, 1) : min(places.count, jobs * 4)
        let shares = (0..<count).map { places[places.count * $0 / count..<places.count * ($0 + 1) / count] }
        return Workers.map(shares, jobs: jobs, read).flatMap { $0 }
    }
}
