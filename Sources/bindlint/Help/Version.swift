/// What `--version` prints.
enum Version {
    static let number = "0.1.0"

    static let text = "bindlint \(number)\n"

    /// For scripts: the version, and those of the formats that it writes and reads.
    static let json = #"{"name": "bindlint", "version": "\#(number)", "jsonSchema": 1, "policyVersion": 1}"# + "\n"
}
