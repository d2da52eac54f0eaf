public import ListenerModel

extension Dockerfile {
    /// What a build of one stage leaves in the image, as far as the file says: `FROM` an earlier stage inherits.
    public struct Image: Sendable {
        /// The image at the end of the chain of `FROM`s; `scratch` for none.
        public var base: SymbolicText
        /// Where that `FROM` names it.
        public var baseLocation: Location
        /// Effective `ENV`, each name once, in the order of their first mention.
        public private(set) var environment: [Variable] = []
        private var positions: [String: Int] = [:]
        var budget = ExpansionBudget()
        /// Of each kind of entry, and of stages: what is beyond it is not looked at. A stage that copies another twice
        /// doubles it, and every stage inherits all there is.
        public static let limit = 1000
        /// Effective `EXPOSE`.
        public var exposed: [Port] = []
        /// Absolute; nil while only the base image says.
        public var workingDirectory: SymbolicText?
        public var entrypoint: Command?
        public var command: Command?
        public var healthcheck: Command?
        public var user: SymbolicText?
        /// What the build context contributes, in order; a later one covers an earlier.
        public var contents: [Content] = []
        /// Programs that `RUN go build` made.
        public var programs: [Program] = []
        /// Build arguments that the file declares without a value and that were not given.
        public var missingArguments: [String] = []

        /// What `ONBUILD` leaves for the next build.
        var triggers: [Instruction] = []
        var arguments: [String: SymbolicText] = [:]

        init(base: SymbolicText, baseLocation: Location) {
            self.base = base
            self.baseLocation = baseLocation
        }

        public func environmentVariable(_ name: String) -> Variable? { positions[name].map { environment[$0] } }

        mutating func set(_ variable: Variable) {
            if let position = positions[variable.name] {
                environment[position] = variable
            } else if environment.count < Self.limit {
                positions[variable.name] = environment.count
                environment.append(variable)
            }
        }
    }

    public struct Variable: Sendable, Hashable {
        public var name: String
        public var value: SymbolicText
        public var location: Location
    }

    public struct Port: Sendable, Hashable {
        /// nil where a variable is not known.
        public var ports: PortRange?
        public var transport: Transport
        public var location: Location
    }

    /// A path of the build context that is in the image.
    public struct Content: Sendable, Hashable {
        public enum Making: Sendable, Hashable {
            /// The files themselves.
            case copied
            /// Made from them by a `RUN` of an earlier stage (`COPY --from=build /app/dist`): an inference.
            case built
        }
        /// Relative to the build context, "" for the whole of it; may hold the wildcards of Go's filepath.Match.
        public var source: String
        /// Absolute path in the image. A trailing `/` means a folder that receives the source.
        public var destination: String
        public var making: Making
        /// The `COPY` that put it there.
        public var location: Location
    }

    /// A Go program: where it lies in the image and which package it was built from.
    public struct Program: Sendable, Hashable {
        /// Absolute path in the image.
        public var path: String
        /// The main package's folder relative to the build context, "" for the context itself.
        public var package: String
        /// The word of `go build` that names the package, or `build` itself.
        public var location: Location
    }

    /// The image that a build of `target` (a stage's name or index, nil for the last) leaves. `arguments` are the
    /// build arguments that are given, as compose's `args`. nil if there is no such stage.
    public func image(target: String? = nil, arguments: [String: SymbolicText] = [:]) -> Image? {
        guard let index = stageIndex(target, before: stages.count) else { return nil }
        var builder = ImageBuilder(self, arguments)
        return builder.image(ofStage: index)
    }

    /// The stage that a name or index means among those before `limit`.
    func stageIndex(_ target: String?, before limit: Int) -> Int? {
        guard let target, !target.isEmpty else { return limit > 0 ? limit - 1 : nil }
        let name = target.lowercased()
        if let index = stages[..<limit].lastIndex(where: { $0.name == name }) { return index }
        return Int(name).flatMap { (0..<limit).contains($0) ? $0 : nil }
    }
}
