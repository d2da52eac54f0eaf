import ListenerModel

/// The facts of a finding without a listener (an expired suppression): its file and the repository, nothing else.
struct PlaceFacts: FactSource {
    let path: String
    let repository: String?

    var address: AddressFact { .none }
    var port: PortFact { .notApplicable }
    var target: PortFact { .notApplicable }
    var transport: Transport? { nil }

    func word(_ predicate: PredicateName) -> WordFact { .notApplicable }

    func texts(_ predicate: PredicateName) -> [String]? {
        if predicate == .path { return [path] }
        return predicate == .repository ? repository.map { [$0] } : []
    }

    func hasPurpose(_ name: String, in environment: PolicyEnvironment) -> Truth { .no }
    func addressComes(fromVariable name: String) -> Truth { .no }
}
