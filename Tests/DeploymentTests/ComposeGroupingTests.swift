import Deployment
import Dialects
import ListenerModel
import Testing

/// Which files make a project.
@Suite struct ComposeGroupingTests {
    private static let service = "services: {web: {image: x, ports: ['80:80']}}\n"
    private static let addition = "services: {web: {ports: ['81:81']}}\n"

    struct Grouping: Sendable {
        var files: [String: String]
        var expected: [[String]]
    }

    @Test(arguments: [
        Grouping(
            files: ["compose.yaml": service, "docker-compose.yml": service],
            expected: [["compose.yaml"], ["docker-compose.yml"]]),
        Grouping(
            files: ["docker-compose.yml": service, "docker-compose.override.yml": addition],
            expected: [["docker-compose.yml", "docker-compose.override.yml"]]),
        Grouping(
            files: [
                "compose.yml": service, "compose.override.yml": addition, "docker-compose.override.yml": addition,
            ],
            expected: [["compose.yml", "compose.override.yml"], ["docker-compose.override.yml"]]),
        Grouping(
            files: ["compose.yaml": service, "compose.prod.yaml": addition],
            expected: [["compose.prod.yaml"], ["compose.yaml"]]),
        Grouping(
            files: [
                "a.yaml": service, "b.yaml": addition, ".env": "COMPOSE_FILE=a.yaml:b.yaml\n", "compose.yaml": service,
            ],
            expected: [["a.yaml", "b.yaml"], ["compose.yaml"]]),
        Grouping(
            files: ["compose.yaml": "include: [sub/compose.yaml]\n", "sub/compose.yaml": service],
            expected: [["compose.yaml"]]),
        Grouping(
            files: [
                "compose.yaml": "services: {web: {extends: {file: common.yml, service: base}}}\n",
                "common.yml": "services: {base: {image: x, ports: ['80:80']}}\n",
            ],
            expected: [["compose.yaml"]]),
        Grouping(files: ["deploy/stack.yml": service], expected: [["deploy/stack.yml"]]),
    ])
    func groups(_ grouping: Grouping) {
        #expect(ComposeProjectTests.projects(grouping.files).map(\.files) == grouping.expected)
    }

    @Test func aDeclaredProjectTakesItsFiles() {
        let files = ["compose.yaml": Self.service, "compose.prod.yaml": Self.addition]
        let declared = [ComposeProjects.Declared(files: ["compose.yaml", "compose.prod.yaml"])]
        let projects = ComposeProjectTests.projects(files, declared: declared)
        #expect(projects.map(\.files) == [["compose.yaml", "compose.prod.yaml"]])
        #expect(projects[0].services[0].ports.count == 2)
    }

    @Test func filesOutsideTheScanAreReadWhereTheyAreReferredTo() {
        let files = [
            "compose.yaml": "include: [sub/inc.txt]\nservices: {web: {extends: {file: base.txt, service: b}}}\n",
            "sub/inc.txt": "services: {inc: {build: ./app, ports: ['82:82'], volumes: ['./d:/d']}}\n",
            "base.txt": "services: {b: {image: x, ports: ['83:83']}}\n",
        ]
        let project = ComposeProjectTests.projects(files)[0]
        #expect(project.alsoRead == ["sub/inc.txt", "base.txt"])
        #expect(project.services.flatMap(\.ports).compactMap { $0.binding.port?.description } == ["82", "83"])
        #expect(project.service("inc")?.build?.context == "sub/app")
        #expect(project.service("inc")?.volumes.map(\.source) == ["sub/d"])
        #expect(project.service("web")?.extends.map(\.location.path) == ["base.txt"])
    }

    @Test func whatIsMissingIsSaid() {
        let project = ComposeProjectTests.projects(["compose.yaml": "include: [none.yaml]\n" + Self.service])[0]
        #expect(project.refusal != nil)
        #expect(project.diagnostics.map(\.code) == ["compose-missing-file"])
        #expect(project.services.flatMap(\.ports).map(\.state) == [.refused])
    }

    @Test func remoteIncludesAreSaidAndRefuseNothing() {
        let project = ComposeProjectTests.projects(
            ["compose.yaml": "include: ['https://example.com/r.git']\n" + Self.service])[0]
        #expect(project.refusal == nil)
        #expect(project.diagnostics.map(\.code) == ["compose-remote-file"])
    }

    @Test(arguments: [
        "include: [compose.yaml]\nservices: {web: {image: x}}\n",
        "include: [a.yaml]\nservices: {web: {image: x}}\n",
        "services: {a: {extends: {service: b}}, b: {extends: {service: a}}}\n",
    ])
    func circlesEnd(_ text: String) {
        let project = ComposeProjectTests.projects(["compose.yaml": text, "a.yaml": "include: [compose.yaml]\n"])[0]
        #expect(project.refusal != nil)
    }

    @Test func manyIncludesOfManyEnd() {
        var files: [String: String] = ["compose.yaml": "include: [f0.yaml]\n"]
        for level in 0..<40 {
            files["f\(level).yaml"] = "include: [f\(level + 1).yaml, f\(level + 1).yaml]\n"
        }
        files["f40.yaml"] = Self.service
        #expect(ComposeProjectTests.projects(files)[0].refusal != nil)
    }

    @Test func incompleteProjectsAreRefused() {
        for text in [
            "services: {web: {ports: ['80:80']}}\n",
            "services: {web: {image: x, networks: [none]}}\n",
            "services: {web: {image: x, depends_on: [db]}}\n",
            "services: {web: {image: x, container_name: w, scale: 2}}\n",
            "services: {web: {image: x, port: ['80:80']}}\n",
            "service: {web: {image: x}}\nservices: {a: {image: x}}\n",
        ] {
            #expect(ComposeProjectTests.projects(["compose.yaml": text])[0].refusal != nil, "\(text)")
        }
        // One of several files may be an addition to the others.
        #expect(ComposeProjectTests.projects(["prod.yaml": "services: {web: {ports: ['80:80']}}\n"])[0].refusal == nil)
    }
}
