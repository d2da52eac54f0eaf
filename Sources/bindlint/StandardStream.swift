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
    func write(_ bytes: [UInt8]) -> Bool { Self.write(bytes, to: rawValue) }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                #if canImport(Glibc)
                    let written = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                #elseif canImport(Musl)
                    let written = Musl.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                #else
                    let written = Darwin.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                #endif
                if written < 0 && errno != EINTR { return false }
                offset += max(written, 0)
            }
            return true
        }
    }

    /// All of standard input; an input without an end is not waited for.
    static func input(limit: Int) throws(Stop) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &block, block.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Stop("cannot read standard input: \(String(cString: strerror(errno)))")
            }
            bytes += block[..<count]
            if bytes.count > limit { throw Stop("standard input is larger than \(limit) bytes") }
        }
    }

    var isTerminal: Bool { isatty(rawValue) != 0 }
}
