public import ListenerModel

extension Dockerfile {
    /// What a build of one stage leaves in the image, as far as the file says: `FROM` an earlier stage inherits.
    public struct Image: Sendable, Hashable {
        /// The image at the end of the chain of `FROM`s; `scratch` for none.
        public var base: SymbolicText
        /// Effective `ENV`, each name once, the last value of each.
        public var environment: [Variable]
        /// Effective `EXPOSE`, variables replaced.
        public var exposed: [ExposedPort]
        /// Absolute; nil while only the base image says.
        public var workingDirectory: SymbolicText?
        public var entrypoint: Command?
        public var command: Command?
        public var healthcheck: Command?
        public var user: SymbolicText?
        /// What the build context contributes, in order; a later one covers an earlier.
        public var contents: [Content]
        /// Programs that `RUN go build` made, by their path in the image.
        public var programs: [Program]
    }

    /// A path of the build context that is in the image.
    public struct Content: Sendable, Hashable {
        public enum Making: Sendable, Hashable {
            /// The files themselves.
            case copied
            /// Made from them by a `RUN` in an earlier stage (`COPY --from=build /app/dist`): an inference.
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
        /// The `go build` word that names the package.
        public var location: Location
    }
}
