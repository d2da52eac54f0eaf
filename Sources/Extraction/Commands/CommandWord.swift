public import ListenerModel

/// One argument of a command, as the program gets it, and where it is written.
public struct CommandWord: Sendable, Hashable {
    public var text: SymbolicText
    public var location: Location
    /// What follows the first `=`, where that is not as many bytes in the file as in the text (`--host="::"`).
    public var assignedLocation: Location?

    public init(_ text: SymbolicText, at location: Location, assignedAt: Location? = nil) {
        self.text = text
        self.location = location
        assignedLocation = assignedAt
    }

    /// The first `count` UTF-8 bytes of the marked text, under the same conditions as `dropping`.
    func prefix(_ count: Int) -> CommandWord {
        let marked = text.marked
        let value = text.slice(Substring(marked.utf8.prefix(count)))
        guard location.start.line == location.end.line, location.range.count == marked.utf8.count,
            location.end.column - location.start.column == location.range.count
        else { return CommandWord(value, at: location) }
        var place = location
        place.end.column = place.start.column + count
        place.range = place.range.lowerBound..<place.range.lowerBound + count
        return CommandWord(value, at: place)
    }

    /// The word without the first `count` UTF-8 bytes of its marked text. The place is exact where the word is
    /// written as it is, else that of the whole word.
    func dropping(_ count: Int) -> CommandWord {
        let marked = text.marked
        let rest = marked.utf8.dropFirst(count)
        let value = text.slice(Substring(rest))
        if marked.utf8.count > 0, count > 0, marked.utf8.dropFirst(count - 1).first == UInt8(ascii: "="),
            let assignedLocation
        {
            return CommandWord(value, at: assignedLocation)
        }
        guard location.start.line == location.end.line, location.range.count == marked.utf8.count,
            location.end.column - location.start.column == location.range.count
        else { return CommandWord(value, at: location) }
        var place = location
        place.start.column += count
        place.range = place.range.lowerBound + count..<place.range.upperBound
        return CommandWord(value, at: place)
    }
}
