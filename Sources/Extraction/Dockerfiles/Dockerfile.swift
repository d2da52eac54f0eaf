public import ListenerModel

/// A Dockerfile as written: stages of instructions, with the place of everything that can concern listening.
///
/// Texts that the builder expands (`ENV`, `EXPOSE`, `WORKDIR`, `COPY`, `FROM`, …) hold a build variable as
/// `Unknown(.environment(NAME), fallback:)`; `image(target:arguments:)` replaces those. In the shell form of `CMD`,
/// `ENTRYPOINT` and `RUN` a variable is one of the running container. (docs.docker.com/reference/dockerfile)
public struct Dockerfile: Sendable, Hashable {
    /// `ARG` before the first `FROM`: in force in `FROM` lines, and in a stage that repeats the name.
    public var globalArguments: [Argument]
    /// In order; the last is built where no target is named.
    public var stages: [Stage]

    public struct Stage: Sendable, Hashable {
        /// The name after `AS`, lower case.
        public var name: String?
        /// An image reference, `scratch`, or the name or index of an earlier stage.
        public var base: SymbolicText
        public var platform: SymbolicText?
        /// The image reference in the `FROM` line.
        public var location: Location
        public var instructions: [Instruction]
    }

    public struct Instruction: Sendable, Hashable {
        public var kind: Kind
        /// From the instruction's word to its last argument.
        public var location: Location
        /// Runs in a build that has this image as its base, not in this one.
        public var onBuild: Bool
    }

    public indirect enum Kind: Sendable, Hashable {
        case environment([Variable])
        case argument([Argument])
        case expose([ExposedPort])
        case workingDirectory(SymbolicText)
        case copy(Copy)
        case run(Command)
        case command(Command)
        case entrypoint(Command)
        /// nil for `HEALTHCHECK NONE`.
        case healthcheck(Command?)
        case user(SymbolicText)
        case volume([SymbolicText])
        /// The words that the shell form is run with from here on.
        case shell([Word])
        /// `LABEL`, `MAINTAINER`, `STOPSIGNAL`: nothing about listening.
        case other
    }

    public struct Variable: Sendable, Hashable {
        public var name: String
        public var value: SymbolicText
        /// The value as written, with its quotes; the name where there is no value.
        public var location: Location
    }

    public struct Argument: Sendable, Hashable {
        public var name: String
        public var value: SymbolicText?
        public var location: Location
    }

    /// One word of `EXPOSE`: `8080`, `8000-8010`, `53/udp`.
    public struct ExposedPort: Sendable, Hashable {
        /// As written, to be read by `ports` once its variables are known.
        public var text: SymbolicText
        public var location: Location
    }

    /// `COPY` and `ADD`.
    public struct Copy: Sendable, Hashable {
        public var sources: [Word]
        public var destination: Word
        /// `--from`: a stage's name or index, or an image; nil for the build context.
        public var from: SymbolicText?
        /// `ADD` fetches URLs and unpacks archives.
        public var isAdd: Bool
    }

    public struct Word: Sendable, Hashable {
        public var text: SymbolicText
        public var location: Location

        public init(_ text: SymbolicText, at location: Location) {
            self.text = text
            self.location = location
        }
    }

    public enum Command: Sendable, Hashable {
        /// The JSON form: run without a shell, variables are not expanded.
        case exec([Word])
        /// Handed to a shell; the text with continuation lines and comments as in the file, at `location`.
        case shell(Location)
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
