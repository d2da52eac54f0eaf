import Dialects
import Extraction
import ListenerModel

/// Reads `ports:` of one service: both syntaxes, then the rule that a later entry replaces an earlier equal one.
struct PortReader {
    /// An entry as written, before the engine has a say.
    struct Entry {
        var location: Location
        var text: String
        var published: PublishedPort?
        var refusal: String?
        /// Of a refused entry, what can be read all the same.
        var fields: PublishedPort?
        /// Compose refuses the whole project, not the engine one container.
        var stopsProject = true
        var mode = "ingress"
        var certainty = Certainty.certain
        var failOpen = false
        var trace: [TraceStep] = []
        /// What compose compares, without the ports themselves.
        var key = ""
        /// Container ports that a later entry replaces, and where that is.
        var replaced = PortSet()
        var replacedBy: Location?
    }

    static func entries(of ports: ComposeValue) -> [Entry] {
        guard let items = ports.sequence else {
            return [
                Entry(location: ports.location, text: ports.writtenText, refusal: "ports must be a list")
            ]
        }
        var entries = items.map { item in item.mapping == nil ? short(item) : long(item) }
        markReplaced(&entries)
        // An alias or a base that comes in twice repeats one text; it does not replace another.
        entries.removeAll { $0.replacedBy == $0.location }
        return entries
    }

    // MARK: short syntax

    private static func short(_ item: ComposeValue) -> Entry {
        var entry = Entry(
            location: item.origin.text.location(item.textRange), text: item.origin.text.text(item.textRange))
        guard let scalar = item.scalar, !scalar.isOtherType else {
            entry.refusal = "an entry of ports must be text, a number or a mapping"
            return entry
        }
        let text = scalar.integer.map { SymbolicText(String($0)) } ?? scalar.value.text
        do throws(PortSyntax.Refusal) {
            let published = try PortSyntax.parse(text)
            entry.published = published
            entry.key = key(
                host: hostText(of: text), published: published.hostPort, isInteger: false, target: published.target,
                transport: published.transport)
        } catch {
            entry.refusal = error.description
            entry.fields = PortSyntax.fieldsOfRefused(text)
        }
        let written = scalar.whenSet.flatMap { $0.marked.contains(":") ? try? PortSyntax.parse($0) : nil }
        let unset = scalar.whenUnset.flatMap { try? PortSyntax.parse($0) }
        describe(&entry, [(scalar, item.location)], written: written, unset: unset)
        return entry
    }

    /// The address as written: compose compares texts, and takes `0.0.0.0` for none.
    private static func hostText(of text: SymbolicText) -> String {
        let pieces = text.marked.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count > 2 else { return "0.0.0.0" }
        let host = text.slice(
            pieces[0].base[pieces[0].startIndex..<pieces[pieces.count - 3].endIndex])
        let name = host.identity
        return name.isEmpty ? "0.0.0.0" : name.filter { $0 != "[" && $0 != "]" }
    }

    // MARK: long syntax

    private static let longKeys: Set<String> = [
        "name", "mode", "host_ip", "target", "published", "protocol", "app_protocol",
    ]

    private static func long(_ item: ComposeValue) -> Entry {
        var entry = Entry(location: item.location, text: item.writtenText)
        guard let mapping = item.mapping else { return entry }
        let range = addressRange(of: mapping) ?? item.range
        entry.location = item.origin.text.location(range)
        entry.text = item.origin.text.text(range)
        entry.mode = mapping["mode"]?.known ?? "ingress"
        do throws(LongRefusal) {
            entry.published = try published(mapping)
            if let published = entry.published {
                entry.key = key(
                    host: mapping["host_ip"]?.text?.identity ?? "0.0.0.0", published: published.hostPort,
                    isInteger: mapping["published"]?.scalar?.integer != nil, target: published.target,
                    transport: published.transport)
                if case .enginePicks = published.hostPort { entry.key += mapping["published"]?.known ?? "" }
            }
        } catch {
            entry.refusal = error.reason
            entry.stopsProject = error.stopsProject
        }
        let scalars = ["host_ip", "published", "target", "protocol"].compactMap { key in
            mapping[key].flatMap { value in value.scalar.map { ($0, value.location) } }
        }
        describe(
            &entry, scalars, written: variant(mapping, \.whenSet), unset: variant(mapping, \.whenUnset))
        return entry
    }

    private struct LongRefusal: Error {
        var reason: String
        var stopsProject = true
    }

    private static func addressRange(of mapping: ComposeMapping) -> Range<Int>? {
        let entries = ["host_ip", "published", "target"].compactMap(mapping.entry)
        guard let start = entries.map(\.keyLocation.range.lowerBound).min(),
            let end = entries.map(\.value.range.upperBound).max(), start < end
        else { return nil }
        return start..<end
    }

    private static func published(_ mapping: ComposeMapping) throws(LongRefusal) -> PublishedPort {
        if let other = mapping.entries.first(where: { !longKeys.contains($0.key) && !$0.key.hasPrefix("x-") }) {
            throw LongRefusal(reason: "a port has no property \"\(other.key)\"")
        }
        guard let target = mapping["target"] else { throw LongRefusal(reason: "missing a target port") }
        if let published = mapping["published"], published.scalar == nil || published.scalar?.isOtherType == true {
            throw LongRefusal(reason: "published must be text or a number")
        }
        do throws(PortSyntax.Refusal) {
            return PublishedPort(
                hostIP: try mapping["host_ip"].map { value throws(PortSyntax.Refusal) in
                    try PortSyntax.hostIP(value.text ?? "")
                } ?? .absent,
                hostPort: try mapping["published"].map { value throws(PortSyntax.Refusal) in
                    try PortSyntax.published(number(value) ?? "")
                } ?? .enginePicks,
                target: try self.target(target), transport: try transport(mapping["protocol"]))
        } catch {
            throw LongRefusal(reason: error.description, stopsProject: error.isFoundByCompose)
        }
    }

