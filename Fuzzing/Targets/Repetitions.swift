import Foundation

/// What an attacker tries first: one thing again and again. Every byte and every word of a target's dictionary, alone
/// and in pairs, after each opening that a grammar has. Nesting runs out of stack if recursion has no bound, and time
/// grows with the square of the length if a reader looks at the same text twice.
enum Repetitions {
    /// A text and what stands once before it.
    struct Repetition: CustomStringConvertible {
        var opening: String
        var unit: String

        func input(_ size: Int) -> [UInt8] {
            let unit = Array(unit.utf8)
            var input = Array(opening.utf8)
            input.reserveCapacity(size + unit.count)
            while input.count < size { input += unit }
            return input
        }

        var description: String { "\(opening.debugDescription) + n × \(unit.debugDescription)" }
    }

    static func of(_ target: FuzzTarget, pairs: Bool) -> [Repetition] {
        var units = (0..<128).map { String(UnicodeScalar(UInt8($0))) } + ["é", "😀", "\u{FFFC}"]
        units += Set(target.words()).sorted()
        let openings = [""] + target.openings
        var all = openings.flatMap { opening in units.map { Repetition(opening: opening, unit: $0) } }
        // A number in each, so that names differ.
        if pairs {
            let telling = Array("\n \t\"'`\\$#()*,-./:;<=>?[]{|}a1&!").map(String.init)
            for first in units {
                for second in telling where first != second {
                    all.append(Repetition(opening: openings.last!, unit: first + second))
                }
            }
        }
        return all
    }

    /// Of the calling thread, in milliseconds: what other processes do does not count.
    static func processorTime(_ body: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
        }
        let start = now()
        body()
        return now() - start
    }
}
