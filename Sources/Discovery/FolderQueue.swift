#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The folders that are still to be read, shared by the workers: a worker that finds it empty waits until another
/// has added folders or all are done.
final class FolderQueue: @unchecked Sendable {
    struct Folder: Sendable {
        /// Relative to the repository root.
        var path: String
        /// Of the folder's parents.
        var scope: IgnoreScope
        /// The PATH under which it was found.
        var under: String
    }

    // pthread's objects must not move in memory, so they are on the heap.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var folders: [Folder]
    private var busyWorkers = 0

    init(_ folders: [Folder]) {
        self.folders = folders
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// The next folder to read; nil when all are read. `finished` is owed for each.
    func next() -> Folder? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while folders.isEmpty && busyWorkers > 0 { pthread_cond_wait(changed, mutex) }
        guard let folder = folders.popLast() else { return nil }
        busyWorkers += 1
        return folder
    }

    func finished(adding found: [Folder]) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        folders += found
        busyWorkers -= 1
        if !found.isEmpty || busyWorkers == 0 { pthread_cond_broadcast(changed) }
    }
}
