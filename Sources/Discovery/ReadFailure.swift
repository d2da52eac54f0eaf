internal import ListenerModel

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Why a file or a folder could not be read.
public enum ReadFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    case permissionDenied
    /// A symbolic link, or the path itself, leads out of the repository root.
    case outsideRepository
    /// A device, socket or pipe.
    case notRegular
    case tooLarge(bytes: Int)
    case nameNotUTF8
    /// Any other error of the system, by errno(3).
    case system(Int32)

    init(errno code: Int32) {
        switch code {
        case ENOENT, ENOTDIR: self = .missing
        case EACCES, EPERM: self = .permissionDenied
        default: self = .system(code)
        }
    }

    public var description: String {
        switch self {
        case .missing: "no such file or folder"
        case .permissionDenied: "permission denied"
        case .outsideRepository: "it lies outside the repository"
        case .notRegular: "not a regular file"
        case .tooLarge(let bytes): "larger than --max-file-size (\(bytes) bytes)"
        case .nameNotUTF8: "its name is not UTF-8"
        case .system(let code): String(cString: strerror(code))
        }
    }
}

extension FileContents {
    init(_ failure: ReadFailure) {
        if failure == .missing {
            self = .missing
        } else {
            var reason = Unreadable(failure.description)
            if case .tooLarge = failure { reason.isTooLarge = true }
            self = .unreadable(reason)
        }
    }
}
