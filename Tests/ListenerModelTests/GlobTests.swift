import ListenerModel
import Testing

@Suite struct GlobTests {
    @Test(arguments: [
        ("*.env", "app.env", true),
        ("*.env", "deploy/app.env", true),
        ("*.env", "app.env.txt", false),
        ("compose*.y?ml", "dev/compose.override.yaml", true),
        ("/compose.yaml", "compose.yaml", true),
        ("/compose.yaml", "dev/compose.yaml", false),
        ("dev/**", "dev/a/b.yaml", true),
        ("dev/**", "dev", false),
        ("dev/**", "old/dev/a.yaml", false),
        ("**/dev/*.yaml", "dev/a.yaml", true),
        ("**/dev/*.yaml", "x/y/dev/a.yaml", true),
        ("**/dev/*.yaml", "x/dev/y/a.yaml", false),
        ("a/**/b", "a/b", true),
        ("a/**/b", "a/x/y/b", true),
        ("a/**/b", "a/xb", false),
        ("a/**/b/**/c", "a/b/b/x/c", true),
        ("a/**/**/b", "a/b", true),
        ("a/*/b", "a/b", false),
        ("a/*/b", "a/x/y/b", false),
        ("**", "any/thing", true),
        ("*", "any/thing", true),
        ("/*", "any/thing", false),
        ("a**b", "axxb", true),
        ("**/name", "x/name", true),
        ("/**/name", "x/name", true),
        ("[a-c]1", "b1", true),
        ("[!a-c]1", "b1", false),
        ("[^a-c]1", "d1", true),
        ("[]x]", "]", true),
        ("[!]x]", "]", false),
        ("[a-]", "-", true),
        ("[[:digit:][:upper:]]", "Q", true),
        ("[[:digit:]", "[", false),
        ("[[:x]", ":", true),
        ("a[/]b", "a/b", false),
        ("\\*", "*", true),
        ("\\*", "x", false),
        ("[\\]]", "]", true),
        ("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ("é?", "éx", true),
        ("", "x", false),
    ])
    func matches(pattern: String, path: String, expected: Bool) {
        #expect(((try? Glob(pattern))?.matches(path) ?? false) == expected)
    }

    @Test(arguments: [
        ("", Glob.Malformation.empty),
        ("/", .empty),
        ("a//b", .emptyComponent),
        ("dev/", .trailingSlash),
        ("a\\", .trailingBackslash),
        ("a[b", .unclosedSet),
        ("[a\\", .unclosedSet),
        ("[[:word:]]", .unknownClass("word")),
    ])
    func refuses(pattern: String, reason: Glob.Malformation) {
        #expect(throws: reason) { try Glob(pattern) }
    }
}
