import ListenerModel

// The objects of the contract's JSON (section 4), in its order of fields.

extension JSONObject {
    mutating func place(_ location: Location, in report: Report) {
        string("path", report.displayedPath(location.path))
        number("line", location.start.line)
        number("column", location.start.column)
        number("endLine", location.end.line)
        number("endColumn", location.end.column)
    }

    mutating func steps(_ key: String, _ steps: [TraceStep], in report: Report) {
        array(key) { array in
            for step in steps {
                array.object { object in
                    object.start(step.location, in: report)
                    object.string("note", step.note)
                }
            }
        }
    }

    mutating func start(_ location: Location, in report: Report) {
        string("path", report.displayedPath(location.path))
        number("line", location.start.line)
        number("column", location.start.column)
    }

    mutating func ports(_ key: String, _ range: PortRange?) {
        guard let range else { return null(key) }
        object(key) { object in
            object.number("first", Int(range.first))
            object.number("last", Int(range.last))
        }
    }

    mutating func listener(_ listener: Listener, in report: Report) {
        place(listener.location, in: report)
        string("text", listener.shownText)
        string("source", listener.source.rawValue)
        string("role", listener.role.rawValue)
        string("namespace", listener.namespace.description)
        string("context", listener.namespace.context.rawValue)
        string("service", orNull: listener.service)
        string("image", orNull: listener.image)
        strings("networks", listener.networks)
        string("transport", listener.transport.rawValue)
        string("host", orNull: listener.host)
        ports("port", listener.port)
        ports("target", listener.target)
        string("state", listener.state.rawValue)
        string("stateReason", ifAny: listener.stateReason)
        array("sockets") { array in
            for socket in listener.sockets.sorted() { array.object { $0.socket(socket) } }
        }
        string("scope", listener.scope.rawValue)
        string("exposure", listener.exposure.rawValue)
        string("certainty", listener.certainty.rawValue)
        strings("purpose", listener.purpose.map(\.rawValue))
        if let published = listener.published { bool("published", published) }
        string("backend", ifAny: listener.backend?.rawValue)
        if let conflict = listener.conflict { object("conflict") { $0.start(conflict, in: report) } }
        string("counterpart", ifAny: listener.counterpart?.rawValue)
        string("spelling", listener.spelling.rawValue)
        string("surprise", ifAny: listener.surprise?.rawValue)
        steps("trace", listener.trace, in: report)
        bool("test", listener.test)
    }

    private mutating func socket(_ socket: Socket) {
        string("family", socket.family.rawValue)
        string("transport", socket.transport.rawValue)
        switch socket.address {
        case .unix(let path): string("address", path)
        case .ip(let address, _): string("address", address.description)
        }
        ports("port", socket.port)
        bool("oneOf", socket.oneOf)
        bool("dualStack", socket.dualStack)
    }

    mutating func finding(_ finding: Finding, in report: Report) {
        string("rule", finding.rule)
        string("level", finding.level.rawValue)
        string("message", finding.message)
        string("why", orNull: finding.why)
        string("fix", orNull: finding.fix)
        place(finding.location, in: report)
        strings("services", finding.services)
        steps("related", finding.related, in: report)
        steps("trace", finding.trace, in: report)
        if let listener = finding.listener {
            object("listener") { $0.listener(listener, in: report) }
        } else {
            null("listener")
        }
        if let suppression = finding.suppression {
            object("suppression") { object in
                object.string("kind", suppression.kind.rawValue)
                object.string("reason", suppression.reason)
                if let location = suppression.location { object.start(location, in: report) }
            }
        }
    }

    mutating func diagnostic(_ diagnostic: Diagnostic, in report: Report) {
        string("level", diagnostic.level.rawValue)
        string("code", diagnostic.code)
        string("message", diagnostic.message)
        string("hint", orNull: diagnostic.hint)
        if let location = diagnostic.location {
            place(location, in: report)
        } else {
            for key in ["path", "line", "column", "endLine", "endColumn"] { null(key) }
        }
    }
}
