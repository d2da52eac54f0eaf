#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// EmbedFiles OUTPUT INPUT…: writes a Swift file with one `StaticString` per input, named after the file
// (`admin-ports.yaml` → `admin_ports_yaml`), and the list of them all.

func read(_ path: String) -> String {
    guard let file = fopen(path, "rb") else { fail("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        if count == 0 { break }
        bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { fail("\(path) is not UTF-8") }
    return text
}

func fail(_ message: String) -> Never {
    let line = Array("EmbedFiles: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
}

guard CommandLine.arguments.count >= 2 else { fail("usage: EmbedFiles OUTPUT INPUT…") }
var swift = "// Made from the data files by the plugin EmbedTables.\n\nenum EmbeddedFiles {\n"
var names: [(file: String, constant: String)] = []
for path in CommandLine.arguments.dropFirst(2) {
    let file = String(path.split(separator: "/").last ?? "")
    let constant = String(file.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    names.append((file, constant))
    // A raw literal with five marks: no data file holds `"""#####`.
    swift += "    static let \(constant): StaticString = #####\"\"\"\n\(read(path))\n\"\"\"#####\n"
}
swift += "    static let all: [(name: String, text: StaticString)] = ["
swift += names.map { "(\"\($0.file)\", \($0.constant))" }.joined(separator: ", ")
swift += "]\n}\n"
guard let output = fopen(CommandLine.arguments[1], "wb") else { fail("cannot write \(CommandLine.arguments[1])") }
fputs(swift, output)
fclose(output)