    /// A number as text, whatever base it is written in.
    private static func number(_ value: ComposeValue) -> SymbolicText? {
        value.scalar?.integer.map { SymbolicText(String($0)) } ?? value.text
    }

    private static func target(_ value: ComposeValue) throws(PortSyntax.Refusal) -> PortField<PortRange> {
        guard let text = number(value) else { throw .containerPort(value.writtenText) }
        guard let known = text.known else { return .unknown(text) }
        guard let number = Int(known), let port = UInt16(exactly: number) else { throw .containerPort(known) }
        return .known(PortRange(port))
    }

    private static func transport(_ value: ComposeValue?) throws(PortSyntax.Refusal) -> PortField<Transport> {
        guard let text = value?.text else { return .known(.tcp) }
        guard let known = text.known else { return .unknown(text) }
        guard let transport = Transport(rawValue: known.lowercased()), transport != .unix else {
            throw .transport(known)
        }
        return .known(transport)
    }

    /// The mapping with another reading of its variables; nil if compose refuses that.
    private static func variant(
        _ mapping: ComposeMapping, _ reading: KeyPath<ComposeScalar, SymbolicText?>
    ) -> PublishedPort? {
        var changed = mapping
        var isChanged = false
        for entry in mapping.entries {
            guard var scalar = entry.value.scalar, scalar.whenSet != nil else { continue }
            guard let text = scalar[keyPath: reading] else { return nil }
            scalar.value.text = text
            var value = entry.value
            value.content = .scalar(scalar)
            changed.setValue(value, of: entry.key)
            isChanged = true
        }
        return isChanged ? try? published(changed) : nil
    }

    // MARK: variables

    /// Certainty, trace and whether an unset variable publishes everywhere. `written` is the entry with every
    /// variable set to something, `unset` with every variable unset that the tree does not set.
    private static func describe(
        _ entry: inout Entry, _ scalars: [(ComposeScalar, Location)], written: PublishedPort?, unset: PublishedPort?
    ) {
        for (scalar, location) in scalars {
            entry.trace += scalar.value.trace
            if !scalar.value.overridable.isEmpty { entry.certainty = .default }
            entry.trace += scalar.value.overridable.map {
                TraceStep(location, "\($0) is not set in the tree; where it is set, it changes this")
            }
            entry.trace += scalar.value.text.unknowns.map {
                TraceStep(location, "what \($0.name) holds is not known from the tree")
            }
        }
        guard let published = entry.published else { return }
        if published.hostIP.isUnknown || published.hostPort.isUnknown { entry.certainty = .unknown }
        guard let written else { return }
        let reading = published.hostIP.isUnknown || published.hostPort.isUnknown ? unset : published
        guard let reading else { return }
        let isOpen = reading.hostIP == .absent || reading.hostIP.value?.isUnspecified == true
        entry.failOpen =
            (reading.hostIP == .absent && written.hostIP.isUnknown)
            || (isOpen && reading.hostPort == .enginePicks && written.hostPort.isUnknown)
    }

    // MARK: uniqueness

    /// Compose's key is address, published port, container port and protocol (compose-go `override/uncity.go`). A
    /// range stands for as many entries as it has ports, so the key leaves the container port out and takes
    /// the distance from it to the published one. A number in `published` never equals a text.
    private static func key(
        host: String, published: HostPort, isInteger: Bool, target: PortField<PortRange>,
        transport: PortField<Transport>
    ) -> String {
        let port: String =
            switch published {
            case .enginePicks: "picked"
            case .oneOf(let range): "one of \(range)"
            case .unknown(let text): text.identity
            case .ports(let range): "\(Int(range.first) - Int(target.value?.first ?? 0))"
            }
        let targetName = if case .unknown(let text) = target { text.identity } else { "" }
        let protocolName =
            if case .unknown(let text) = transport { text.identity } else {
                transport.value?.rawValue ?? ""
            }
        return [host, port, isInteger ? "number" : "text", targetName, protocolName].joined(separator: "|")
    }

    private static func markReplaced(_ entries: inout [Entry]) {
        let byKey = Dictionary(grouping: entries.indices.filter { entries[$0].published != nil }) { entries[$0].key }
        for indices in byKey.values where indices.count > 1 {
            var later = PortSet()
            var location: Location?
            for index in indices.reversed() {
                let own = PortSet(entries[index].published?.target.value ?? .ephemeral)
                entries[index].replaced = own.intersection(later)
                if !entries[index].replaced.isEmpty { entries[index].replacedBy = location }
                later.formUnion(own)
                location = entries[index].location
            }
        }
    }
}

extension PortSyntax.Refusal {
    /// In the long syntax compose checks the address alone; ports and protocol are the engine's to refuse
    /// (compose-long-published-big, compose-long-target-big).
    fileprivate var isFoundByCompose: Bool {
        switch self {
        case .address, .noContainerPort, .rangeLengths, .zeroTarget: true
        case .hostPort, .containerPort, .transport: false
        }
    }
}

extension SymbolicText {
    /// Equal for texts that are equal whatever their variables hold.
    fileprivate var identity: String {
        parts.reduce(into: "") { name, part in
            switch part {
            case .literal(let text): name += text
            case .unknown(let unknown): name += "${\(unknown.name)}"
            }
        }
    }
}
