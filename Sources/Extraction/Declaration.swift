public import Dialects
public import ListenerModel

/// What a text says about listening, symbolically: not yet placed in a network namespace, variables not yet
/// replaced.
public struct Declaration: Sendable {
    public enum Meaning: Sendable {
        /// To be read by `dialect` once the environment is known.
        case request(ListenRequest, dialect: any Dialect)
        /// Already read, where the reading needs more than one declaration (nginx groups and merges).
        case bound([Binding], state: ListenerState, stateReason: String?)
    }

    public var location: Location
    public var text: String
    public var source: Source
    public var role: Role
    public var meaning: Meaning
    /// Another line of the same process for which the runtime refuses all of it.
    public var refusedBy: Location?
    /// Another line of the same process whose sockets cannot coexist with these.
    public var conflict: Location?
    public var certainty: Certainty
    /// By evidence in the file itself: `stub_status`, `--inspect`, pprof.
    public var purpose: [Purpose]
    public var trace: [TraceStep]
    public var test: Bool
    /// The main packages (Go) or entry files (Node) from which this is reached; empty where that is not known.
    public var entryPoints: [String]
    /// What a command reads and a file says about a development server.
    public var section: Section?

    /// A part of a configuration file: `server` of `vite.config`.
    public struct Section: Hashable, Sendable {
        /// The file's name without its extension; where it is named with its folder, from the folder of the command.
        public var file: String
        public var key: String

        public init(file: String, key: String) {
            self.file = file
            self.key = key
        }
    }

    public init(
        location: Location, text: String, source: Source, role: Role = .bind, meaning: Meaning,
        certainty: Certainty = .certain, purpose: [Purpose] = [], trace: [TraceStep] = [], test: Bool = false,
        entryPoints: [String] = []
    ) {
        self.location = location
        self.text = text
        self.source = source
        self.role = role
        self.meaning = meaning
        self.certainty = certainty
        self.purpose = purpose
        self.trace = trace
        self.test = test
        self.entryPoints = entryPoints
    }
}
