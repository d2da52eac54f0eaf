public enum Transport: String, CaseIterable, Sendable, Comparable {
    case tcp, udp, sctp, unix

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
