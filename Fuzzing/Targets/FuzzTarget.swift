import Foundation

/// Something that reads bytes from strangers, and what must hold whatever they are. Not crashing and not hanging hold
/// for all of them; `run` also checks what else is promised. The fuzzer and the tests run the same targets.
struct FuzzTarget: Sendable {
    /// The word for `Fuzzing/run`.
    var name: String
    /// Real inputs, from which the fuzzer starts.
    var seeds: @Sendable (Corpus) -> [[UInt8]]
    /// Words of the grammar that the fuzzer would take long to guess: its dictionary.
    var words: @Sendable () -> [String]
    /// What stands before a text that would otherwise not be read at all.
    var openings: [String]
    /// In bytes: beyond it an input says nothing new and takes long.
    var longestInput: Int
    var run: @Sendable ([UInt8]) throws(Violation) -> Void

    init(
        _ name: String, longestInput: Int = 4096, openings: [String] = [],
        words: @autoclosure @escaping @Sendable () -> [String],
        seeds: @escaping @Sendable (Corpus) -> [[UInt8]],
        run: @escaping @Sendable ([UInt8]) throws(Violation) -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.words = words
        self.longestInput = longestInput
        self.openings = openings
        self.run = run
    }
}

extension FuzzTarget {
    struct Finding {
        var name: String
        var bytes: [UInt8]
    }

    /// What broke a promise before, by name.
    var findings: [Finding] {
        let folder = Corpus.root.appending(path: "Fuzzing/Findings/\(name)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { Finding(name: name, bytes: [UInt8]($0)) }
        }
    }
}

/// A promise that an input breaks.
struct Violation: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

enum FuzzTargets {
    static let all: [FuzzTarget] = grammars + trees

    /// One file each.
    static let grammars: [FuzzTarget] = [
        .nginx, .go, .javaScript, .dockerfile, .shell, .environment, .commandFiles, .interpolation, .yaml, .addresses,
        .globs, .policy, .policyTests, .baseline,
    ]

    /// Several files through the whole pipeline.
    static let trees: [FuzzTarget] = [.nginxTree, .composeTree, .goTree, .nodeTree, .report]

    static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
