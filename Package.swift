// swift-tools-version: 6.2
import PackageDescription

// Every arrow between modules is here and points one way; `Tests/LayeringTests` holds the same table
// against the imports in the sources.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// `Fuzzing/run` sets this: the modules are built with the counters that libFuzzer steers by, and its executable
/// stands in for the tests that run the same targets.
let fuzzes = Context.environment["BINDLINT_FUZZ"] != nil

/// A release build links libyaml's archive instead of the shared library (`BINDLINT_STATIC_LIBYAML=1`), so that
/// the stripped binary needs nothing installed.
let staticLibYAML = Context.environment["BINDLINT_STATIC_LIBYAML"] != nil

let libyaml: Target =
    staticLibYAML
    ? .systemLibrary(name: "CLibYAML")
    : .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])])

func module(_ name: String, _ dependencies: [Target.Dependency], tables: Bool = false) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        exclude: tables ? ["Tables"] : [],
        swiftSettings: settings + (fuzzes ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])] : []),
        linkerSettings: name == "YAMLTree" && staticLibYAML ? [.linkedLibrary(":libyaml.a")] : [],
        plugins: tables ? ["EmbedTables"] : [])
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// What the fuzz targets reach.
let fuzzed: [Target.Dependency] = [
    "ListenerModel", "YAMLTree", "Dialects", "Extraction", "Deployment", "PolicyEngine", "Reporting", "Discovery",
]

let hostileInput: Target =
    fuzzes
    ? .executableTarget(
        name: "Fuzz", dependencies: fuzzed, path: "Fuzzing", exclude: ["run", "Findings", "Tests"],
        sources: ["Targets", "Driver"],
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
    : .testTarget(
        name: "HostileInputTests", dependencies: fuzzed + ["bindlint"], path: "Fuzzing",
        exclude: ["run", "Findings", "Driver"],
        sources: ["Targets", "Tests"],
        swiftSettings: settings)

let package = Package(
    name: "bindlint",
    products: [.executable(name: "bindlint", targets: ["bindlint"])],
    targets: [
        libyaml,
        module("Threading", []),
        module("YAMLTree", ["CLibYAML"]),
        module("ListenerModel", []),
        module("Dialects", ["ListenerModel"]),
        module("Extraction", ["ListenerModel", "YAMLTree", "Dialects", "Threading"], tables: true),
        module("Deployment", ["ListenerModel", "YAMLTree", "Dialects", "Extraction", "Threading"], tables: true),
        module("PolicyEngine", ["ListenerModel", "YAMLTree"], tables: true),
        module("Reporting", ["ListenerModel"]),
        module("Discovery", ["ListenerModel", "Threading"]),
        .executableTarget(
            name: "bindlint",
            dependencies: [
                "ListenerModel", "YAMLTree", "Dialects", "Extraction", "Deployment", "PolicyEngine", "Reporting",
                "Discovery", "Threading",
            ],
            swiftSettings: settings),

        // Turns the data tables and policy packs into string constants of the modules that use them.
        .executableTarget(name: "EmbedFiles", swiftSettings: settings),
        .plugin(name: "EmbedTables", capability: .buildTool(), dependencies: ["EmbedFiles"]),

        tests("ListenerModelTests", ["ListenerModel"]),
        tests("YAMLTreeTests", ["YAMLTree"]),
        tests("DialectsTests", ["Dialects", "ListenerModel"]),
        tests("ExtractionTests", ["Extraction", "Dialects", "ListenerModel", "YAMLTree"]),
        tests("DeploymentTests", ["Deployment", "Extraction", "Dialects", "ListenerModel", "YAMLTree", "Discovery"]),
        tests("PolicyEngineTests", ["PolicyEngine", "ListenerModel", "YAMLTree"]),
        tests("ReportingTests", ["Reporting", "ListenerModel", "YAMLTree"]),
        tests("DiscoveryTests", ["Discovery", "ListenerModel"]),
        tests(
            "CommandTests",
            ["bindlint", "Dialects", "Discovery", "ListenerModel", "PolicyEngine", "Reporting", "YAMLTree"]),
        tests("LayeringTests", []),
        hostileInput,
    ]
)
