public import ListenerModel

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// One file by any path of the system: a policy, a baseline, a list of paths. The tree that is linted is read
/// through `DiskTree` only.
public enum DiskFile {
    public static func contents(of path: String, limit: Int = DiskTree.defaultMaxFileSize) -> FileContents {
        do throws(ReadFailure) {
            return try OpenFile(path, in: AT_FDCWD).contents(limit: limit).map(FileContents.bytes) ?? .folder
        } catch {
            return FileContents(error)
        }
    }
}
