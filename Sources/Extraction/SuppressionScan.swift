import ListenerModel

extension SuppressionComment {
    /// The comments that speak to bindlint. `comments` are ranges in order, each from its mark to the end of the
    /// comment.
    static func find(in text: SourceText, comments: [Range<Int>]) -> [SuppressionComment] {
        let needle = Array("bindlint:".utf8)
        var found: [SuppressionComment] = []
        for (index, comment) in comments.enumerated() {
            guard let start = text.bytes.firstOffset(of: needle, in: comment) else { continue }
            var lineStart = comment.lowerBound
            while lineStart > 0 && text.bytes[lineStart - 1] != 0x0a { lineStart -= 1 }
            found.append(
                SuppressionComment(
                    text: text.text(start..<comment.upperBound), location: text.location(comment),
                    ownLine: text.bytes[lineStart..<comment.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 },
                    nextLine: lineOfNextContent(in: text, after: index, comments)))
        }
        return found
    }

    private static func lineOfNextContent(in text: SourceText, after index: Int, _ comments: [Range<Int>]) -> Int {
        var position = comments[index].upperBound
        var next = index + 1
        while position < text.bytes.count {
            if next < comments.count, comments[next].lowerBound == position {
                position = comments[next].upperBound
                next += 1
            } else if text.bytes[position] <= 0x20 {
                position += 1
            } else {
                return text.position(position).line
            }
        }
        return 0
    }
}
