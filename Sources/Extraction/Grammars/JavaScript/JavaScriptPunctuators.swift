// Operators and separators (ECMA-262 12.8): the longest one counts, but for `>`.

extension JavaScriptLexer {
    mutating func punctuator(_ first: UInt8) {
        let next = byte(position + 1)
        let third = byte(position + 2)
        func character(_ text: Unicode.Scalar) -> UInt8 { UInt8(ascii: text) }
        switch first {
        case character(","): add(.comma, length: 1)
        case character(";"): add(.semicolon, length: 1)
        case character(":"): add(.colon, length: 1)
        case character("@"): add(.at, length: 1)
        case character("~"): add(.tilde, length: 1)
        case character("."):
            if next == first, third == first {
                add(.ellipsis, length: 3)
            } else if (0x30...0x39).contains(next) {
                number()
            } else {
                add(.dot, length: 1)
            }
        case character("?"):
            if next == first {
                third == character("=") ? add(.compoundAssign, length: 3) : add(.nullish, length: 2)
            } else if next == character("."), !(0x30...0x39).contains(third) {
                add(.questionDot, length: 2)
            } else {
                add(.question, length: 1)
            }
        case character("|"), character("&"):
            if next == first {
                if third == character("=") { return add(.compoundAssign, length: 3) }
                add(first == character("|") ? .or : .and, length: 2)
            } else if next == character("=") {
                add(.compoundAssign, length: 2)
            } else {
                add(first == character("|") ? .bar : .ampersand, length: 1)
            }
        case character("="):
            if next == character(">") {
                add(.arrow, length: 2)
            } else if next == first {
                add(.equality, length: third == first ? 3 : 2)
            } else {
                add(.assign, length: 1)
            }
        case character("!"):
            if next == character("=") { return add(.equality, length: third == next ? 3 : 2) }
            exclamationEndsOperand = !operandFollows
            add(.exclamation, length: 1)
        case character("+"), character("-"):
            if next == first {
                add(first == character("+") ? .increment : .decrement, length: 2)
            } else if next == character("=") {
                add(.compoundAssign, length: 2)
            } else {
                add(first == character("+") ? .plus : .minus, length: 1)
            }
        case character("*"):
            if next == first {
                third == character("=") ? add(.compoundAssign, length: 3) : add(.power, length: 2)
            } else {
                next == character("=") ? add(.compoundAssign, length: 2) : add(.star, length: 1)
            }
        case character("%"), character("^"):
            if next == character("=") { return add(.compoundAssign, length: 2) }
            add(first == character("%") ? .percent : .caret, length: 1)
        case character("<"):
            if next == first {
                third == character("=") ? add(.compoundAssign, length: 3) : add(.shiftLeft, length: 2)
            } else {
                next == character("=") ? add(.lessEqual, length: 2) : add(.less, length: 1)
            }
        case character(">"): add(.greater, length: 1)
        default: add(.other, length: 1)
        }
    }
}
