import ListenerModel

/// Colours and hyperlinks of a terminal, or nothing of the kind. Only colours that are legible on light and on dark
/// backgrounds: red, magenta, bold, faint; yellow and cyan vanish on white, blue on black.
struct Ink {
    enum Style: String {
        case error = "1;31"
        case warning = "1;35"
        case strong = "1"
        case faint = "2"
    }

    let colour: Bool
    let hyperlinkBase: String?

    init(_ display: Display) {
        colour = display.colour
        hyperlinkBase = display.hyperlinkBase
    }

    func callAsFunction(_ text: String, _ style: Style?) -> String {
        guard colour, let style, !text.isEmpty else { return text }
        return "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m"
    }

    /// OSC 8: the text leads to the address.
    func link(_ text: String, to uri: String?) -> String {
        guard hyperlinkBase != nil, let uri else { return text }
        return "\u{1b}]8;;\(uri)\u{1b}\\\(text)\u{1b}]8;;\u{1b}\\"
    }

    func link(_ text: String, to location: Location) -> String {
        link(text, to: hyperlinkBase.map { "\($0)\(location.path.percentEncoded)#L\(location.start.line)" })
    }
}

extension Finding.Level {
    var style: Ink.Style {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note, .off: .strong
        }
    }
}

extension Diagnostic.Level {
    var style: Ink.Style {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note: .strong
        }
    }
}

extension String {
    /// A relative path as a URI reference (RFC 3986): everything but unreserved characters and `/` is encoded, so
    /// that a colon in the first segment is no scheme.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.append(Unicode.Scalar(byte))
            default:
                result.append("%")
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 0xf)])
            }
        }
        return String(result)
    }
}
