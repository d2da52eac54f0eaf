import ListenerModel

// The part of SARIF 2.1.0 (errata 01) that bindlint writes, as types: what the standard requires is not optional
// here, so a malformed log cannot be written. Section numbers are those of the standard.

enum SARIF {
    static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    static let rootID = "%SRCROOT%"

    /// 3.30: lines and columns from 1, the end column exclusive, in UTF-16 code units.
    struct Region {
        var start: Position
        var end: Position
        /// 3.30.13: the text of the region, exactly.
        var snippet: String?

        func write(to object: inout JSONObject) {
            object.number("startLine", start.line)
            object.number("startColumn", start.column)
            object.number("endLine", end.line)
            object.number("endColumn", end.column)
            if let snippet { object.object("snippet") { $0.string("text", snippet) } }
        }
    }

    /// 3.28 and 3.29: one place in a file below the repository root.
    struct Location {
        var id: Int?
        /// Relative to the repository root.
        var path: String
        /// nil for the file as a whole.
        var region: Region?
        var context: Region?
        var message: String?

        func write(to object: inout JSONObject) {
            if let id { object.number("id", id) }
            object.object("physicalLocation") { place in
                place.object("artifactLocation") { artifact in
                    artifact.string("uri", path.percentEncoded)
                    artifact.string("uriBaseId", SARIF.rootID)
                }
                if let region { place.object("region") { region.write(to: &$0) } }
                if let context { place.object("contextRegion") { context.write(to: &$0) } }
            }
            if let message { object.object("message") { $0.string("text", message) } }
        }
    }

    /// 3.49: a rule.
    struct Rule {
        var id: String
        var name: String
        var short: String
        var full: String
        var help: String
        var helpMarkdown: String
        var helpURI: String
        var level: Level
        var enabled: Bool
        var tags: [String]
        var precision: String
        var problemSeverity: String
        var securitySeverity: String?

        func write(to object: inout JSONObject) {
            object.string("id", id)
            object.string("name", name)
            object.object("shortDescription") { $0.string("text", short) }
            object.object("fullDescription") { $0.string("text", full) }
            object.object("help") { text in
                text.string("text", help)
                text.string("markdown", helpMarkdown)
            }
            object.string("helpUri", helpURI)
            object.object("defaultConfiguration") { configuration in
                if !enabled { configuration.bool("enabled", false) }
                configuration.string("level", level.rawValue)
            }
            object.object("properties") { properties in
                properties.strings("tags", tags)
                properties.string("precision", precision)
                properties.string("problem.severity", problemSeverity)
                properties.string("security-severity", ifAny: securitySeverity)
            }
        }
    }

    /// 3.27.10
    enum Level: String { case none, note, warning, error }

    /// 3.27
    struct Result {
        var ruleID: String
        var ruleIndex: Int
        var level: Level
        var message: String
        var location: Location
        var related: [Location]
        /// 3.36: from where a value comes to where it is used; empty for none.
        var flow: [Location]
        var lineHash: String?
        var fingerprint: String
        /// 3.27.23: nil on every result of a run or on none.
        var suppressions: [Suppression]?
        var fix: Fix?

        func write(to object: inout JSONObject) {
            object.string("ruleId", ruleID)
            object.number("ruleIndex", ruleIndex)
            object.string("level", level.rawValue)
            object.object("message") { $0.string("text", message) }
            object.array("locations") { $0.object { location.write(to: &$0) } }
            if !related.isEmpty {
                object.array("relatedLocations") { array in
                    for location in related { array.object { location.write(to: &$0) } }
                }
            }
            if !flow.isEmpty { object.array("codeFlows") { $0.object(writeFlow) } }
            if let fix { object.array("fixes") { $0.object { fix.write(to: &$0) } } }
            object.object("partialFingerprints") { prints in
                prints.string("primaryLocationLineHash", ifAny: lineHash)
                prints.string("bindlint/v1", fingerprint)
            }
            if let suppressions {
                object.array("suppressions") { array in
                    for suppression in suppressions { array.object { suppression.write(to: &$0) } }
                }
            }
        }

        private func writeFlow(_ object: inout JSONObject) {
            object.array("threadFlows") { threads in
                threads.object { thread in
                    thread.array("locations") { steps in
                        for step in flow { steps.object { $0.object("location") { step.write(to: &$0) } } }
                    }
                }
            }
        }
    }

    /// 3.55: one replacement in one file.
    struct Fix {
        var description: String
        var path: String
        var deleted: Region
        var inserted: String

        func write(to object: inout JSONObject) {
            object.object("description") { $0.string("text", description) }
            object.array("artifactChanges") { changes in
                changes.object { change in
                    change.object("artifactLocation") { artifact in
                        artifact.string("uri", path.percentEncoded)
                        artifact.string("uriBaseId", SARIF.rootID)
                    }
                    change.array("replacements") { replacements in
                        replacements.object { replacement in
                            replacement.object("deletedRegion") { deleted.write(to: &$0) }
                            replacement.object("insertedContent") { $0.string("text", inserted) }
                        }
                    }
                }
            }
        }
    }

    /// 3.35
    struct Suppression {
        enum Kind: String { case inSource, external }
        var kind: Kind
        var justification: String
        var location: Location?

        func write(to object: inout JSONObject) {
            object.string("kind", kind.rawValue)
            object.string("status", "accepted")
            object.string("justification", justification)
            if let location { object.object("location") { location.write(to: &$0) } }
        }
    }

    /// 3.58: something about the run rather than about the code.
    struct Notification {
        var id: String
        var level: Level
        var message: String
        var location: Location?

        func write(to object: inout JSONObject) {
            object.object("descriptor") { $0.string("id", id) }
            object.string("level", level.rawValue)
            object.object("message") { $0.string("text", message) }
            if let location { object.array("locations") { $0.object { location.write(to: &$0) } } }
        }
    }

    /// 3.51: the policy gave a rule another level than its definition.
    struct Override {
        var ruleID: String
        var ruleIndex: Int
        var level: Level
        var enabled: Bool

        func write(to object: inout JSONObject) {
            object.object("configuration") { configuration in
                configuration.bool("enabled", enabled)
                configuration.string("level", level.rawValue)
            }
            object.object("descriptor") { descriptor in
                descriptor.string("id", ruleID)
                descriptor.number("index", ruleIndex)
            }
        }
    }
}
