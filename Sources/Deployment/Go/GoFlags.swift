internal import Extraction
internal import ListenerModel

/// Defaults of command-line flags: package flag and pflag (cobra), by the scheme of their function names.
enum GoFlags {
    struct Shape {
        /// The first argument is a pointer to what is set.
        var writes: Bool
        var name: Int
        var value: Int
    }

    private static let kinds: Set<String> = [
        "String", "Int", "Int16", "Int32", "Int64", "Uint", "Uint16", "Uint32", "Uint64", "Bool", "IP", "Duration",
        "StringSlice", "StringArray",
    ]

    /// `String` (name, value, usage); `StringVar` has a pointer before, `StringP` a shorthand after the name,
    /// `StringVarP` both.
    static func shape(_ function: String) -> Shape? {
        var kind = Substring(function)
        var shorthand = false
        var writes = false
        if kind.hasSuffix("P"), kind != "IP" {
            shorthand = true
            kind = kind.dropLast()
        }
        if kind.hasSuffix("Var") {
            writes = true
            kind = kind.dropLast(3)
        }
        guard kinds.contains(String(kind)) else { return nil }
        let name = writes ? 1 : 0
        return Shape(writes: writes, name: name, value: name + (shorthand ? 2 : 1))
    }

    /// The default of the flag that a call defines.
    static func value(
        _ shape: Shape, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard call.arguments.count > shape.value, let file = site.scope.file else { return nil }
        let name = evaluator.value(call.arguments[shape.name], in: site.scope, frame: site.frame).first.value.text?
            .known
        guard let name else { return nil }
        let value = call.arguments[shape.value]
        let step = TraceStep(file.location(value.range), "the default of the flag -\(name)")
        return evaluator.value(value, in: site.scope, frame: site.frame).traced(step).asDefaults
    }
}
