import Extraction
import ListenerModel
import Testing

@Suite struct ComposeExtractorTests {
    private let extractor = ComposeExtractor()

    private func claims(_ path: String, _ text: String) -> Bool {
        switch extractor.claim(path: path) {
        case .owned: true
        case .ifContent: extractor.claims(Array(text.utf8), path: path)
        case .no, .byExtension: false
        }
    }

    @Test(arguments: ["compose.yaml", "a/compose.yml", "docker-compose.yml", "b/docker-compose.yaml"])
    func ownsTheDefaultNames(_ path: String) {
        if case .owned = extractor.claim(path: path) {} else { Issue.record("\(path) is not owned") }
    }

    @Test(arguments: [
        ("compose.prod.yaml", "services:\n  web:\n    ports: ['80:80']\n"),
        ("docker-compose.yml.j2", "services:\n  web:\n    image: {{ image }}\n"),
        ("docker-compose.test.yml", "services:\n  web:\n\tbroken\n"),
        ("docker-compose.json", #"{"services": {"web": {"image": "x"}}}"#),
        ("stack.yml", "version: '3'\nservices:\n  web:\n    image: x\n"),
        ("ci/services.yaml", "services:\n  web:\n    build: .\n    x-note: y\n  db: {image: y}\n"),
    ])
    func claimsFilesThatHoldServices(_ path: String, _ text: String) { #expect(claims(path, text)) }

    @Test(arguments: [
        (".github/workflows/docker-compose.yml", "services:\n  web:\n    image: x\n"),
        (".github/workflows/ci.yml", "jobs:\n  a:\n    services:\n      db:\n        image: x\n"),
        (".gitlab-ci.yml", "services:\n  - docker:dind\nimage: x\n"),
        ("prometheus.yml", "scrape_configs:\n- job_name: services\n  static_configs: []\n"),
        ("k8s.yaml", "apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: 80}]\n"),
        ("values.yaml", "services:\n  web:\n    image: {repository: x}\n    port: 80\n"),
        ("config/services.yaml", "services:\n  _defaults:\n    autowire: true\n"),
        ("app.yaml", "name: x\nservices:\n- name: web\n  image: {registry: x}\n"),
        ("compose.go", "services:\n  web:\n    image: x\n"),
        ("dynamic.yml", "http:\n  services:\n    web:\n      loadBalancer: {}\n"),
    ])
    func leavesOthersAlone(_ path: String, _ text: String) { #expect(!claims(path, text)) }

    struct Reading: Sendable {
        var path = "compose.yaml"
        var text: String
        var code: String?
        var isUnread = false
        var isRefused = false
    }

    @Test(arguments: [
        Reading(text: "services: {web: {image: x}}\n"),
        Reading(
            text: "services:\n  web:\n    image: x\n    image: y\n", code: "compose-duplicate-key", isRefused: true),
        Reading(text: "services:\n\tweb: {}\n", code: "yaml-syntax", isUnread: true, isRefused: true),
        Reading(text: "services: {web: *none}\n", code: "yaml-syntax", isUnread: true, isRefused: true),
        Reading(text: "web:\n  image: x\n", code: "compose-version-1", isRefused: true),
        Reading(text: "", isRefused: true),
        Reading(text: "services:\n  web:\n    image: {{ image }}\n    ports: [\"{{ port }}:80\"]\n"),
        Reading(
            path: "compose.yaml.j2", text: "services:\n{% if x %}\n  web: {image: x}\n", code: "compose-template",
            isUnread: true, isRefused: true),
    ])
    func saysWhatComposeWouldNotAccept(_ expected: Reading) {
        let unit = extractor.extract(SourceText(path: expected.path, bytes: Array(expected.text.utf8)))
        #expect(unit.diagnostics.map(\.code) == [expected.code].compactMap { $0 })
        #expect(unit.diagnostics.contains(where: \.fileUnread) == expected.isUnread)
        guard case .compose(let file) = unit.body else { return }
        #expect((file.refusal != nil) == expected.isRefused)
    }

    @Test func collectsSuppressions() {
        let text = """
            services:
              web:
                image: x
                ports:
                  # bindlint: ignore[a] -- next (until 2030-01-01)

                  # another
                  - "80:80"   # bindlint: ignore[b] -- here
                  - "#bindlint: ignore[c] -- text"
            # bindlint: ignore-file[d] -- last
            """
        let unit = extractor.extract(SourceText(path: "compose.yaml", bytes: Array(text.utf8)))
        #expect(unit.suppressions.map(\.ownLine) == [true, false, true])
        #expect(unit.suppressions.map(\.nextLine) == [8, 9, 0])
        #expect(unit.suppressions[0].text == "bindlint: ignore[a] -- next (until 2030-01-01)")
    }
}
