/// Ports from `first` to `last`; 0–0 where the system picks one.
public struct PortRange: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let first: UInt16
    public let last: UInt16

    public init(_ first: UInt16, _ last: UInt16) {
        precondition(first <= last)
        self.first = first
        self.last = last
    }

    public init(_ port: UInt16) { self.init(port, port) }

    /// Port 0: the system picks (ip(7), "ephemeral").
    public static let ephemeral = PortRange(0)

    public var isEphemeral: Bool { last == 0 }
    public var count: Int { Int(last) - Int(first) + 1 }

    public func contains(_ port: UInt16) -> Bool { first <= port && port <= last }
    public func overlaps(_ other: PortRange) -> Bool { first <= other.last && other.first <= last }

    public static func < (left: Self, right: Self) -> Bool { (left.first, left.last) < (right.first, right.last) }

    public var description: String { first == last ? "\(first)" : "\(first)-\(last)" }
}
