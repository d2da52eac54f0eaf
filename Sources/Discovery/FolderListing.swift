#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The entries of one folder as readdir(3) gives them, in buffers that are used again for the next folder.
struct FolderListing {
    enum Kind { case file, folder, link, other }

    struct Entry {
        /// In `names`.
        var name: Range<Int>
        var kind: Kind
    }

    private(set) var names: [UInt8] = []
    private(set) var entries: [Entry] = []
    /// Those whose name starts with a dot: few, and among them the ignore files.
    private var dotted: [Entry] = []

    /// Reads the folder `path`, relative to the folder `base`.
    mutating func read(_ path: String, in base: Int32) throws(ReadFailure) {
        names.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        dotted.removeAll(keepingCapacity: true)
        let flags = O_RDONLY | O_CLOEXEC | O_DIRECTORY
        let descriptor = openat(base, path.isEmpty ? "." : path, flags)
        if descriptor < 0 { throw ReadFailure(errno: errno) }
        guard let stream = fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            throw ReadFailure(errno: code)
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let record = readdir(stream) else {
                if errno != 0 { throw ReadFailure(errno: errno) }
                return
            }
            // The name is a tuple to Swift and shorter than its type says: read it in place.
            let offset = MemoryLayout<dirent>.offset(of: \.d_name)!
            let name = UnsafeRawPointer(record).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
            let length = strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
            if name[0] == UInt8(ascii: ".") {
                if length == 1 || length == 2 && name[1] == UInt8(ascii: ".") { continue }
            }
            let start = names.count
            names.append(contentsOf: UnsafeBufferPointer(start: name, count: length))
            var kind = Self.kind(Int32(record.pointee.d_type))
            // Some file systems leave the kind to stat(2).
            if kind == nil {
                kind = Self.statKind(name, in: dirfd(stream))
            }
            let entry = Entry(name: start..<names.count, kind: kind ?? .other)
            entries.append(entry)
            if name[0] == UInt8(ascii: ".") { dotted.append(entry) }
        }
    }

    func name(_ entry: Entry) -> ArraySlice<UInt8> { names[entry.name] }

    /// Whether there is such an entry; `name` starts with a dot.
    func contains(_ name: StaticString, _ kinds: Kind...) -> Bool {
        name.withUTF8Buffer { wanted in
            dotted.contains { kinds.contains($0.kind) && names[$0.name].elementsEqual(wanted) }
        }
    }

    private static func kind(_ type: Int32) -> Kind? {
        switch type {
        case Int32(DT_REG): .file
        case Int32(DT_DIR): .folder
        case Int32(DT_LNK): .link
        case Int32(DT_UNKNOWN): nil
        default: .other
        }
    }

    private static func statKind(_ name: UnsafePointer<UInt8>, in folder: Int32) -> Kind? {
        var status = stat()
        let path = UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)
        guard fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }
}
