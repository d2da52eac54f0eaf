/// The policies that are shipped in the binary, made from `policies/*.yaml`. A pack is parsed only if it is named.
public enum Packs {
    /// Sorted by name.
    public static let names: [String] = EmbeddedFiles.all.compactMap { file in
        file.name.hasSuffix(".yaml") && !file.name.hasSuffix(".help.yaml") ? String(file.name.dropLast(5)) : nil
    }.sorted()

    static func text(of name: String) -> [UInt8]? { embedded(name + ".yaml") }

    static func embedded(_ file: String) -> [UInt8]? {
        guard let text = EmbeddedFiles.all.first(where: { $0.name == file })?.text else { return nil }
        return text.withUTF8Buffer { Array($0) }
    }
}
