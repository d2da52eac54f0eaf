internal import Extraction
internal import ListenerModel

/// Functions that make one object of several: `Object.assign`, lodash, deepmerge.
enum NodeMerging {
    private enum Order {
        case lastWins, firstWins
        /// All of them in one list.
        case list
    }

    private static func order(_ name: String) -> Order? {
        switch name {
        case "Object.assign", "deepmerge", "defu.reversed", "merge-options", "extend", "xtend", "object-assign",
            "merge-deep", "deep-extend", "lodash.merge", "lodash.assign", "lodash.mergewith", "ramda.mergeDeepRight",
            "ts-deepmerge.merge", "deepmerge-ts.deepmerge", "webpack-merge", "webpack-merge.merge", "vite.mergeConfig":
            return .lastWins
        case "defu", "defu.defu", "lodash.defaults", "lodash.defaultsdeep": return .firstWins
        case "deepmerge.all", "ramda.mergeAll": return .list
        default: break
        }
        guard let dot = name.firstIndex(of: "."), name[..<dot].hasPrefix("lodash") || name[..<dot] == "radash" else {
            return modules(name)
        }
        switch name[name.index(after: dot)...] {
        case "merge", "mergeWith", "assign", "assignIn", "extend": return .lastWins
        case "defaults", "defaultsDeep": return .firstWins
        default: return nil
        }
    }

    /// `lodash/merge`
    private static func modules(_ name: String) -> Order? {
        switch name {
        case "lodash/merge", "lodash/assign", "lodash/extend", "lodash-es/merge": .lastWins
        case "lodash/defaults", "lodash/defaultsDeep": .firstWins
        default: nil
        }
    }

    /// nil where the name is of another function. `first` stands for the first argument where it is known already.
    static func result(
        _ name: String, _ call: CallExpression, first: Alternatives? = nil, in site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let order = order(name), !call.arguments.isEmpty else { return nil }
        var sources: [Alternatives]
        if let first {
            var rest = call
            rest.arguments.removeFirst()
            sources = [first] + evaluator.arguments(rest, site)
        } else {
            sources = evaluator.arguments(call, site)
        }
        switch order {
        case .lastWins: break
        case .firstWins: sources.reverse()
        case .list:
            guard case .list(let elements)? = sources.first?.first.value else { return nil }
            sources = elements
        }
        return Alternatives(
            .object(ObjectValue(.merged(sources), scope: site.scope, frame: site.frame, at: site.location)))
    }
}
