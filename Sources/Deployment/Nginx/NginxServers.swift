internal import Dialects
internal import ListenerModel

/// What a configuration says about listening once all its includes are followed.
struct NginxServers {
    /// A `server` block of one of the modules.
    struct Server {
        var module: NginxModule
        /// The word `server`.
        var location: Location
        var listens: [Int] = []
        var isConditional: Bool
        /// Directives that the tree does not hold may stand in it: a placeholder, an include of another place.
        var missing: Unknown?
        var hasCertificate = false
        var statusPages = NginxStatusPages()
    }

    struct Listen {
        /// The address argument, or the word `server` or `listen` where there is none.
        var location: Location
        var text: String
        var module: NginxModule
        /// nil where it stands outside a server.
        var server: Int?
        /// nil where nginx refuses it, or nothing is known of it.
        var address: NginxAddress?
        var binding: Binding
        var options = NginxListenOptions()
        var isImplicit = false
        /// A template's condition decides whether it is there.
        var isConditional: Bool
        var trace: [TraceStep] = []
        /// Why nginx rejects this text.
        var refusal: String?
    }

    /// Why nginx does not start.
    struct Refusal {
        var reason: String
        var location: Location
    }

    var servers: [Server] = []
    /// A certificate is given for all servers of these.
    var modulesWithCertificate: Set<NginxModule> = []
    var listens: [Listen] = []
    var refusals: [Refusal] = []
    var diagnostics: [Diagnostic] = []

    /// Records that nginx does not start, unless a template's condition may leave the text out.
    mutating func refuse(
        _ reason: String, code: String, hint: String? = nil, at location: Location, isConditional: Bool = false
    ) {
        diagnostics.append(
            Diagnostic(
                isConditional ? .note : .warning, code: code, "nginx refuses this: \(reason)", hint: hint, at: location)
        )
        if !isConditional { refusals.append(Refusal(reason: reason, location: location)) }
    }
}
