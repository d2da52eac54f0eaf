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
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Stop("cannot write \(path): \(String(cString: strerror(errno)))") }
        let isWritten = StandardStream.write(bytes, to: descriptor)
        let isClosed = close(descriptor) == 0
        guard isWritten, isClosed, rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw Stop("cannot write \(path): \(reason)")
        }
    }
}
