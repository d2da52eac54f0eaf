public import ListenerModel

/// How one runtime reads listen addresses. Conforming types hold their differences as tables whose rows name
/// their proof (an observed case, a source file, a manual page).
public protocol Dialect: Sendable {
    /// The word used by `explain --source`.
    var name: String { get }
    /// Total: text the runtime refuses gives a `Binding` with a `refusal`, unknown text one with nil fields.
    func binding(of request: ListenRequest, in world: World) -> Binding
}
