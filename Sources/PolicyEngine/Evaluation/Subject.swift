import ListenerModel

/// Which listeners a rule judges at all: TCP and UDP outside test code, `open` or `refused`, `bind` and `publish`.
/// A rule that names one of these facts anywhere decides about it by itself.
struct Subject: Sendable {
    private let namesTest: Bool
    private let namesState: Bool
    private let namesRole: Bool
    private let namesTransport: Bool
    /// The rule asks who can connect, and could ask it of a publish: a bind behind one is not judged a second time.
    private let judgesThroughPublish: Bool

    init(_ match: Match) {
        namesTest = match.names(.test)
        namesState = match.names(.state)
        namesRole = match.names(.role)
        namesTransport = match.names(.transport) || match.namesUnix
        // A rule about binds alone (`role: bind`) would otherwise report the accident nowhere.
        judgesThroughPublish = match.names(.exposure) && match.couldHold(role: .publish)
    }

    func includes(_ judged: JudgedListener) -> Bool {
        if judged.listener.test && !namesTest { return false }
        // What is refused because of another line is judged at that line: one mistake is one finding.
        if namesState && judged.listener.refusedBy != nil { return false }
        if !namesState {
            switch judged.listener.state {
            case .open, .refused: break
            case .absorbed, .inactive: return false
            }
        }
        if !namesRole {
            switch judged.listener.role {
            case .bind, .publish: break
            case .expose: return false
            }
        }
        if !namesTransport {
            switch judged.listener.transport {
            case .tcp, .udp: break
            case .sctp, .unix: return false
            }
        }
        return !(judgesThroughPublish && judged.listener.role == .bind && judged.listener.published == true)
    }
}

extension Match {
    /// The word `unix` as a scope, an address or a family.
    fileprivate var namesUnix: Bool {
        var found = false
        forEachCondition { condition in
            switch condition.values {
            case .words(let words): if words.contains("unix") { found = true }
            case .addresses(let terms): if terms.contains(.scope(.unix)) { found = true }
            case .globs, .ports, .purposes: break
            }
        }
        return found
    }

    /// Whether a listener of this role could satisfy it, all else left open.
    fileprivate func couldHold(role: Role) -> Bool {
        evaluate { condition in
            guard condition.predicate == .role, case .words(let words) = condition.values else { return .unknown }
            return Truth(words.contains(role.rawValue))
        } != .no
    }
}
