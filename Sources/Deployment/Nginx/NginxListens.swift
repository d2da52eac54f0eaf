internal import Dialects
internal import Extraction
internal import ListenerModel

extension NginxWalk {
    /// Reads one `listen`. `refusal`: it stands where nginx does not take it.
    mutating func listen(_ directive: NginxDirective, _ frame: Frame, refusal: String? = nil) {
        let module = Self.module(of: frame.context)
        let conditional = isConditional(directive, frame)
        guard let word = directive.arguments.first, directive.block == nil else {
            // The missing address or the block was told by the check of the directive's form.
            return add(
                NginxServers.Listen(
                    location: location(directive.name, frame), text: frame.source.text.text(directive.name.range),
                    module: module, server: frame.server,
                    binding: Binding(transport: .tcp, host: nil, port: nil, scope: .unknown),
                    isConditional: conditional, refusal: refusal ?? "invalid number of arguments"))
        }
        let resolution = NginxVariables.expanded(word, in: frame.source, environment)
        var listen = NginxServers.Listen(
            location: location(word, frame), text: frame.source.text.text(word.range), module: module,
            server: frame.server, binding: Binding(transport: .tcp, host: nil, port: nil, scope: .unknown),
            isConditional: conditional, trace: resolution.trace, refusal: refusal)
        readOptions(directive, &listen, frame)
        readAddress(resolution.text, word, &listen, frame)
        add(listen)
    }

    private mutating func readOptions(_ directive: NginxDirective, _ listen: inout NginxServers.Listen, _ frame: Frame)
    {
        let words = directive.arguments.dropFirst()
        let texts = words.map { NginxVariables.expanded($0, in: frame.source, environment).text }
        do throws(NginxListenOptions.Problem) {
            listen.options = try NginxListenOptions(texts, module: listen.module, version: world.nginx)
        } catch {
            // What was understood still says whether it is UDP and how wide.
            listen.options = NginxListenOptions(understandableOf: texts, module: listen.module, version: world.nginx)
            guard !directive.hasConditionalArguments else { return }
            let word = words[words.startIndex + error.index]
            refuse(
                &listen, error.reason, hint: Self.hint(forParameter: frame.source.text.text(word.range)),
                at: location(word, frame))
        }
    }

    private mutating func readAddress(
        _ text: SymbolicText, _ word: NginxWord, _ listen: inout NginxServers.Listen, _ frame: Frame
    ) {
        let dialect = NginxDialect(module: listen.module)
        let transport: Transport = listen.options.isDatagram ? .udp : .tcp
        listen.trace += text.unknowns.map {
            TraceStep($0.location ?? listen.location, "the value of \($0.name) is not known")
        }
        do throws(NginxAddressError) {
            let address = try NginxAddress(text, module: listen.module, in: world)
            listen.address = address
            listen.binding = dialect.binding(
                of: address, transport: transport, ipv6Only: listen.options.ipv6Only, in: world,
                sharing: listen.options.reusePort ? .reusePort : .reuseAddress)
            // Whether a v4-mapped address can be bound is known once all its servers have been read.
            listen.binding.refusal = nil
            if let known = text.known, case .name(_, let addresses) = address.host, addresses.isEmpty {
                unresolved(known, &listen)
            }
            if case .unix(let path?) = address.host, path.hasPrefix("/"), case .file = files.lookup(path) {
                refuse(
                    &listen, "bind() to unix:\(path) fails (98: Address already in use): the file exists",
                    hint: "nginx -t does not see this", at: listen.location)
            }
        } catch {
            let written = frame.source.text.text(word.range)
            let hasVariables = NginxVariables.names(in: text)
            listen.binding = dialect.bindingAsMeant(
                hasVariables ? NginxVariables.symbolic(text, at: listen.location) : text, transport: transport,
                ipv6Only: listen.options.ipv6Only, in: world)
            let reason = "\(error.rawValue) in \"\(written)\" of the \"listen\" directive"
            if hasVariables {
                refuse(
                    &listen, reason + ", which takes no variables",
                    hint: "expand the file before nginx reads it (envsubst, the image's templates)", at: listen.location
                )
            } else {
                refuse(&listen, reason, hint: Self.hint(for: error, written), at: listen.location)
            }
        }
    }

    private mutating func unresolved(_ name: String, _ listen: inout NginxServers.Listen) {
        if NginxListenParameter.all.contains(where: { $0.name == name }) {
            return refuse(
                &listen, "host not found in \"\(name)\"", hint: "the address comes before the parameters",
                at: listen.location)
        }
        result.diagnostics.append(
            Diagnostic(
                .note, code: "nginx-unresolved-host",
                "nginx resolves this name when it starts, and does not start where it cannot", at: listen.location))
    }

    private mutating func refuse(
        _ listen: inout NginxServers.Listen, _ reason: String, hint: String?, at location: Location
    ) {
        if listen.refusal == nil && !listen.isConditional { listen.refusal = reason }
        result.refuse(reason, code: "nginx-listen", hint: hint, at: location, isConditional: listen.isConditional)
    }

    private mutating func add(_ listen: NginxServers.Listen) {
        if let server = listen.server { result.servers[server].listens.append(result.listens.count) }
        result.listens.append(listen)
    }

    /// What a server opens that says nothing about listening.
    mutating func finish(server index: Int) {
        let server = result.servers[index]
        guard server.listens.isEmpty else { return }
        if let missing = server.missing {
            return add(
                NginxServers.Listen(
                    location: server.location, text: "server", module: server.module, server: index,
                    binding: Binding(transport: .tcp, host: nil, port: nil, scope: .unknown, spelling: .implied),
                    isConditional: server.isConditional,
                    trace: [
                        TraceStep(missing.location ?? server.location, "what \(missing.name) holds is not known")
                    ]))
        }
        switch server.module.traits.withoutListen {
        case .implicit:
            let port = PortRange(world.root ? 80 : 8000)
            var address = try? NginxAddress("*", module: .http, in: world)
            address?.ports = port
            address?.spelling = .implied
            guard let address else { return }
            add(
                NginxServers.Listen(
                    location: server.location, text: "server", module: server.module, server: index, address: address,
                    binding: NginxDialect().binding(of: address, in: world), isImplicit: true,
                    isConditional: server.isConditional,
                    trace: [TraceStep(server.location, "a server without listen listens on *:\(port)")]))
        case .refused:
            result.refuse(
                "no \"listen\" is defined for server", code: "nginx-structure", at: server.location,
                isConditional: server.isConditional)
        case .nothing: break
        }
    }

    private static func module(of context: NginxContext) -> NginxModule {
        switch context {
        case .module(let module), .server(let module): module
        case .main, .events, .location, .upstream, .data, .unknown: .http
        }
    }

    private static func hint(for error: NginxAddressError, _ text: String) -> String? {
        switch error {
        case .invalidPort where text.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1:
            "an IPv6 address needs brackets: [\(text)]"
        case .noHost: "write *\(text)"
        case .invalidHost, .hostNotFound, .noPath, .tooLongPath, .invalidPortRange, .invalidIPv6Address, .invalidPort:
            nil
        }
    }

    private static func hint(forParameter text: String) -> String? {
        NginxListenParameter.all.contains { text.hasPrefix($0.name) }
            ? nil : "a \";\" may be missing before it; each address needs a listen of its own"
    }
}
