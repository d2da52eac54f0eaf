import ListenerModel

/// Runs the instructions of stages, as far as they concern what listens.
struct ImageBuilder {
    private let dockerfile: Dockerfile
    private let given: [String: SymbolicText]
    /// `ARG`s before the first `FROM`.
    private var globals: [String: SymbolicText] = [:]
    private var finished: [Int: Dockerfile.Image] = [:]

    init(_ dockerfile: Dockerfile, _ arguments: [String: SymbolicText]) {
        self.dockerfile = dockerfile
        given = arguments
        for argument in dockerfile.globalArguments {
            globals[argument.name] = value(of: argument, globals)
        }
    }

    private func value(of argument: Dockerfile.Argument, _ scope: [String: SymbolicText]) -> SymbolicText? {
        given[argument.name] ?? argument.value?.expanded { scope[$0] }
    }

    /// Stages refer to earlier ones only, so building them in order needs no recursion.
    mutating func image(ofStage index: Int) -> Dockerfile.Image? {
        for stage in 0...index where finished[stage] == nil { finished[stage] = build(stage) }
        return finished[index]
    }

    private func build(_ index: Int) -> Dockerfile.Image {
        let stage = dockerfile.stages[index]
        let base = stage.base.expanded { globals[$0] }
        var image: Dockerfile.Image
        if let name = base.known, let parent = dockerfile.stageIndex(name, before: index), let built = finished[parent]
        {
            image = built
            let triggers = image.triggers
            image.triggers = []
            for trigger in triggers { run(trigger.kind, trigger.location, &image, index) }
        } else {
            image = Dockerfile.Image(base: base, baseLocation: stage.location)
        }
        for instruction in stage.instructions {
            if instruction.onBuild {
                if image.triggers.count < Dockerfile.Image.limit { image.triggers.append(instruction) }
            } else {
                run(instruction.kind, instruction.location, &image, index)
            }
        }
        return image
    }

    private func run(_ kind: Dockerfile.Kind, _ location: Location, _ image: inout Dockerfile.Image, _ index: Int) {
        /// `ENV` wins over `ARG`. Not for use while the image is changed.
        func expand(_ text: BuildText) -> SymbolicText {
            image.budget.isSpent
                ? SymbolicText(Unknown(.expression("variables"), at: location))
                : text.expanded { image.environmentVariable($0)?.value ?? image.arguments[$0] }
        }
        /// For what variables keep.
        func counted(_ text: SymbolicText) -> SymbolicText {
            image.budget.allows(text) ? text : SymbolicText(Unknown(.expression("variables"), at: location))
        }
        switch kind {
        case .environment(let assignments):
            let values = assignments.map { expand($0.value) }
            for (assignment, value) in zip(assignments, values) {
                image.set(
                    Dockerfile.Variable(
                        name: assignment.name, value: assignment.value.literal == nil ? counted(value) : value,
                        location: assignment.location))
            }
        case .argument(let arguments):
            for argument in arguments {
                let written = argument.value.map { $0.literal == nil ? counted(expand($0)) : expand($0) }
                if image.arguments.count >= Dockerfile.Image.limit { break }
                if let value = given[argument.name] ?? written ?? globals[argument.name] {
                    image.arguments[argument.name] = value
                } else if !image.missingArguments.contains(argument.name) {
                    image.missingArguments.append(argument.name)
                }
            }
        case .expose(let ports) where image.exposed.count < Dockerfile.Image.limit:
            image.exposed += ports.compactMap { port in
                let text = expand(port.text)
                guard let known = text.known else {
                    return Dockerfile.Port(ports: nil, transport: .tcp, location: port.location)
                }
                return Dockerfile.ExposedPort.ports(known).map {
                    Dockerfile.Port(ports: $0.ports, transport: $0.transport, location: port.location)
                }
            }
        case .workingDirectory(let path):
            let path = expand(path)
            if let known = path.known {
                let folder = image.folder
                image.workingDirectory = SymbolicText(ContainerPath.join(folder ?? "/", known))
                if folder == nil && !known.hasPrefix("/") { image.workingDirectory = path }
            } else {
                image.workingDirectory = path
            }
        case .copy(let copy) where image.contents.count < Dockerfile.Image.limit:
            let before = image
            CopyReader(
                expand: { $0.expanded { before.environmentVariable($0)?.value ?? before.arguments[$0] } },
                stageImage: { name in
                    dockerfile.stageIndex(name, before: index).flatMap { finished[$0] }
                }
            ).run(copy, &image)
        case .run(let command) where image.programs.count < Dockerfile.Image.limit:
            image.programs += GoBuild.programs(of: command, in: image)
        case .command(let command): image.command = command
        case .entrypoint(let command):
            image.entrypoint = command
            // Setting ENTRYPOINT resets the CMD of the base image; one that follows in this file sets it again.
            image.command = nil
        case .healthcheck(let command): image.healthcheck = command
        case .user(let user): image.user = expand(user)
        case .expose, .copy, .run, .volume, .shell, .other: break
        }
    }
}

extension Dockerfile.Image {
    /// The working directory where it is known to be absolute; `/` where neither file nor base image says.
    var folder: String? {
        guard let workingDirectory else { return "/" }
        return workingDirectory.known.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
}

/// Paths inside an image.
enum ContainerPath {
    /// `path` as seen from the folder `base`, without `.`, `..` and doubled slashes; a trailing slash is kept.
    static func join(_ base: String, _ path: String) -> String {
        var parts = path.hasPrefix("/") ? [] : base.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        let isFolder = path.hasSuffix("/") || path == "." || path.hasSuffix("/.")
        return "/" + parts.joined(separator: "/") + (isFolder && !parts.isEmpty ? "/" : "")
    }

    /// What of `path` lies below `folder`; "" for the folder itself, nil if it does not.
    static func relative(_ path: String, to folder: String) -> String? {
        let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        if folder.isEmpty { return String(path.drop { $0 == "/" }) }
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        if path == folder { return "" }
        return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
    }

    static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? ""
    }
}
