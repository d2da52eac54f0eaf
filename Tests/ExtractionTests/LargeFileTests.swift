import Extraction
import ListenerModel
import Testing

/// Files that are larger than what is read of their kind.
struct LargeFileTests {
    static let names = [".env", "Makefile", "Procfile", "package.json", "Dockerfile"]

    /// One that holds nothing to be parsed is known well enough.
    @Test func sourceIsRuledOutFirst() {
        let data = "package data\n\nvar bytes = []byte(\"" + String(repeating: "x", count: 5 << 20) + "\")\n"
        #expect(GoExtractor().unit(of: Array(data.utf8), path: "data.go").diagnostics.isEmpty)
        let server = "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\":80\", nil) }\n//"
        let large = Array(server.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 5 << 20)
        #expect(GoExtractor().unit(of: large, path: "main.go").diagnostics.map(\.code) == ["file-too-large"])
    }

    @Test(arguments: names)
    func areSaid(_ name: String) throws {
        let extractor = try #require(Extractors.all.first { $0.claim(path: name) != .no })
        let limit = extractor.largestFile
        let line = Array("PORT=3000\n".utf8)
        let fits = Array([[UInt8]](repeating: line, count: limit / line.count).joined())
        let large = [UInt8](repeating: UInt8(ascii: "#"), count: limit + 1)
        #expect(!extractor.unit(of: fits, path: name).diagnostics.contains { $0.code == "file-too-large" })
        let unit = extractor.unit(of: large, path: name)
        #expect(unit.diagnostics.map(\.code) == ["file-too-large"])
        #expect(unit.diagnostics.allSatisfy { $0.fileUnread && $0.level == .warning })
        #expect(unit.text.bytes.isEmpty)
    }
}
