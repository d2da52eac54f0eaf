#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Results go to standard output, everything else to standard error.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// False if not all of it could be written: a full disk, a closed pipe.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                #if canImport(Glibc)
                    let written = Glibc.write(rawValue, buffer.baseAddress! + offset, buffer.count - offset)
                #elseif canImport(Musl)
                    let written = Musl.write(rawValue, buffer.baseAddress! + offset, buffer.count - offset)
                #else
                    let written = Darwin.write(rawValue, buffer.baseAddress! + offset, buffer.count - offset)
                #endif
                if written < 0 && errno != EINTR { return false }
                offset += max(written, 0)
            }
            return true
        }
    }

    var isTerminal: Bool { isatty(rawValue) != 0 }
}
