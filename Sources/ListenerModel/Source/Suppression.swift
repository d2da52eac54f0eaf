/// A comment `bindlint: ignore[…] -- reason`, as found: whether it is well-formed is for the policy to say.
public struct SuppressionComment: Hashable, Sendable {
    /// The comment's text from `bindlint:` on, without the language's comment marks.
    public var text: String
    public var location: Location
    /// Nothing but white space stands before the comment on its line: it is about the next declaration.
    public var ownLine: Bool
    /// The 1-based line on which the next thing that is not a comment starts: a comment on its own line is about
    /// what starts there. 0 where nothing follows.
    public var nextLine: Int

    public init(text: String, location: Location, ownLine: Bool, nextLine: Int) {
        self.text = text
        self.location = location
        self.ownLine = ownLine
        self.nextLine = nextLine
    }
}
