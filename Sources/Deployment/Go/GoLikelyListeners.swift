internal import Dialects
internal import Extraction
internal import ListenerModel

/// Listen-shaped texts in listening-named places that reach no call: a configuration struct for a library outside
/// the tree, a flag whose reader is not found. What clients dial has other names.
struct GoLikelyListeners {
    func declarations(in file: SourceFile) -> [Declaration] {
        var found: [Expression] = []
        for value in file.namedValues where ListenShape.isListeningName(value.name) { found.append(value.value) }
        for site in file.objects {
            for field in site.object.fields {
                if case .name(let name) = field.key, ListenShape.isListeningName(name) { found.append(field.value) }
            }
        }
        for write in file.fieldWrites where ListenShape.isListeningName(write.field) {
            if case .value(let value) = write.definition.source { found.append(value) }
        }
        for call in file.calls {
            if let value = flagDefault(call) { found.append(value) }
        }
        return found.compactMap { expression in
            guard case .string(let text) = expression.kind, ListenShape.matches(text) else { return nil }
            return Declaration(
                location: file.location(expression.range), text: file.written(expression.range), source: .go,
                meaning: .request(ListenRequest(.tcp, .combined(SymbolicText(text))), dialect: GoDialect()),
                certainty: .likely)
        }
    }

    /// The default of a flag that is named after listening, or after an address and explained as listening.
    private func flagDefault(_ site: SourceFile.CallSite) -> Expression? {
        guard let function = site.call.lastName, let shape = GoFlags.shape(function),
            site.call.arguments.count > shape.value,
            case .string(let name) = site.call.arguments[shape.name].kind
        else { return nil }
        var isListening = ListenShape.isListeningName(name)
        if !isListening, ListenShape.isAddressName(name), site.call.arguments.count > shape.value + 1,
            case .string(let usage) = site.call.arguments[shape.value + 1].kind
        {
            isListening = ["listen", "bind", "serve on"].contains { usage.lowercased().contains($0) }
        }
        return isListening ? site.call.arguments[shape.value] : nil
    }
}
