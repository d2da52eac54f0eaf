#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An open file descriptor, closed when it goes out of scope.
struct OpenFile: ~Copyable {
    let descriptor: Int32

    /// Opens `path` relative to the folder `base`; never waits for the other end of a pipe.
    init(_ path: String, in base: Int32, following links: Bool = true) throws(ReadFailure) {
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (links ? 0 : O_NOFOLLOW)
        descriptor = openat(base, path.isEmpty ? "." : path, flags)
        if descriptor < 0 { throw ReadFailure(errno: errno) }
    }

    deinit { close(descriptor) }

    /// The bytes of a regular file of at most `limit` bytes; nil if it is a folder.
    func contents(limit: Int) throws(ReadFailure) -> [UInt8]? {
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw ReadFailure(errno: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: return nil
        default: throw .notRegular
        }
        let size = Int(status.st_size)
        if size > limit { throw .tooLarge(bytes: size) }
        var failure: ReadFailure?
        // One byte more than the size tells the end of the file from a file that grew.
        var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count < buffer.count {
                let got = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
                if got == 0 { return }
                if got > 0 {
                    count += got
                    // Exactly what was announced, and no more: that is the end of a regular file.
                    if count == size { return }
                } else if errno != EINTR {
                    failure = ReadFailure(errno: errno)
                    return
                }
            }
        }
        if let failure { throw failure }
        // Files of /proc and the like say that they are empty.
        if bytes.count > size { try appendRest(to: &bytes, limit: limit) }
        return bytes
    }

    private func appendRest(to bytes: inout [UInt8], limit: Int) throws(ReadFailure) {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = read(descriptor, &block, block.count)
            if got == 0 { return }
            if got < 0 {
                if errno == EINTR { continue }
                throw ReadFailure(errno: errno)
            }
            bytes += block[..<got]
            if bytes.count > limit { throw .tooLarge(bytes: bytes.count) }
        }
    }
}
