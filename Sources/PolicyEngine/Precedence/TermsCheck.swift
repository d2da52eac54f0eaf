import ListenerModel

/// Whether an exception has what the files above it ask for.
struct TermsCheck {
    let terms: [Sourced<ExceptionTerms>]
    let today: CalendarDate

    /// Why an exception is not accepted; nil if it is.
    func refusal(
        of origin: ExceptionTerms.Origin?, owner: String?, until: CalendarDate?
    ) -> (reason: String, terms: Place)? {
        for term in terms {
            func refuse(_ reason: String) -> (String, Place) { (reason, term.place) }
            if let origin, !term.value.from.contains(origin) {
                return refuse("exceptions of the kind '\(origin.rawValue)' are not accepted")
            }
            if term.value.ownerRequired, owner == nil { return refuse("an owner is required") }
            if let until {
                if let days = term.value.maximumDays, until > today.advanced(byDays: days) {
                    return refuse("\(until) is more than \(days) days from \(today)")
                }
            } else if term.value.untilRequired || term.value.maximumDays != nil {
                return refuse("a last day is required")
            }
        }
        return nil
    }

    func check(_ allowance: Allowance, _ file: PolicyFile, _ problems: inout Problems) {
        let origin: ExceptionTerms.Origin? = if case .repository = file.owner { .repository } else { nil }
        guard let refusal = refusal(of: origin, owner: allowance.owner, until: allowance.until?.value) else { return }
        problems.error(
            .terms, "this allowance is not accepted: \(refusal.reason) by \(refusal.terms.origin)",
            hint: allowance.owner == nil ? "owner: TEAM" : "until: \(today.advanced(byDays: 30))",
            at: allowance.until?.place ?? allowance.place)
    }

    /// A baseline entry has neither owner nor last day.
    var baselineRefusal: String? {
        refusal(of: .baseline, owner: nil, until: nil).map { "\($0.reason) by \($0.terms.origin)" }
    }

    func checkNarrowing(_ added: Sourced<ExceptionTerms>, _ problems: inout Problems) {
        for term in terms {
            if let days = added.value.maximumDays, let allowed = term.value.maximumDays, days > allowed {
                problems.error(
                    .terms, "max-days \(days) is more than the \(allowed) of \(term.place.origin)",
                    hint: "a file below can only narrow the terms", at: added.place)
            }
            // Everything is what an absent `from` means.
            if added.value.from != Set(ExceptionTerms.Origin.allCases), !added.value.from.isSubset(of: term.value.from)
            {
                problems.error(
                    .terms, "'from' accepts kinds of exceptions that \(term.place.origin) does not",
                    hint: "a file below can only narrow the terms", at: added.place)
            }
        }
    }
}
