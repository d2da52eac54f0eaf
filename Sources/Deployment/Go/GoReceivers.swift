internal import Extraction
internal import ListenerModel

/// What methods are called on: in a method, the receiver is known only by that.
final class GoReceivers {
    private unowned let program: GoProgram
    private let types: GoTypes
    private var known: [String: Alternatives?] = [:]
    private static let depthLimit = 3
    private var depth = 0

    init(program: GoProgram, types: GoTypes) {
        self.program = program
        self.types = types
    }

    /// The values of an expression that is the receiver of the method around it; nil where it is something else or
    /// no call tells.
    func value(of expression: Expression, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives? {
        guard case .name(let name) = expression.kind, let binding = scope.lookup(name), binding.definitions.count == 1,
            case .parameter(let function, -1, _) = binding.definitions[0].source,
            let file = binding.definitions[0].scope.file, let package = program.package(of: file),
            package.key.test == .none
        else { return nil }
        guard depth < Self.depthLimit else {
            evaluator.cut()
            return nil
        }
        let key = "\(file.text.path):\(function.nameRange.lowerBound)"
        if let known = known[key] { return known }
        // A method that calls itself says nothing.
        known[key] = .some(nil)
        depth += 1
        defer { depth -= 1 }
        let isExported = function.name.first?.isUppercase == true
        let folders = isExported ? program.folders(using: package.key.folder) : [package.key.folder]
        var outcomes: [Outcome] = []
        for source in program.sources(in: folders, holding: "\(function.name)(", seenFrom: package.key.folder) {
            for site in source.calls where site.call.lastName == function.name {
                guard case .member(let object, _, _) = site.call.callee.kind,
                    let type = types.named(types.type(of: object, in: site.scope)),
                    types.method(function.name, of: type)?.function.nameRange == function.nameRange,
                    types.method(function.name, of: type)?.scope.file === file
                else { continue }
                let values = evaluator.value(object, in: site.scope)
                outcomes +=
                    (values.first.value.isUnknown ? value(of: object, in: site.scope, evaluator) : nil)?.outcomes
                    ?? values.outcomes
            }
        }
        outcomes.removeAll(where: \.value.isUnknown)
        let result = outcomes.isEmpty ? nil : Alternatives(outcomes)
        known[key] = .some(result)
        return result
    }
}
