/// Directive names that no module of nginx has: all are lower-case words.
enum NginxName {
    /// The name is none of any module's.
    struct Mistake {
        var hint: String?
    }

    /// What is wrong with a name; nil where it may be some module's.
    static func misspelt(_ name: String) -> Mistake? {
        if name.hasPrefix("\u{feff}") {
            return Mistake(hint: "the file starts with a byte order mark, which is part of the first word")
        }
        if ["default_server", "bind", "deferred", "reuseport"].contains(name) {
            return Mistake(hint: "a parameter of listen: the \";\" before it ends the directive")
        }
        let bytes = name.utf8
        if bytes.allSatisfy({ $0 == UInt8(ascii: "_") || isLetterOrDigit($0) }) {
            let lowercase = name.lowercased()
            guard lowercase != name, NginxStructure.directives[lowercase] != nil else { return nil }
            return Mistake(hint: "write \(lowercase)")
        }
        return bytes.contains { $0 < 0x20 || $0 > 0x7e || $0 == UInt8(ascii: "}") } ? Mistake() : nil
    }

    /// The name without control characters, for a message.
    static func visible(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 ? "\u{fffd}" : $0 }))
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
