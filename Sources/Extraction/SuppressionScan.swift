import ListenerModel

extension SuppressionComment {
    /// The comments that speak to bindlint. `comments` are ranges in order, each from its mark to the end of the
    /// comment.
    static func find(in text: SourceText, comments: [Range<Int>]) -> [SuppressionComment] {
        let needle = Array("bindlint:".utf8)
        let speaking = comments.indices.compactMap { index in
            text.bytes.firstOffset(of: needle, in: comments[index]).map { (index, start: $0) }
        }
        if speaking.isEmpty { return [] }
        let following = contentAfter(comments, in: text.bytes)
        return speaking.map { index, start in
            let comment = comments[index]
            return SuppressionComment(
                text: text.text(start..<comment.upperBound), location: text.location(comment),
                ownLine: startsLine(comment.lowerBound, in: text.bytes),
                nextLine: following[index].map { text.position($0).line } ?? 0)
        }
    }

    private static func startsLine(_ offset: Int, in bytes: [UInt8]) -> Bool {
        var start = offset
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        return start == 0 || bytes[start - 1] == 0x0a
    }

    /// For each comment where the next thing starts that is none; nil where nothing follows. From the last to the
    /// first, so that a file of comments is read once.
    private static func contentAfter(_ comments: [Range<Int>], in bytes: [UInt8]) -> [Int?] {
        var following = [Int?](repeating: nil, count: comments.count)
        for index in comments.indices.reversed() {
            let next = index + 1 < comments.count ? comments[index + 1].lowerBound : bytes.count
            var position = comments[index].upperBound
            while position < next, bytes[position] <= 0x20 { position += 1 }
            if position < next {
                following[index] = position
            } else if index + 1 < comments.count {
                following[index] = following[index + 1]
            }
        }
        return following
    }
}
