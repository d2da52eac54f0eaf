import Dialects
public import ListenerModel

extension Dockerfile.Image {
    /// What the image's file says about listening: a declaration for each `EXPOSE`, and flags in
    /// variables (`NODE_OPTIONS`), and what ENTRYPOINT and CMD start. Variables of the started command are to be resolved against the container's environment.
    public func declarations(in source: SourceText) -> [Declaration] {
        let exposes = exposed.map { port in
            Declaration(
                location: port.location, text: source.text(port.location.range), source: .dockerfile, role: .expose,
                meaning: .bound(
                    [Binding(transport: port.transport, host: nil, port: port.ports, scope: .none)], state: .open,
                    stateReason: nil),
                certainty: port.ports == nil ? .unknown : .certain)
        }
        let flags = environment.flatMap { variable in
            ListeningVariables.flags(
                of: .init(name: variable.name, value: variable.value, location: variable.location), in: source,
                kind: .dockerfile)
        }
        return exposes + flags + start(in: source).declarations
    }

    /// What a container of the image starts, unless another command is given: ENTRYPOINT with CMD as its arguments,
    /// or either alone. The shell form of ENTRYPOINT takes no arguments.
    public func start(in source: SourceText) -> CommandReader {
        switch (entrypoint, command) {
        case (.shell(let text), _): CommandReader(shell: text)
        case (nil, .shell(let text)): CommandReader(shell: text)
        case (nil, .exec(let words)): CommandReader(words: words, in: source)
        case (.exec(let words), nil): CommandReader(words: words, in: source)
        case (.exec(let words), .exec(let more)): CommandReader(words: words + more, in: source)
        case (.exec(let words), .shell(let text)):
            CommandReader(
                words: words + [
                    CommandWord("/bin/sh", at: text.location), CommandWord("-c", at: text.location),
                    CommandWord(SymbolicText(text.text(0..<text.count)), at: text.location),
                ], in: source)
        case (nil, nil): CommandReader(words: [], in: source)
        }
    }
}
