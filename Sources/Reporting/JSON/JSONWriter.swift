/// A streaming JSON writer (RFC 8259) that cannot produce malformed output: an object's members and an array's
/// items are written by closures, so that brackets close and commas stand where they must, whatever is written.
struct JSONObject: ~Copyable {
    private let sink: JSONSink
    private var isEmpty = true

    fileprivate init(_ sink: JSONSink) { self.sink = sink }

    mutating func string(_ key: String, _ value: String) {
        begin(key)
        sink.string(value)
    }

    /// nil is written as `null`.
    mutating func string(_ key: String, orNull value: String?) {
        begin(key)
        if let value { sink.string(value) } else { sink.literal("null") }
    }

    /// nil is left out.
    mutating func string(_ key: String, ifAny value: String?) {
        if let value { string(key, value) }
    }

    mutating func number(_ key: String, _ value: Int) {
        begin(key)
        sink.literal(String(value))
    }

    mutating func bool(_ key: String, _ value: Bool) {
        begin(key)
        sink.literal(value ? "true" : "false")
    }

    mutating func null(_ key: String) {
        begin(key)
        sink.literal("null")
    }

    mutating func object(_ key: String, _ members: (inout JSONObject) -> Void) {
        begin(key)
        sink.object(members)
    }

    mutating func array(_ key: String, _ items: (inout JSONArray) -> Void) {
        begin(key)
        sink.array(items)
    }

    mutating func strings(_ key: String, _ values: some Sequence<String>) {
        array(key) { array in for value in values { array.string(value) } }
    }

    private mutating func begin(_ key: String) {
        sink.separate(isFirst: isEmpty)
        isEmpty = false
        sink.string(key)
        sink.literal(sink.isIndented ? ": " : ":")
    }

    fileprivate consuming func end() -> Bool { isEmpty }
}

struct JSONArray: ~Copyable {
    private let sink: JSONSink
    private var isEmpty = true

    fileprivate init(_ sink: JSONSink) { self.sink = sink }

    mutating func string(_ value: String) {
        begin()
        sink.string(value)
    }

    mutating func object(_ members: (inout JSONObject) -> Void) {
        begin()
        sink.object(members)
    }

    private mutating func begin() {
        sink.separate(isFirst: isEmpty)
        isEmpty = false
    }

    fileprivate consuming func end() -> Bool { isEmpty }
}

enum JSONDocument {
    /// One object; `indented` by two spaces a level and ending in a newline, else on one line without one.
    static func object(indented: Bool, _ members: (inout JSONObject) -> Void) -> [UInt8] {
        let sink = JSONSink(isIndented: indented)
        sink.object(members)
        if indented { sink.literal("\n") }
        return sink.bytes
    }

    static func array(indented: Bool, _ items: (inout JSONArray) -> Void) -> [UInt8] {
        let sink = JSONSink(isIndented: indented)
        sink.array(items)
        if indented { sink.literal("\n") }
        return sink.bytes
    }
}

/// The bytes so far. Shared by the writers of one document, of which only the innermost can be reached: they are
/// not copyable, and the one outside is borrowed while the one inside writes.
private final class JSONSink {
    private(set) var bytes: [UInt8] = []
    let isIndented: Bool
    private var depth = 0

    init(isIndented: Bool) { self.isIndented = isIndented }

    func literal(_ text: String) { bytes.append(contentsOf: text.utf8) }

    func separate(isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        breakLine()
    }

    func object(_ members: (inout JSONObject) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        depth += 1
        var object = JSONObject(self)
        members(&object)
        depth -= 1
        if !object.end() { breakLine() }
        bytes.append(UInt8(ascii: "}"))
    }

    func array(_ items: (inout JSONArray) -> Void) {
        bytes.append(UInt8(ascii: "["))
        depth += 1
        var array = JSONArray(self)
        items(&array)
        depth -= 1
        if !array.end() { breakLine() }
        bytes.append(UInt8(ascii: "]"))
    }

    private func breakLine() {
        guard isIndented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    /// Beyond what RFC 8259 section 7 requires, escapes what a terminal or a job log would act on: control and
    /// bidirectional characters, and the second `#` of the `##[` that starts a workflow command. The value is the
    /// same to whoever parses it.
    func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Nearly every string is plain.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x23 && $0 != 0x5c }) {
            bytes.append(contentsOf: text.utf8)
            bytes.append(UInt8(ascii: "\""))
            return
        }
        var afterHash = false
        for scalar in text.unicodeScalars {
            let isHash = scalar == "#"
            switch scalar {
            case "\"": literal("\\\"")
            case "\\": literal("\\\\")
            case "\n": literal("\\n")
            case "\r": literal("\\r")
            case "\t": literal("\\t")
            case "#" where afterHash: literal("\\u0023")
            case " "..."~": bytes.append(UInt8(scalar.value))
            default:
                if scalar.isInvisibleControl {
                    for unit in String(scalar).utf16 { escape(unit) }
                } else {
                    bytes.append(contentsOf: String(scalar).utf8)
                }
            }
            afterHash = isHash
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ unit: UInt16) {
        let digits = Array("0123456789abcdef".utf8)
        literal("\\u")
        for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift) & 0xf)]) }
    }
}
