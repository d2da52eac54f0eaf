internal import Discovery
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

extension ExplainArguments {
    func run() throws(Stop) -> Int32 {
        let repository = Repository.containing([])
        let inForce = try PolicyInForce(policy, in: repository, today: CalendarDate.current(nil))
        // A rule of a pack that is not in force can be explained all the same.
        var rules = inForce.policy.descriptions(help: true)
        for rule in Packs.descriptions(today: CalendarDate.current(nil))
        where !rules.contains(where: { $0.id == rule.id }) { rules.append(rule) }
        do throws(UsageError) {
            let page = try page(rules: rules, bold: Terminal.showsColour(verbosity.color))
            return StandardStream.output.write(page) ? 0 : 2
        } catch {
            throw Stop("\(error)")
        }
    }
}

extension RulesArguments {
    /// A rule a line: level, id, where it comes from; its title below.
    func run() throws(Stop) -> Int32 {
        let repository = Repository.containing([])
        let inForce = try PolicyInForce(policy, in: repository, today: CalendarDate.current(nil))
        let listing = RuleListing(inForce.policy.descriptions())
        return StandardStream.output.write(format == .json ? listing.json : listing.text) ? 0 : 2
    }
}
