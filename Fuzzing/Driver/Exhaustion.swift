import Foundation

/// What the tests do for a part, done for all: hours of it.
enum Exhaustion {
    /// Every prefix and every change of one byte, to the bytes that grammars act on or (`all`) to each there is.
    static func changes(of target: FuzzTarget, to values: String) -> Bool {
        let seeds = target.seeds(.all).filter { $0.count <= target.longestInput }
        let changes = SmallChanges(of: seeds, to: values == "all" ? Array(0...255) : SmallChanges.telling)
        var slowest = (time: 0.0, number: 0)
        var violations = 0
        for number in 0..<changes.count {
            let input = changes[number]
            alarm(60)
            var violation: Violation?
            let time = Repetitions.processorTime {
                do throws(Violation) { try target.run(input) } catch { violation = error }
            }
            if time > slowest.time { slowest = (time, number) }
            guard let violation else { continue }
            violations += 1
            let path = "\(target.name)-\(number)"
            try? Data(input).write(to: URL(filePath: path))
            print("\(path): \(violation)")
            if violations == 20 { break }
        }
        print(
            "\(target.name): \(changes.count) inputs, \(violations) violations, the slowest took \(Int(slowest.time)) ms"
        )
        return violations == 0
    }

    /// Whether eight times the input takes about eight times as long, for all that can be repeated.
    static func repetitions(of target: FuzzTarget, pairs: Bool) -> Bool {
        var slow = 0
        let all = Repetitions.of(target, pairs: pairs)
        for repetition in all {
            func time(_ size: Int) -> Double {
                let input = repetition.input(size)
                alarm(600)
                return Repetitions.processorTime {
                    do throws(Violation) { try target.run(input) } catch { print("\(repetition): \(error)") }
                }
            }
            let (short, long) = (time(16 << 10), time(128 << 10))
            if long > 40, long > 20 * max(short, 1) {
                slow += 1
                print("\(repetition): 16 KiB \(Int(short)) ms, 128 KiB \(Int(long)) ms")
            }
        }
        print("\(target.name): \(all.count) repetitions, \(slow) of them slow")
        return slow == 0
    }

    /// What the time does as real files, put behind one another, grow to the largest that is read.
    static func doubling(of target: FuzzTarget) {
        let seeds = target.seeds(.all).filter { !$0.isEmpty }
        guard let seed = seeds.max(by: { $0.count < $1.count }) else { return }
        var line = target.name
        for size in stride(from: 22, through: 26, by: 1).map({ 1 << $0 }) {
            var input: [UInt8] = []
            input.reserveCapacity(size + seed.count)
            while input.count < size { input += seed }
            let time = Repetitions.processorTime {
                do throws(Violation) { try target.run(input) } catch { line += " (\(error.description.prefix(60)))" }
            }
            line += "  \(size >> 20) MiB \(Int(time)) ms"
        }
        print(line)
    }
}
