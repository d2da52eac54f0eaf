import Reporting
import Testing

@Suite struct ProgressLineTests {
    @Test func nothingForAShortRun() {
        var line = ProgressLine(width: 80)
        #expect(line.update(elapsed: 499, filesRead: 10, path: "a") == nil)
        #expect(line.erase() == nil)
    }

    @Test func shownAtIntervalsAndErasedOnce() {
        var line = ProgressLine(width: 80)
        #expect(line.update(elapsed: 500, filesRead: 1, path: "a.yaml") == "\r1 file read a.yaml\u{1b}[K")
        #expect(line.update(elapsed: 599, filesRead: 2, path: "b") == nil)
        #expect(line.update(elapsed: 600, filesRead: 3, path: "c") == "\r3 files read c\u{1b}[K")
        #expect(line.erase() == "\r\u{1b}[K")
        #expect(line.erase() == nil)
    }

    @Test func staysOnOneLine() throws {
        var line = ProgressLine(width: 30)
        let update = line.update(elapsed: 900, filesRead: 12, path: "a/very/long/path/\u{1b}[2Jto/東京.yaml")
        let text = try #require(update)
        #expect(text.dropFirst().dropLast(3).displayWidth < 30)
        #expect(text.hasSuffix("東京.yaml\u{1b}[K"))
    }
}
