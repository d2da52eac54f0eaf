public import Dialects
public import ListenerModel

/// What is known about a public container image by its name: what it listens on as it comes, and what moves that.
///
/// A fact that rests on memory alone must not carry a finding; `Confidence` says so for each.
public struct ImageFacts: Sendable, Hashable {
    public enum Confidence: Int, Comparable, Sendable {
        /// Nothing was found that says so.
        case memory
        /// Documentation, an issue, a published log or compose file.
        case documented
        /// Read in the image's own Dockerfile, entry point or configuration.
        case source

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    public enum Binds: Sendable, Hashable {
        /// Every interface; the outcome where the family is known.
        case wildcard(WildcardOutcome?)
        case loopback
        /// The container's own address: published ports work, its loopback does not.
        case containerAddress
        /// Nothing until a file or flag says so.
        case configurable
        /// Exposed or customary, off as the image comes.
        case notListening
    }

    public struct Port: Sendable, Hashable {
        public var ports: PortRange
        public var transport: Transport
        /// In words: "PostgreSQL protocol".
        public var title: String
        /// Empty where the number alone has to say what it is.
        public var purposes: [Purpose]
        public var binds: Binds
        /// How well the number is known.
        public var confidence: Confidence
        /// How well `binds` is known.
        public var bindConfidence: Confidence
    }

    /// An environment variable that the image reads for its listen address.
    public struct Variable: Sendable, Hashable {
        public enum Sets: String, Sendable { case host, port, both, url }
        public var name: String
        public var sets: Sets
        public var `default`: String?
        public var confidence: Confidence
    }

    /// The row's name.
    public var name: String
    public var purposes: [Purpose]
    public var ports: [Port]
    public var variables: [Variable]
    /// What it asks of whoever connects, in words.
    public var authentication: String
    public var authenticationConfidence: Confidence
    /// Has no listener of its own.
    public var clientOnly: Bool
    /// Where the facts were read.
    public var proof: String
    /// What to know besides, in words.
    public var notes: String

    /// The fact about one container port, if the row has it.
    public func port(_ port: UInt16, _ transport: Transport) -> Port? {
        ports.first { $0.transport == transport && $0.ports.contains(port) }
    }
}
