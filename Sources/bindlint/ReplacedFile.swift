#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that is there wholly or not at all: written beside its place, then renamed over it (rename(2)).
enum ReplacedFile {
    static func write(_ bytes: [UInt8], to path: String) throws(Stop) {
        let reason = isDevice(path) ? writeThrough(bytes, to: path) : replace(path, by: bytes)
        if let reason { throw Stop("cannot write \(path): \(reason)") }
    }

    /// Pipes and devices are written to, not replaced: `--output json=/dev/stdout`. A link is not followed, whatever
    /// it leads to: it may have come with what is linted.
    private static func isDevice(_ path: String) -> Bool {
        if path.hasPrefix("/dev/") { return true }
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }

    private static func writeThrough(_ bytes: [UInt8], to path: String) -> String? {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        if descriptor < 0 { return message }
        let isWritten = StandardStream.write(bytes, to: descriptor)
        let reason = isWritten ? nil : message
        return close(descriptor) == 0 ? reason : reason ?? message
    }

    /// nil if it was done, else why not; then nothing is left of it.
    private static func replace(_ path: String, by bytes: [UInt8]) -> String? {
        // A signal that ends the run waits until the file is whole; a limit of size (RLIMIT_FSIZE) is an error.
        var blocked = sigset_t()
        var before = sigset_t()
        sigemptyset(&blocked)
        for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE] { sigaddset(&blocked, number) }
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        let limit = signal(SIGXFSZ, SIG_IGN)
        defer {
            _ = signal(SIGXFSZ, limit)
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        guard let (temporary, descriptor) = create(beside: path) else { return message }
        var reason = StandardStream.write(bytes, to: descriptor) ? nil : message
        if close(descriptor) != 0 { reason = reason ?? message }
        if reason == nil && rename(temporary, path) != 0 { reason = message }
        if reason != nil { unlink(temporary) }
        return reason
    }

    /// A new file that was not there before: a repository may hold links under names that are easy to guess.
    private static func create(beside path: String) -> (path: String, descriptor: Int32)? {
        for attempt in 0..<100 {
            let temporary = "\(path).\(getpid()).\(attempt).tmp"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
            if descriptor >= 0 { return (temporary, descriptor) }
            if errno != EEXIST { return nil }
        }
        return nil
    }

    private static var message: String { String(cString: strerror(errno)) }
}
