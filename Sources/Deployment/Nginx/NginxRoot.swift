public import Dialects
public import Extraction
public import ListenerModel

/// What one nginx process, or a piece of its configuration, starts from.
public enum NginxRoot: Hashable, Sendable {
    /// A main file (`nginx -c`), by its path in the tree.
    case main(String)
    /// Files that a main file outside the tree includes into one process, in that order, and the block that
    /// surrounds them; nil where each file's own text says it.
    case fragments([String], inside: NginxModule?)
}

/// A file or folder of the tree at the place where nginx sees it: a compose volume, a `COPY` in a Dockerfile.
public struct NginxMount: Hashable, Sendable {
    public enum Expansion: Hashable, Sendable {
        case none
        /// envsubst(1) has replaced `$NAME` and `${NAME}` by the process environment.
        case envsubst
        /// The folder of templates of the official image: `x.conf.template` here is `x.conf` where nginx sees it.
        case templates
    }

    /// Absolute: `/etc/nginx/conf.d`.
    public var seen: String
    /// In the tree; a file where `seen` is one.
    public var path: String
    public var expansion: Expansion

    public init(seen: String, path: String, expansion: Expansion = .none) {
        self.seen = seen
        self.path = path
        self.expansion = expansion
    }
}

/// What one root opens.
public struct NginxResolution: Sendable {
    /// One for each address argument, and one for each server that listens without saying so, with the meaning
    /// `.bound`. The union of their sockets is what the kernel shows.
    public var declarations: [Declaration]
    public var diagnostics: [Diagnostic]
    /// Every file that was read for it, the root's own first.
    public var files: [String]
}
