import Deployment
import ListenerModel
import PolicyEngine

/// Several files through the whole pipeline, as `PackedTree` has them.
extension FuzzTarget {
    static let nginxTree = tree(
        "nginx-tree", openings: ["==> nginx.conf <==\nhttp { "],
        words: Words.nginx + ["==> nginx.conf <==\n", "conf.d/*.conf;"]
    ) { corpus in
        corpus.trees(in: "testdata/extraction/nginx")
            + corpus.observed("nginx").map { PackedTree.pack(["nginx.conf": Array($0.utf8)]) }
    }

    static let composeTree = tree(
        "compose-tree",
        openings: [
            "==> compose.yaml <==\n", "==> compose.yaml <==\nservices:\n  a:\n    image: b\n    ports: [",
            "==> .env <==\nA=b\n==> compose.yaml <==\nservices: {a: {image: \"${A}\"}}\n==> Dockerfile <==\nFROM a\n",
        ],
        words: Words.yaml + Words.dockerfile + ["==> compose.yaml <==\n", "==> .env <==\n", "==> Dockerfile <==\n"]
    ) { corpus in
        corpus.trees(in: "testdata/extraction/compose") + corpus.trees(in: "testdata/extraction/command")
            + corpus.trees(in: "testdata/extraction/dockerfile") + corpus.trees(in: "testdata/extraction/env")
            + corpus.observed("compose").map { PackedTree.pack(["compose.yaml": Array($0.utf8)]) }
    }

    static let goTree = tree(
        "go-tree", openings: ["==> main.go <==\npackage main\nimport \"net/http\"\nfunc main() { http.ListenAndServe("],
        words: Words.go + ["==> main.go <==\n", "==> go.mod <==\nmodule m\n"]
    ) { corpus in
        corpus.trees(in: "testdata/extraction/go")
            + corpus.observed("go").map {
                PackedTree.pack(["main.go": Array("package main\nimport \"net/http\"\nfunc main() { \($0) }\n".utf8)])
            }
    }

    static let nodeTree = tree(
        "node-tree", openings: ["==> index.js <==\nrequire('http').createServer().listen("],
        words: Words.javaScript + ["==> index.js <==\n", "==> package.json <==\n"]
    ) { corpus in
        corpus.trees(in: "testdata/extraction/node")
            + corpus.observed("node").map { PackedTree.pack(["index.js": Array($0.utf8)]) }
    }

    /// The whole of it: files, a policy, every output.
    static let report = FuzzTarget(
        "report", longestInput: 1 << 15, openings: ["==> compose.yaml <==\nservices: {a: {image: b, ports: ["],
        words: Words.yaml + [
            "==> compose.yaml <==\n", "==> bindlint.yaml <==\n", "==> .env <==\n", "==> nginx.conf <==\n", "\u{1b}]0;",
            "\n::error::", "\u{202e}", "<b>", "|", "`", "##vso[", "]]>", "# bindlint: ignore[",
        ]
    ) { corpus in
        [corpus.tree(in: "testdata/deploy")]
            + corpus.trees(in: "testdata/commands").filter { !$0.isEmpty }
            + corpus.paths { $0.hasPrefix("testdata/commands/") && $0.hasSuffix("/args") }
            .map { corpus.tree(in: $0.dropLast(5) + "/tree") }
            + corpus.trees(in: "testdata/extraction/compose")
    } run: { bytes throws(Violation) in
        let files = PackedTree.unpack(bytes)
        let deployment = deploy(files)
        try DeploymentInvariants.check(deployment, files)
        try ReportInvariants.check(deployment, files)
    }

    private static func tree(
        _ name: String, openings: [String], words: @autoclosure @escaping @Sendable () -> [String],
        seeds: @escaping @Sendable (Corpus) -> [[UInt8]]
    ) -> FuzzTarget {
        FuzzTarget(name, longestInput: 1 << 14, openings: openings, words: words(), seeds: seeds) {
            bytes throws(Violation) in
            let files = PackedTree.unpack(bytes)
            let deployment = deploy(files)
            try DeploymentInvariants.check(deployment, files)
        }
    }

    private static func deploy(_ files: [String: [UInt8]]) -> Deployment {
        var options = Deployment.Options()
        options.isTest = TestCode.isTest
        return Deployment(files.keys.sorted(), in: MemoryTree(bytes: files), options: options)
    }
}

/// What the golden cases check of real files, of any files.
enum DeploymentInvariants {
    static func check(_ deployment: Deployment, _ files: [String: [UInt8]]) throws(Violation) {
        var texts: [String: SourceText] = [:]
        func text(_ path: String) throws(Violation) -> SourceText {
            if let text = texts[path] { return text }
            guard let bytes = files[path] else { throw Violation("there is no file \(path)") }
            let text = SourceText(path: path, bytes: bytes)
            texts[path] = text
            return text
        }
        func check(_ location: Location) throws(Violation) {
            if location == Location(file: location.path) { return }
            try UnitInvariants.check(location, try text(location.path))
        }
        var seen: Set<Listener> = []
        for listener in deployment.listeners {
            try check(listener.location)
            let written = try text(listener.location.path).text(listener.location.range)
            if written != listener.text { throw Violation("reports \(listener.text) for \(written)") }
            for step in listener.trace + listener.related { try check(step.location) }
            if let conflict = listener.conflict { try check(conflict) }
            if let other = listener.refusedBy { try check(other) }
            if listener.state != .open && !listener.sockets.isEmpty { throw Violation("not open, but has sockets") }
            if !seen.insert(listener).inserted { throw Violation("the same listener twice: \(listener)") }
        }
        if deployment.owedFileUnread != deployment.diagnostics.contains(where: { $0.fileUnread && $0.level == .error })
        {
            throw Violation("the run's trust and its diagnostics disagree")
        }
        for (one, next) in zip(deployment.listeners, deployment.listeners.dropFirst())
        where Listener.precedes(next, one) { throw Violation("not sorted") }
        for diagnostic in deployment.diagnostics {
            if let location = diagnostic.location { try check(location) }
        }
        for suppression in deployment.suppressions.values.flatMap({ $0 }) { try check(suppression.location) }
    }
}
