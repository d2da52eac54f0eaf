import Testing

@testable import Reporting

@Suite struct JSONWriterTests {
    private func text(indented: Bool = false, _ members: (inout JSONObject) -> Void) -> String {
        String(decoding: JSONDocument.object(indented: indented, members), as: UTF8.self)
    }

    @Test func nesting() {
        let written = text { document in
            document.object("empty") { _ in }
            document.array("none") { _ in }
            document.array("items") { items in
                items.string("a")
                items.object { $0.number("n", -1) }
            }
            document.bool("flag", true)
            document.null("nothing")
            document.string("text", orNull: nil)
            document.string("absent", ifAny: nil)
        }
        #expect(
            written
                == #"{"empty":{},"none":[],"items":["a",{"n":-1}],"flag":true,"nothing":null,"text":null}"#)
    }

    @Test func indentation() {
        let written = text(indented: true) { document in
            document.array("a") { $0.object { $0.number("b", 1) } }
            document.object("c") { _ in }
        }
        #expect(written == "{\n  \"a\": [\n    {\n      \"b\": 1\n    }\n  ],\n  \"c\": {}\n}\n")
    }

    @Test(arguments: [
        ("\"\\/", #""\"\\/""#),
        ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{1b}\u{7f}\u{9b}", #""\u0000\u001b\u007f\u009b""#),
        ("\u{202e}\u{2028}\u{feff}", #""\u202e\u2028\ufeff""#),
        ("\u{e0041}", #""\udb40\udc41""#),
        ("##[error]", ##""#\u0023[error]""##),
        ("é😀", "\"é😀\""),
    ])
    func strings(_ value: String, _ expected: String) {
        #expect(text { $0.string("k", value) } == #"{"k":"# + expected + "}")
    }

    @Test func keysAreEscaped() {
        #expect(text { $0.number("a\"b", 1) } == #"{"a\"b":1}"#)
    }
}
