public import ListenerModel

extension Dotenv {
    /// One variable after expansion.
    public struct Variable: Hashable, Sendable {
        public var key: String
        public var value: EnvironmentValue
        /// The value, or the key where nothing stands behind it.
        public var location: Location
    }

    /// The variables with `${…}` replaced: first by what `outer` says, then by earlier lines of the file. A bare
    /// name has the value of `outer`. The failures are values that compose refuses to interpolate.
    public func variables(in text: SourceText, outer: (String) -> EnvironmentValue) -> (
        variables: [Variable], failures: [Problem]
    ) {
        var known: [String: EnvironmentValue] = [:]
        var budget = ExpansionBudget()
        var variables: [Variable] = []
        var failures: [Problem] = []
        for entry in entries {
            let location = text.location(entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange)
            let value: EnvironmentValue
            switch entry.value {
            case .inherited:
                value = outer(entry.key)
            case .literal(let literal):
                value = .value(SymbolicText(literal), at: location)
            case .template(let template) where budget.isSpent && template.utf8.contains(UInt8(ascii: "$")):
                value = .unknown
            case .template(let template):
                do throws(Interpolation.Failure) {
                    let result = try Interpolation(SymbolicText(template)).evaluated(at: location) { name in
                        if case .value(let value, let origin) = outer(name) { return .value(value, at: origin) }
                        return known[name] ?? outer(name)
                    }
                    if !template.utf8.contains(UInt8(ascii: "$")) || budget.allows(result.text) {
                        value = .value(result.text, at: location)
                    } else {
                        if budget.hasJustEnded {
                            failures.append(Problem(message: ExpansionBudget.problem, range: entry.valueRange))
                        }
                        value = .unknown
                    }
                } catch {
                    failures.append(Problem(message: error.description, range: entry.valueRange))
                    value = .unknown
                }
            }
            known[entry.key] = value
            variables.append(Variable(key: entry.key, value: value, location: location))
        }
        return (variables, failures)
    }
}
