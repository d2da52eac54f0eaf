import ListenerModel
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("--formt", "--format"),
        ("--fomrat", "--format"),
        ("--FORMAT", "--format"),
        ("chekc", "check"),
        ("lst", "list"),
        ("baselin", "baseline"),
        ("stat", "statistics"),
        ("zzz", nil),
        ("", nil),
    ])
    func closest(word: String, meant: String?) {
        let known = ["--format", "--files-from", "check", "list", "baseline", "statistics"]
        #expect(Suggestion.closest(to: word, among: known) == meant)
    }

    @Test func startOfTwoCandidatesIsNoAnswer() {
        #expect(Suggestion.closest(to: "--no", among: ["--no-ignore", "--no-suppressions"]) == nil)
    }
}
