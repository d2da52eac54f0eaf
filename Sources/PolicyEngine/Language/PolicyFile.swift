import ListenerModel

/// One file of a policy: a pack, a file named on the command line, the repository's own, or what one of them extends.
final class PolicyFile: Sendable {
    /// Who owns the file, and so how far it is trusted.
    enum Owner: Sendable {
        case pack(String)
        /// Given with `--policy`, or extended by such a file.
        case commandLine
        /// The repository's own file, or extended by it.
        case repository
    }

    let owner: Owner
    let text: SourceText

    init(_ owner: Owner, path: String, bytes: [UInt8]) {
        self.owner = owner
        text = SourceText(path: path, bytes: bytes)
    }

    var path: String { text.path }

    /// A pack as it came with bindlint.
    var isShipped: Bool { if case .pack = owner { true } else { false } }

    /// As reports name it: `pack recommended`, `bindlint.yaml`.
    var name: String {
        switch owner {
        case .pack(let name): "pack \(name)"
        case .commandLine, .repository: path
        }
    }
}

/// A byte range of a policy file. Lines and columns are counted only for what is shown: counting them for every
/// value of a minified one-line policy would be quadratic.
struct Place: Sendable {
    let file: PolicyFile
    let range: Range<Int>

    var location: Location { file.text.location(range) }

    /// `pack recommended` or `org.yaml:12`.
    var origin: String {
        switch file.owner {
        case .pack: file.name
        case .commandLine, .repository: "\(file.path):\(location.start.line)"
        }
    }
}

/// A value with where it was written.
struct Sourced<Value: Sendable>: Sendable {
    var value: Value
    var place: Place
}
