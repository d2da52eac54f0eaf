import ListenerModel
import Testing

@testable import PolicyEngine

/// A policy that is refused, and all that is said about it.
struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var policy: String
    var lines: [String]

    init(_ name: String, _ policy: String, _ lines: String...) {
        self.name = name
        self.policy = policy
        self.lines = lines
    }

    var testDescription: String { name }
}

@Suite("Policies that are refused")
struct ErrorTests {
    @Test(
        "each mistake has a place, a message and a suggestion",
        arguments: ErrorTests.language + ErrorTests.meaning + ErrorTests.yaml)
    func mistakes(_ refusal: Refusal) {
        let loaded = load(refusal.policy)
        #expect(loaded.diagnostics.map(\.line) == refusal.lines)
        #expect(loaded.policy == nil)
    }

    private static func rule(_ body: String) -> String { "version: 1\nrules:\n  - { id: x, \(body) }\n" }

    static let language: [Refusal] = [
        Refusal(
            "misspelt key", rule("denny: { port: 80 }"),
            "bindlint.yaml:3:14: policy-unknown-key: a rule has no key 'denny' | did you mean 'deny'?"),
        Refusal(
            "empty file", "",
            "bindlint.yaml:1:1: policy-empty: the policy is empty | version: 1"),
        Refusal(
            "no version", "rules: []",
            "bindlint.yaml:1:1: policy-missing-key: a policy needs the key 'version' | The language's version."),
        Refusal(
            "another version", "version: 2",
            "bindlint.yaml:1:10: policy-bad-value: version: expected 1, found '2'"),
        Refusal(
            "quoted version", "version: \"1\"",
            "bindlint.yaml:1:10: policy-bad-value: version: expected 1, found '1' | take the quotes away"),
        Refusal(
            "list for a mapping", "- version: 1",
            "bindlint.yaml:1:1: policy-wrong-type: policy: expected a policy, which is a mapping, found a list"),
        Refusal(
            "duplicate key", "version: 1\nrules: []\nrules: []\n",
            "bindlint.yaml:3:1: policy-duplicate-key: the key 'rules' stands here twice | first on line 2"),
        Refusal(
            "rules as a mapping", "version: 1\nrules: { id: x }\n",
            "bindlint.yaml:2:8: policy-wrong-type: rules: expected a list, found a mapping | put it into a list: '- ' before it, or [ ] around it"
        ),
        Refusal(
            "predicate in a rule", rule("port: 80"),
            "bindlint.yaml:3:14: policy-unknown-key: a rule has no key 'port' | predicates stand under 'when', 'deny' or 'require'"
        ),
        Refusal(
            "misspelt predicate", rule("deny: { prot: 80 }"),
            "bindlint.yaml:3:22: policy-unknown-key: a match has no key 'prot' | did you mean 'port'?"),
        Refusal(
            "misspelt word", rule("deny: { role: publsh }"),
            "bindlint.yaml:3:28: policy-bad-value: role: 'publsh' is not one of its words | did you mean 'publish'?"),
        Refusal(
            "misspelt level", rule("level: eror, deny: { port: 80 }"),
            "bindlint.yaml:3:21: policy-bad-value: level: 'eror' is not one of its words | did you mean 'error'?"),
        Refusal(
            "port 70000", rule("deny: { port: 70000 }"),
            "bindlint.yaml:3:28: policy-bad-value: port: port 70000 is above 65535"),
        Refusal(
            "port 0", rule("deny: { port: 0 }"),
            "bindlint.yaml:3:28: policy-bad-value: port: port 0 is no port that anybody connects to | 'ephemeral' means a port that the system picks"
        ),
        Refusal(
            "reversed range", rule("deny: { port: 9009-9000 }"),
            "bindlint.yaml:3:28: policy-bad-value: port: the range 9009-9000 ends before it starts | 9000-9009"),
        Refusal(
            "sexagesimal", rule("deny: { port: 22:22 }"),
            "bindlint.yaml:3:28: policy-bad-value: port: '22:22' is not a port | 1-65535, a range such as 9000-9009, or the name of a port set"
        ),
        Refusal(
            "prefix too long", rule("deny: { address: 10.0.0.0/40 }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '10.0.0.0/40': a prefix is a number from 1 to 32"),
        Refusal(
            "host bits", rule("deny: { address: 10.8.0.1/16 }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '10.8.0.1/16' has bits set after its prefix | did you mean 10.8.0.0/16?"
        ),
        Refusal(
            "everything", rule("deny: { address: 0.0.0.0/0 }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '0.0.0.0/0' holds every address there is | for the address that binds every interface write 'scope: wildcard'"
        ),
        Refusal(
            "every IPv6 address", rule("deny: { address: \"::/0\" }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '::/0' holds every address there is | for the address that binds every interface write 'scope: wildcard'"
        ),
        Refusal(
            "star", rule("deny: { address: \"*\" }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '*' is not an address | write 'scope: wildcard'"),
        Refusal(
            "address with port", rule("deny: { address: \"127.0.0.1:80\" }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '127.0.0.1:80' is not an address | an address without its port; the predicate 'port' asks for that"
        ),
        Refusal(
            "short address", rule("deny: { address: 127.1 }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '127.1' is not an address | four decimal numbers, such as 127.0.0.1"
        ),
        Refusal(
            "variable with a default", rule("deny: { address: \"${IP:-127.0.0.1}\" }"),
            "bindlint.yaml:3:31: policy-bad-value: address: '${IP:-127.0.0.1}' does not name a variable | \"${NAME}\", without a default"
        ),
        Refusal(
            "empty match", rule("deny: {}"),
            "bindlint.yaml:3:20: policy-empty: a match cannot be empty | it would be true of everything; name what it is about"
        ),
        Refusal(
            "empty list of values", rule("deny: { port: [] }"),
            "bindlint.yaml:3:28: policy-empty: port: nothing in it | leave the key out"),
        Refusal(
            "empty any", rule("deny: { any: [] }"),
            "bindlint.yaml:3:27: policy-empty: any: nothing in it | leave the key out"),
        Refusal(
            "nothing as a value", rule("deny: { role: }"),
            "bindlint.yaml:3:28: policy-wrong-type: role: expected one of bind, publish, expose, found nothing"
        ),
        Refusal(
            "deny and require", rule("deny: { port: 80 }, require: { port: 81 }"),
            "bindlint.yaml:3:34: policy-duplicate-key: a rule has both 'deny' and 'require' | keep one of them"),
        Refusal(
            "an id with capitals", "version: 1\nrules:\n  - { id: My_Rule, deny: { port: 80 } }\n",
            "bindlint.yaml:3:11: policy-bad-value: id: 'My_Rule' is not a name | small letters, digits and single hyphens, such as 'my-rule'"
        ),
        Refusal(
            "test as a text", rule("deny: { test: \"true\" }"),
            "bindlint.yaml:3:28: policy-bad-value: test: expected true or false, found a text | take the quotes away"),
        Refusal(
            "open glob", rule("deny: { path: \"src/[a\" }"),
            "bindlint.yaml:3:28: policy-bad-value: path: 'src/[a' is no glob: a [ is not closed by ]"),
        Refusal(
            "braces", rule("deny: { path: \"{a,b}/x\" }"),
            "bindlint.yaml:3:28: policy-bad-value: path: '{a,b}/x' has braces | write a list of globs"),
        Refusal(
            "no date",
            "version: 1\nextends: recommended\nallow:\n  - { rule: public-cache, when: { port: 80 }, reason: y, until: 2027-02-30 }\n",
            "bindlint.yaml:4:65: policy-bad-value: until: '2027-02-30' is not a date | YYYY-MM-DD, such as 2027-01-31"),
        Refusal(
            "no reason", "version: 1\nextends: recommended\nallow:\n  - { rule: public-cache, when: { port: 80 } }\n",
            "bindlint.yaml:4:7: policy-missing-key: an allowance needs the key 'reason' | Why that is acceptable."),
        Refusal(
            "merge key", "version: 1\nrules:\n  - { id: x, <<: { deny: { port: 80 } } }\n",
            "bindlint.yaml:3:14: policy-unknown-key: a rule has no key '<<' | policies have no merge keys; 'extends' and sets say the same"
        ),
        Refusal(
            "severity", rule("deny: { port: 80 }, security-severity: 11"),
            "bindlint.yaml:3:53: policy-bad-value: security-severity: '11' is not a severity | a number from 0.0 to 10.0"
        ),
        Refusal(
            "three mistakes at once", rule("levl: note, deny: { port: 70000, role: bnd }"),
            "bindlint.yaml:3:14: policy-unknown-key: a rule has no key 'levl' | did you mean 'level'?",
            "bindlint.yaml:3:40: policy-bad-value: port: port 70000 is above 65535",
            "bindlint.yaml:3:53: policy-bad-value: role: 'bnd' is not one of its words | did you mean 'bind'?"),
    ]

    static let meaning: [Refusal] = [
        Refusal(
            "id twice", "version: 1\nrules:\n  - { id: x, deny: { port: 80 } }\n  - { id: x, deny: { port: 81 } }\n",
            "bindlint.yaml:4:11: policy-duplicate-name: the rule 'x' stands here twice | first on line 3"),
        Refusal(
            "neither deny nor require", rule("level: note"),
            "bindlint.yaml:3:11: policy-missing-key: the new rule 'x' needs 'deny' or 'require'"),
        Refusal(
            "misspelt known rule",
            "version: 1\nextends: recommended\nrules:\n  - { id: public-databse, level: note }\n",
            "bindlint.yaml:4:11: policy-missing-key: the new rule 'public-databse' needs 'deny' or 'require' | or did you mean 'public-database'?"
        ),
        Refusal(
            "rule of another pack", "version: 1\nrules:\n  - { id: public-database, level: note }\n",
            "bindlint.yaml:3:11: policy-missing-key: the new rule 'public-database' needs 'deny' or 'require' | the pack 'recommended' has this rule: extends: recommended"
        ),
        Refusal(
            "unknown pack", "version: 1\nextends: recomended\n",
            "bindlint.yaml:2:10: policy-unknown-name: there is no pack 'recomended' | did you mean 'recommended'?"),
        Refusal(
            "missing file", "version: 1\nextends: ./org.yaml\n",
            "bindlint.yaml:2:10: policy-unreadable: cannot read the policy 'org.yaml': there is no such file"),
        Refusal(
            "unknown port set", rule("deny: { port: admn }"),
            "bindlint.yaml:3:28: policy-unknown-name: there is no port set 'admn' | did you mean 'admin'?"),
        Refusal(
            "unknown address set", rule("deny: { address: vpn }"),
            "bindlint.yaml:3:31: policy-unknown-name: there is no address set 'vpn' | one of: wildcard, global, shared, private, link-local, multicast, reserved, loopback, unix, name, unknown, none"
        ),
        Refusal(
            "unknown purpose", rule("deny: { purpose: databse }"),
            "bindlint.yaml:3:31: policy-unknown-name: there is no purpose 'databse' | did you mean 'database'?"),
        Refusal(
            "unknown source", rule("deny: { source: ngnix }"),
            "bindlint.yaml:3:30: policy-unknown-name: there is no source 'ngnix' | did you mean 'nginx'?"),
        Refusal(
            "sets of each other", "version: 1\nports: { a: [b], b: [a] }\n",
            "bindlint.yaml:2:22: policy-cycle: the sets a, b are made of each other"),
        Refusal(
            "a set named unknown", "version: 1\nports: { unknown: [1] }\n",
            "bindlint.yaml:2:10: policy-bad-value: 'unknown' is a word of its own, not a set"),
        Refusal(
            "a set named like a scope", "version: 1\naddresses: { private: [10.0.0.0/8] }\n",
            "bindlint.yaml:2:14: policy-bad-value: 'private' is a scope, not a set"),
        Refusal(
            "port of a unix socket", rule("when: { transport: unix }, deny: { port: 80 }"),
            "bindlint.yaml:3:11: policy-impossible: the rule 'x' can never be broken | what 'deny' forbids is nothing that 'when' selects"
        ),
        Refusal(
            "backend of a bind", rule("deny: { role: bind, backend: loopback }"),
            "bindlint.yaml:3:11: policy-impossible: the rule 'x' can never be broken | what 'deny' forbids is nothing that 'when' selects"
        ),
        Refusal(
            "two ports at once", rule("when: { port: 80 }, deny: { port: 81 }"),
            "bindlint.yaml:3:11: policy-impossible: the rule 'x' can never be broken | what 'deny' forbids is nothing that 'when' selects"
        ),
        Refusal(
            "never broken", rule("when: { role: bind }, require: { role: bind }"),
            "bindlint.yaml:3:11: policy-impossible: the rule 'x' can never be broken | whatever 'when' selects is what 'require' asks for"
        ),
        Refusal(
            "loopback that is private", rule("deny: { scope: loopback, address: 10.0.0.0/8 }"),
            "bindlint.yaml:3:11: policy-impossible: the rule 'x' can never be broken | what 'deny' forbids is nothing that 'when' selects"
        ),
        Refusal(
            "allow everything",
            "version: 1\nextends: recommended\nallow:\n  - { rule: public-cache, when: { path: \"**\" }, reason: x }\n",
            "bindlint.yaml:4:7: policy-bad-value: this allowance is for every file | name a folder, a service or a port; to switch a rule off set its level"
        ),
        Refusal(
            "allow an unknown rule",
            "version: 1\nextends: recommended\nallow:\n  - { rule: public-cash, when: { port: 80 }, reason: x }\n",
            "bindlint.yaml:4:13: policy-unknown-name: there is no rule 'public-cash' | did you mean 'public-cache'?"),
        Refusal(
            "override of an unknown rule",
            "version: 1\nextends: recommended\noverrides:\n  - { when: { path: x }, levels: { public-cash: note } }\n",
            "bindlint.yaml:4:36: policy-unknown-name: there is no rule 'public-cash' | did you mean 'public-cache'?"),
        Refusal(
            "override without effect", "version: 1\noverrides:\n  - { when: { path: x } }\n",
            "bindlint.yaml:3:7: policy-missing-key: an override needs one of 'levels', 'max'"),
        Refusal(
            "except a built-in rule",
            "version: 1\nallow:\n  - { rule: allowance-unused, when: { port: 80 }, reason: x }\n",
            "bindlint.yaml:3:13: policy-bad-value: 'allowance-unused' cannot be excepted | change its level under 'rules'"
        ),
        Refusal(
            "redefine a built-in rule", "version: 1\nrules:\n  - { id: allowance-unused, deny: { port: 80 } }\n",
            "bindlint.yaml:3:11: policy-bad-value: 'allowance-unused' is built in; only its level and its texts can be changed"
        ),
        Refusal(
            "unknown placeholder", rule("deny: { port: 80 }, message: \"{servce} is open\""),
            "bindlint.yaml:3:43: policy-unknown-name: there is no placeholder {servce} | did you mean 'service'?"),
        Refusal(
            "extends itself", "version: 1\nextends: ./bindlint.yaml\n",
            "bindlint.yaml:2:10: policy-cycle: './bindlint.yaml' extends itself through bindlint.yaml | take it out of 'extends'"
        ),
    ]

    static let yaml: [Refusal] = [
        Refusal(
            "IPv6 without quotes", rule("deny: { address: ::1 }"),
            "bindlint.yaml:3:31: policy-yaml: YAML does not read this as a text | quote it: \"::1\""),
        Refusal(
            "star without quotes", rule("deny: { port: [*x] }"),
            "bindlint.yaml:3:29: policy-yaml: YAML does not read this as a text | quote it: \"*x\""),
        Refusal(
            "glob without quotes", "version: 1\nrules:\n  - id: x\n    deny:\n      path: **/x\n",
            "bindlint.yaml:5:13: policy-yaml: YAML does not read this as a text | quote it: \"**/x\""),
        Refusal(
            "bracket left open", "version: 1\nrules: [\n",
            "bindlint.yaml:3:1: policy-yaml: did not find expected node content | a [ or { is not closed, or a value is missing"
        ),
        Refusal(
            "tab", "version: 1\nrules:\n\t- id: x\n",
            "bindlint.yaml:3:1: policy-yaml: found character that cannot start any token | indent with spaces, not with tabs"
        ),
        Refusal(
            "two documents", "version: 1\n---\nversion: 1\n",
            "bindlint.yaml:3:1: policy-yaml: a second document starts here | one policy a file; 'extends' joins several"
        ),
        Refusal(
            "variable in braces without quotes", "version: 1\naddresses: { vpn: [${VPN}] }\n",
            "bindlint.yaml:2:20: policy-yaml: YAML does not read this as a text | quote it: \"${VPN}\""),
    ]
}
