public import ListenerModel

extension Interpolation {
    public struct Result: Sendable {
        public var text: SymbolicText
        /// Variables that are not set in the tree and would replace what the text falls back to.
        public var overridable: [String] = []
        /// Variables without a fallback that are known to be unset or empty, so that nothing stands in their place.
        public var emptied: [String] = []
        /// Where values came from.
        public var trace: [TraceStep] = []

        public init(text: SymbolicText = SymbolicText()) { self.text = text }
    }

    /// Puts values in: known ones; the fallback where a variable is unset or nothing is known of it; else the
    /// variable stays unknown. `location` is where the text stands.
    public func evaluated(at location: Location?, _ variables: (String) -> EnvironmentValue) throws(Failure) -> Result {
        var result = Result()
        try Self.evaluate(segments, location, variables, &result)
        return result
    }

    private static func evaluate(
        _ segments: [Segment], _ location: Location?, _ variables: (String) -> EnvironmentValue,
        _ result: inout Result
    ) throws(Failure) {
        for segment in segments {
            switch segment {
            case .literal(let text):
                result.text.append(text)
            case .variable(let name):
                switch variables(name) {
                case .value(let text, let origin): take(text, name, origin, &result)
                case .unset: result.emptied.append(name)
                case .unknown: result.text.append(.unknown(Unknown(.environment(name), at: location)))
                }
            case .applied(let name, let applied, let argument):
                try apply(applied, name, argument, location, variables, &result)
            }
        }
    }

    private static func apply(
        _ applied: Operator, _ name: String, _ argument: [Segment], _ location: Location?,
        _ variables: (String) -> EnvironmentValue, _ result: inout Result
    ) throws(Failure) {
        let value = variables(name)
        let isEmpty = if case .value(let text, _) = value { text.isEmpty } else { false }
        switch (applied, value) {
        case (.defaultIfEmpty, .value(let text, let origin)) where !isEmpty,
            (.defaultIfUnset, .value(let text, let origin)),
            (.requiredNonEmpty, .value(let text, let origin)) where !isEmpty,
            (.requiredSet, .value(let text, let origin)):
            take(text, name, origin, &result)
        case (.defaultIfEmpty, _), (.defaultIfUnset, _):
            if value == .unknown { result.overridable.append(name) }
            try evaluate(argument, location, variables, &result)
        case (.requiredNonEmpty, .unknown), (.requiredSet, .unknown):
            result.text.append(.unknown(Unknown(.environment(name), at: location)))
        case (.requiredNonEmpty, _), (.requiredSet, _):
            var message = Result()
            try evaluate(argument, location, variables, &message)
            throw .required(variable: name, message: message.text.marked)
        case (.alternativeIfNonEmpty, .value) where !isEmpty, (.alternativeIfSet, .value):
            try evaluate(argument, location, variables, &result)
        case (.alternativeIfNonEmpty, .unknown), (.alternativeIfSet, .unknown):
            // What the file says of an unset variable is the only thing it says: nothing stands here.
            result.overridable.append(name)
        case (.alternativeIfNonEmpty, _), (.alternativeIfSet, _): break
        }
    }

    private static func take(_ text: SymbolicText, _ name: String, _ origin: Location?, _ result: inout Result) {
        if text.isEmpty { result.emptied.append(name) }
        result.text.append(text)
        if let origin { result.trace.append(TraceStep(origin, "\(name) is set here")) }
    }
}
