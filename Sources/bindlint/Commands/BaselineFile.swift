internal import Discovery
internal import ListenerModel
internal import PolicyEngine

extension Baseline {
    /// The recorded findings of a file; nil where no baseline is asked for. A file that is named and cannot be
    /// read stops the run: without it every old finding would come back as new.
    static func load(_ path: String?) throws(Stop) -> (baseline: Baseline, diagnostics: [Diagnostic])? {
        guard let path else { return nil }
        switch DiskFile.contents(of: path) {
        case .bytes(let bytes):
            let read = Baseline.read(path, bytes)
            if read.diagnostics.contains(where: { $0.level == .error }) {
                throw Stop("the baseline \(path) cannot be used", read.diagnostics)
            }
            return read
        case .missing:
            throw Stop("\(path): no such file; `bindlint baseline write` makes it")
        case .folder:
            throw Stop("\(path) is a folder")
        case .unreadable(let reason):
            throw Stop("cannot read \(path): \(reason)")
        }
    }
}
