extension Unicode.Scalar {
    /// Terminal columns: 2 for what East Asian Width (UAX #11) calls wide and for emoji, 0 for what combines with
    /// the character before, else 1.
    var displayWidth: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x231a...0x231b, 0x23e9...0x23ec, 0x25fd...0x25fe, 0x2614...0x2615, 0x2648...0x2653,
        0x26aa...0x26ab, 0x26bd...0x26be, 0x26c4...0x26c5, 0x2705...0x2705, 0x270a...0x270b, 0x2728...0x2728,
        0x274c...0x274c, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797, 0x2b1b...0x2b1c, 0x2b50...0x2b50,
        0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
        0xff01...0xff60, 0xffe0...0xffe6, 0x1f18e...0x1f18e, 0x1f191...0x1f19a, 0x1f200...0x1f320, 0x1f32d...0x1f64f,
        0x1f680...0x1f6ff, 0x1f7e0...0x1f7eb, 0x1f900...0x1f9ff, 0x1fa70...0x1faff, 0x20000...0x3fffd,
    ]
}

extension StringProtocol {
    public var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.displayWidth } }

    /// Filled with spaces on the right.
    public func padded(to width: Int) -> String {
        String(self) + String(repeating: " ", count: Swift.max(0, width - displayWidth))
    }
}

extension String {
    /// The lines of this paragraph, none wider than `width` unless one word is, and then broken at its hyphens.
    /// Newlines in the text stay, and so do the spaces of a line that fits.
    public func wrapped(to width: Int) -> [String] {
        split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
            if paragraph.displayWidth <= width { return [String(paragraph)] }
            var lines: [String] = []
            var line = ""
            var used = 0
            for word in paragraph.split(separator: " ") {
                for (index, part) in word.parts(within: width).enumerated() {
                    let gap = index == 0 && !line.isEmpty ? 1 : 0
                    let needed = part.displayWidth
                    if !line.isEmpty && used + gap + needed > width {
                        lines.append(line)
                        line = ""
                        used = 0
                    } else if gap > 0 {
                        line += " "
                        used += 1
                    }
                    line += part
                    used += needed
                }
            }
            return lines + [line]
        }
    }

    /// The least width at which `wrapped` breaks no part of a word.
    var narrowest: Int {
        split(separator: " ").flatMap { $0.parts(within: 0) }.map(\.displayWidth).max() ?? 0
    }

    /// No wider than `width`: what is left out at the start, where a path says least, is marked.
    func truncatedAtStart(to width: Int) -> String {
        guard displayWidth > width else { return self }
        var kept = unicodeScalars[...]
        var used = displayWidth
        while used > Swift.max(1, width) - 1, let first = kept.popFirst() { used -= first.displayWidth }
        return "…" + String(kept)
    }
}

extension Substring {
    /// The word itself where it fits, else what the hyphens between its letters divide it into, each with its hyphen.
    fileprivate func parts(within width: Int) -> [Substring] {
        guard displayWidth > width else { return [self] }
        var parts: [Substring] = []
        var start = startIndex
        for index in indices.dropLast() where self[index] == "-" && index > start {
            if self[self.index(before: index)].isLetter && self[self.index(after: index)].isLetter {
                parts.append(self[start...index])
                start = self.index(after: index)
            }
        }
        return parts + [self[start...]]
    }
}
