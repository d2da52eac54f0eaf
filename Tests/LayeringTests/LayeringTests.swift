import Foundation
import Testing

/// The arrows between modules, held against the imports in the sources.
@Suite struct LayeringTests {
    /// What each module may import besides the standard library and the C library of the system.
    static let allowed: [String: Set<String>] = [
        "CLibYAML": [],
        "YAMLTree": ["CLibYAML"],
        "ListenerModel": [],
        "Threading": [],
        "Dialects": ["ListenerModel"],
        "Extraction": ["ListenerModel", "YAMLTree", "Dialects", "Threading"],
        "Deployment": ["ListenerModel", "YAMLTree", "Dialects", "Extraction", "Threading"],
        "PolicyEngine": ["ListenerModel", "YAMLTree"],
        "Reporting": ["ListenerModel"],
        "Discovery": ["ListenerModel", "Threading"],
        "bindlint": [
            "ListenerModel", "YAMLTree", "Dialects", "Extraction", "Deployment", "PolicyEngine", "Reporting",
            "Discovery", "Threading",
        ],
        "EmbedFiles": [],
    ]

    static let system: Set<String> = ["Swift", "Synchronization", "Glibc", "Musl", "Darwin"]

    @Test func importsFollowTheArrows() throws {
        for file in try Self.sources() {
            let module = file.components[0]
            let allowed = try #require(Self.allowed[module], "a module without a row: \(module)")
            for name in try Self.imports(of: file) where !Self.system.contains(name) {
                #expect(allowed.contains(name), "\(file.path) imports \(name)")
            }
        }
    }

    /// The table has the package's modules and no others.
    @Test func everyModuleHasARow() throws {
        let modules = Set(try Self.sources().map { $0.components[0] })
        #expect(modules.union(["CLibYAML"]) == Set(Self.allowed.keys))
    }

    @Test func arrowsPointOneWay() {
        for module in Self.allowed.keys {
            var reached: Set<String> = []
            var pending = Array(Self.allowed[module] ?? [])
            while let next = pending.popLast() {
                if reached.insert(next).inserted { pending += Self.allowed[next] ?? [] }
            }
            #expect(!reached.contains(module), "\(module) reaches itself")
        }
    }

    @Test func noSourceNeedsFoundation() throws {
        for file in try Self.sources() {
            let foundation = try Self.imports(of: file).filter { $0.hasPrefix("Foundation") }
            #expect(foundation.isEmpty, "\(file.path)")
        }
    }

    @Test func namesSayWhatIsInside() throws {
        let vague = ["manager", "helper", "util", "utility", "common", "misc", "core"]
        for file in try Self.sources() {
            for component in file.components {
                let name = component.lowercased().split(separator: ".")[0]
                let isVague = vague.contains { name.hasSuffix($0) || name.hasSuffix($0 + "s") }
                #expect(!isVague, "\(file.path)")
            }
        }
    }

    @Test func importsAreFoundInEverySpelling() {
        let text =
            "import A\n    public import B\n@testable import C\nimport struct D.E\n// import F\nlet important = 1\n"
        #expect(Self.imports(in: text) == ["A", "B", "C", "D"])
    }

    // MARK: - Reading

    struct File {
        var path: String
        /// Below `Sources`.
        var components: [String]
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func sources() throws -> [File] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "Sources").path)
        return names.filter { $0.hasSuffix(".swift") }
            .map { File(path: "Sources/\($0)", components: $0.split(separator: "/").map(String.init)) }
    }

    static func imports(of file: File) throws -> [String] {
        imports(in: try String(contentsOf: root.appending(path: file.path), encoding: .utf8))
    }

    /// The modules that are imported, whatever stands before or behind the word: `public import X`,
    /// `import struct X.Y`.
    static func imports(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line -> String? in
            var words = line.split(whereSeparator: \.isWhitespace)
            while let word = words.first, Self.modifiers.contains(word) { words.removeFirst() }
            guard words.count >= 2, words[0] == "import" else { return nil }
            words.removeFirst()
            if Self.kinds.contains(words[0]) { words.removeFirst() }
            return words.first?.split(separator: ".").first.map(String.init)
        }
    }

    static let modifiers: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private", "@testable", "@_exported", "@preconcurrency",
        "@_implementationOnly",
    ]
    static let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
}
