internal import Extraction
internal import ListenerModel

/// Finds the containers that may run what stands at a path of the tree, without asking each of them.
struct WorkloadIndex {
    /// Positions of containers by the folders and files that they are made of or that are mounted; apart are those
    /// whose command is known to start something, for they run nothing else.
    private var byFolder: [String: [Int]] = [:]
    private var startedByFolder: [String: [Int]] = [:]
    private var byEntryPoint: [String: [Int]] = [:]

    init(_ workloads: [Workload]) {
        for (index, workload) in workloads.enumerated() {
            var folders = Set(workload.files.entries.map(\.treePath))
            if let build = workload.build { folders.insert(build.context) }
            for folder in folders {
                if workload.entryPoints.isEmpty {
                    byFolder[folder, default: []].append(index)
                } else {
                    startedByFolder[folder, default: []].append(index)
                }
            }
            for entryPoint in workload.entryPoints { byEntryPoint[entryPoint, default: []].append(index) }
        }
    }

    /// Ascending; `Workload.runs` has the last word.
    func mayRun(_ declaration: Declaration) -> [Int] {
        let path = declaration.location.path
        var found = Self.holding(path, byFolder)
        if declaration.entryPoints.isEmpty {
            found += Self.holding(path, startedByFolder)
        } else {
            found += declaration.entryPoints.flatMap { byEntryPoint[$0] ?? [] }
        }
        return Set(found).sorted()
    }

    private static func holding(_ path: String, _ folders: [String: [Int]]) -> [Int] {
        if folders.isEmpty { return [] }
        var found = folders[path] ?? []
        var folder = path
        while !folder.isEmpty {
            folder = RepositoryPath.parent(folder)
            found += folders[folder] ?? []
        }
        return found
    }
}
