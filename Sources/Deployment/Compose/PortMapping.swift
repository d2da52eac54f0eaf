public import Dialects
public import ListenerModel

/// One entry of `ports:` as the engine will treat it. A range is one mapping; where an override replaces a part
/// of a range, the rest of it is as many mappings as it has pieces, all at one place.
public struct PortMapping: Sendable {
    /// The entry; in the long syntax from the first to the last of `host_ip`, `published` and `target`.
    public var location: Location
    /// The text there, as written.
    public var text: String
    /// The engine's reading: transport, host (`0.0.0.0` where nothing is written), published port (0–0 where the
    /// engine picks), sockets, scope, spelling, surprise, refusal.
    public var binding: Binding
    /// The container-side port; nil if unknown.
    public var target: PortRange?
    /// `ingress` or `host`.
    public var mode: String
    /// `open`, `inactive` or `refused`; `stateReason` says why.
    public var state: ListenerState
    public var stateReason: String?
    /// `certain`; `default` if a variable may override it; `unknown` if host or port is not known.
    public var certainty: Certainty
    /// Where variables were set, or what they may change.
    public var trace: [TraceStep]
    /// Another mapping that the engine cannot open beside this one.
    public var conflict: Location?
}
