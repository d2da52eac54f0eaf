public import ListenerModel

/// A Dockerfile as written: stages of instructions, with the place of everything that can concern listening.
///
/// What the builder expands (`ENV`, `EXPOSE`, `WORKDIR`, `COPY`, `FROM`) is a `BuildText`, replaced by
/// `image(target:arguments:)`. In the shell form of `CMD`, `ENTRYPOINT` and `RUN` a variable is one of the running
/// container. (docs.docker.com/reference/dockerfile)
public struct Dockerfile: Sendable {
    /// `ARG` before the first `FROM`: in force in `FROM` lines, and in a stage that repeats the name.
    public var globalArguments: [Argument]
    /// In order; the last is built where no target is named.
    public var stages: [Stage]

    public struct Stage: Sendable {
        /// The name after `AS`, lower case.
        public var name: String?
        /// An image reference, `scratch`, or the name or index of an earlier stage.
        public var base: BuildText
        public var platform: BuildText?
        /// The image reference in the `FROM` line.
        public var location: Location
        public var instructions: [Instruction]
    }

    public struct Instruction: Sendable {
        public var kind: Kind
        /// From the instruction's word to its last argument.
        public var location: Location
        /// Runs in a build that has this image as its base, not in this one.
        public var onBuild: Bool
    }

    public indirect enum Kind: Sendable {
        case environment([Assignment])
        case argument([Argument])
        case expose([ExposedPort])
        case workingDirectory(BuildText)
        case copy(Copy)
        case run(Command)
        case command(Command)
        case entrypoint(Command)
        /// nil for `HEALTHCHECK NONE`.
        case healthcheck(Command?)
        case user(BuildText)
        case volume([BuildText])
        /// The words that the shell form is run with from here on.
        case shell([CommandWord])
        /// `LABEL`, `MAINTAINER`, `STOPSIGNAL`: nothing about listening.
        case other
    }

    /// A name and value of `ENV`.
    public struct Assignment: Sendable {
        public var name: String
        public var value: BuildText
        /// The value as written, with its quotes; the name where there is no value.
        public var location: Location
    }

    public struct Argument: Sendable {
        public var name: String
        /// nil where only the build command can give it.
        public var value: BuildText?
        public var location: Location
    }

    /// One word of `EXPOSE`: `8080`, `8000-8010`, `53/udp`, `$PORT`.
    public struct ExposedPort: Sendable {
        public var text: BuildText
        public var location: Location
    }

    /// `COPY` and `ADD`.
    public struct Copy: Sendable {
        public var sources: [BuildText]
        public var destination: BuildText
        /// `--from`: a stage's name or index, or an image; nil for the build context.
        public var from: BuildText?
        public var location: Location
    }

    public enum Command: Sendable {
        /// The JSON form: run without a shell, variables are not expanded.
        case exec([CommandWord])
        /// Handed to a shell, continuation lines joined.
        case shell(PlacedText)

        public var location: Location? {
            switch self {
            case .shell(let text): text.location
            case .exec(let words): words.first?.location
            }
        }
    }
}

extension Dockerfile.ExposedPort {
    /// The ports and transport of a text whose variables were replaced; nil if it is not a port of 1 to 65535 with
    /// an optional `-` end and `/tcp`, `/udp` or `/sctp`.
    public static func ports(_ text: String) -> (ports: PortRange, transport: Transport)? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let transport: Transport
        switch parts.count == 2 ? parts[1].lowercased() : "tcp" {
        case "tcp", "": transport = .tcp
        case "udp": transport = .udp
        case "sctp": transport = .sctp
        default: return nil
        }
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first > 0, first <= last else {
            return nil
        }
        return (PortRange(first, last), transport)
    }
}
