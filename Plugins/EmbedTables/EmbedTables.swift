import Foundation
import PackagePlugin

/// Embeds a module's `Tables/` folder, and for PolicyEngine the packs in `policies/`, as `StaticString`
/// constants of an enum `EmbeddedFiles`. (SwiftPM's own `.embedInCode` makes an array literal of bytes, which
/// costs a quarter of a second of compile time per KB; a string literal of 224 KB costs under a second.)
@main
struct EmbedTables: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let module = target as? SourceModuleTarget else { return [] }
        var folders = [module.directoryURL.appending(path: "Tables")]
        if module.name == "PolicyEngine" {
            folders.append(context.package.directoryURL.appending(path: "policies"))
        }
        let inputs = folders.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
                .filter {
                    ["tsv", "yaml", "json"].contains($0.pathExtension) && !$0.lastPathComponent.contains(".test.")
                }
        }.sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding tables of \(module.name)",
                executable: try context.tool(named: "EmbedFiles").url,
                arguments: [output.path] + inputs.map(\.path),
                inputFiles: inputs,
                outputFiles: [output])
        ]
    }
}
